"""How is an engine query said to tantivy? Built as objects: its own parser is never used.

What differs from tantivy's own scoring is made the contract's here: filters, keywords and dates score 0, a `Bool`
of exclusions alone is taken from all entries, a phrase with slop matches where Lucene's would.
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
    """To sort by date and then by row: one number of 63 bits with the day above the row."""
    return (day << _ROW_BITS) + row


_MOST_ARRANGEMENTS = 1_000
"""Of the terms of one phrase with slop; beyond it tantivy's own slop is asked, which can miss a place where three
terms or more stand far apart in another order."""


def compiled(query: EngineQuery, schema: Schema) -> Query:
    """The same query as tantivy has it."""
    match query:
        case Term():
            return _boosted(_term(query, schema), query.boost)
        case Phrase():
            return _phrase(query, schema)
        case Bool():
            return _bool(query, schema)
        case DisMax():
            queries = [compiled(each, schema) for each in query.queries]
            return Query.disjunction_max_query(queries, float(query.tie)) if queries else Query.empty_query()
        case Constant():
            return Query.const_score_query(compiled(query.query, schema), query.score)
        case Keyword():
            values = [value for value in query.values if value]
            return _unscored(Query.term_set_query(schema, query.field, values)) if values else Query.empty_query()
        case DateRange():
            return _dated(query.first, query.last, schema)
        case All():
            return _unscored(Query.all_query())


def is_scored(query: EngineQuery) -> bool:
    """Whether an entry could have another score than 0; where none has, they stand by their rows alone."""
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
    """What all of the queries match, their scores added up."""
    return Query.boolean_query([(Occur.Must, query) for query in queries], 0)


def of_documents(schema: Schema, documents: Sequence[int]) -> Query:
    """The entries of these documents; no score. For a few, alternatives are twice as fast as a set of terms."""
    each = [(Occur.Should, Query.term_query(schema, "document", document)) for document in documents]
    return _unscored(Query.boolean_query(each, 1))


def between(schema: Schema, field: str, first: int, last: int) -> Query:
    """The entries with a number from `first` to `last` in a fast field; no score."""
    return _unscored(Query.range_query(schema, field, FieldType.Integer, first, last))


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else Query.boost_query(query, boost)


def _term(query: Term, schema: Schema) -> Query:
    return Query.term_query(schema, query.field, query.term, "freq")


def _dated(first: dt.date | None, last: dt.date | None, schema: Schema) -> Query:
    low, high = (first or dt.date.min).toordinal(), (last or dt.date.max).toordinal()
    if low > high:
        return Query.empty_query()
    return between(schema, "oldest", sort_key(low, 0), sort_key(high, MAX_ROW))


def _bool(query: Bool, schema: Schema) -> Query:
    anchored = bool(query.must or query.filter)
    minimum = query.minimum_should if anchored or not query.should else max(1, query.minimum_should)
    if minimum > len(query.should):
        return Query.empty_query()
    clauses = [(Occur.Must, compiled(each, schema)) for each in query.must]
    clauses += [(Occur.Must, _unscored(compiled(each, schema))) for each in query.filter]
    clauses += [(Occur.Should, compiled(each, schema)) for each in query.should]
    if not clauses:
        clauses.append((Occur.Must, compiled(All(), schema)))
    clauses += [(Occur.MustNot, compiled(each, schema)) for each in query.must_not]
    return Query.boolean_query(clauses, minimum)


def _phrase(query: Phrase, schema: Schema) -> Query:
    if not query.terms:
        return Query.empty_query()
    if len(query.terms) == 1:
        return compiled(Term(query.field, query.terms[0], query.boost), schema)
    assert query.field in PHRASE_FIELDS, query.field
    return _boosted(_placed(query, schema), query.boost)


def _placed(query: Phrase, schema: Schema) -> Query:
    """Two different terms, and terms side by side, tantivy finds as we do; all else is said place by place."""
    terms, slop = query.terms, query.slop
    is_simple = slop == 0 or (len(terms) == 2 and terms[0] != terms[1])
    if is_simple or (slop + 1) ** len(terms) - slop ** len(terms) > _MOST_ARRANGEMENTS:
        return Query.phrase_query(schema, query.field, list(terms), slop)
    places = [Query.phrase_query(schema, query.field, words) for words in _arrangements(terms, slop)]
    return Query.disjunction_max_query(places, 0.0)


def _arrangements(terms: Sequence[str], slop: int) -> Iterator[list[str | tuple[int, str]]]:
    """Every way in which the terms may stand, each at its own place, at most `slop` moves away."""
    for moves in product(range(slop + 1), repeat=len(terms)):
        places = [index + move for index, move in enumerate(moves)]
        if min(moves) == 0 and len(set(places)) == len(places):
            yield sorted(zip(places, terms, strict=True))
