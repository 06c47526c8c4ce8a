"""The compiler from engine queries to tantivy's query objects; tantivy's own parser is never used.

Where tantivy differs from the contract, the compiler makes up for it: filters, keywords and dates score 0, a
`Bool` with exclusions alone matches all other entries, and a phrase with slop matches where Lucene's would.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from tantivy import FieldType, Occur, Query, Schema

from searchidx.engines.query import (
    All,
    Bool,
    Constant,
    DateRange,
    DisMax,
    EngineQuery,
    Keyword,
    Phrase,
    Term,
)
from searchidx.schema import PHRASE_FIELDS

_ROW_BITS = 41
MAX_ROW = (1 << _ROW_BITS) - 1
UNDATED = dt.date.max.toordinal() + 1


def sort_key(day: int, row: int) -> int:
    """A number of 63 bits that sorts by day and then by row: the day is in the high bits, the row in the low."""
    return (day << _ROW_BITS) + row


_MOST_ARRANGEMENTS = 1_000
"""The most arrangements of the terms of one phrase with slop. A phrase with more of them uses tantivy's own slop,
which can miss a match where three terms or more stand far apart in another order."""


def compile_query(query: EngineQuery, schema: Schema) -> Query:
    """The query as an object of tantivy."""
    match query:
        case Term():
            return _boosted(_term(query, schema), query.boost)
        case Phrase():
            return _phrase(query, schema)
        case Bool():
            return _bool(query, schema)
        case DisMax():
            queries = [compile_query(each, schema) for each in query.queries]
            return Query.disjunction_max_query(queries) if queries else Query.empty_query()
        case Constant():
            return Query.const_score_query(compile_query(query.query, schema), query.score)
        case Keyword():
            values = [value for value in query.values if value]
            return _unscored(Query.term_set_query(schema, query.field, values)) if values else Query.empty_query()
        case DateRange():
            return _date_range(query.first, query.last, schema)
        case All():
            return _unscored(Query.all_query())


def is_scored(query: EngineQuery) -> bool:
    """Whether an entry could have a score other than 0. Without scores, entries are sorted by row alone."""
    match query:
        case Term() | Phrase() | Constant():
            return True
        case Bool():
            return any(map(is_scored, (*query.must, *query.should)))
        case DisMax():
            return any(map(is_scored, query.queries))
        case Keyword() | DateRange() | All():
            return False


def all_of(queries: Iterable[Query]) -> Query:
    """Matches what all of the queries match, with the sum of their scores."""
    return Query.boolean_query([(Occur.Must, query) for query in queries], 0)


def of_documents(schema: Schema, documents: Sequence[int]) -> Query:
    """Matches the entries of these documents, without a score.

    For few documents, a Boolean query of terms is twice as fast as a set of terms.
    """
    each = [(Occur.Should, Query.term_query(schema, "document", document)) for document in documents]
    return _unscored(Query.boolean_query(each, 1))


def between(schema: Schema, field: str, first: int, last: int) -> Query:
    """Matches the entries with a number from `first` to `last` in a fast field, without a score."""
    return _unscored(Query.range_query(schema, field, FieldType.Integer, first, last))


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else Query.boost_query(query, boost)


def _term(query: Term, schema: Schema) -> Query:
    return Query.term_query(schema, query.field, query.term, "freq")


def _date_range(first: dt.date | None, last: dt.date | None, schema: Schema) -> Query:
    low, high = (first or dt.date.min).toordinal(), (last or dt.date.max).toordinal()
    if low > high:
        return Query.empty_query()
    return between(schema, "oldest", sort_key(low, 0), sort_key(high, MAX_ROW))


def _bool(query: Bool, schema: Schema) -> Query:
    has_required = bool(query.must or query.filter)
    minimum = query.minimum_should if has_required or not query.should else max(1, query.minimum_should)
    if minimum > len(query.should):
        return Query.empty_query()
    clauses = [(Occur.Must, compile_query(each, schema)) for each in query.must]
    clauses += [(Occur.Must, _unscored(compile_query(each, schema))) for each in query.filter]
    clauses += [(Occur.Should, compile_query(each, schema)) for each in query.should]
    if not clauses:
        clauses.append((Occur.Must, compile_query(All(), schema)))
    clauses += [(Occur.MustNot, compile_query(each, schema)) for each in query.must_not]
    return Query.boolean_query(clauses, minimum)


def _phrase(query: Phrase, schema: Schema) -> Query:
    if not query.terms:
        return Query.empty_query()
    if len(query.terms) == 1:
        return compile_query(Term(query.field, query.terms[0], query.boost), schema)
    assert query.field in PHRASE_FIELDS, query.field
    return _boosted(_unboosted_phrase(query, schema), query.boost)


def _unboosted_phrase(query: Phrase, schema: Schema) -> Query:
    """tantivy's own phrase for two different terms and for slop 0, where it matches as the contract says.

    Any other phrase is compiled to one exact phrase for each arrangement of its terms.
    """
    terms, slop = query.terms, query.slop
    is_simple = slop == 0 or (len(terms) == 2 and terms[0] != terms[1])
    if is_simple or (slop + 1) ** len(terms) - slop ** len(terms) > _MOST_ARRANGEMENTS:
        return Query.phrase_query(schema, query.field, list(terms), slop)
    arrangements = [Query.phrase_query(schema, query.field, words) for words in _arrangements(terms, slop)]
    return Query.disjunction_max_query(arrangements, 0.0)


def _arrangements(terms: Sequence[str], slop: int) -> Iterator[list[str | tuple[int, str]]]:
    """The ways to place the terms, each at a position of its own, at most `slop` moves away from adjacent.

    Each way is a list of (position, term), ascending.
    """
    for moves in product(range(slop + 1), repeat=len(terms)):
        positions = [index + move for index, move in enumerate(moves)]
        if min(moves) == 0 and len(set(positions)) == len(positions):
            yield sorted(zip(positions, terms, strict=True))
