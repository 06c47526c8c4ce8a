"""The forms of the words in the corpus, as they are written, with their counts.

The counts are exact at every commit: those of a removed document are subtracted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from searchidx.store.connection import Connection, VersionedCache

T = TypeVar("T")

_FORMS = "SELECT form, folded, stem, documents, occurrences, capitals, name_key FROM lexicon"
_BATCH = 20_000  # folded forms read at once, so that other threads soon get the connection
_LAST = "\U0010ffff"  # sorts after every letter


class Form(NamedTuple):
    """One form as written, in lower case. As a change of the lexicon its counts are differences.

    A tuple in the order of the table's columns, because a run of indexing makes and writes millions of them.
    """

    form: str
    folded: str
    stem: str
    documents: int  # that have the form
    occurrences: int  # in all documents, without those written all in capitals
    capitals: int  # of the occurrences, those with a capital first
    name_key: str | None = None  # the same for spellings of one name; None for a form that is no name

    @property
    def capital_share(self) -> float:
        """The share of the occurrences with a capital first, 0 to 1; 0 when all are written all in capitals."""
        return self.capitals / self.occurrences if self.occurrences else 0.0


class Lexicon:
    """The forms of all documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        count = "SELECT count(*) FROM documents WHERE removed = 0"
        self._document_count = self.cached(lambda: connection.number(count))

    def __len__(self) -> int:
        return self._connection.number("SELECT count(*) FROM lexicon")

    def with_folded(self, folded_forms: Sequence[str]) -> Mapping[str, list[Form]]:
        """Folded form → the forms that fold to it, most frequent first; empty for an unknown one."""
        found: dict[str, list[Form]] = {folded: [] for folded in folded_forms}
        query = f"{_FORMS} WHERE folded IN"
        for row in self._connection.select_in(query, list(found)):
            found[row[1]].append(Form._make(row))
        for forms in found.values():
            forms.sort(key=lambda form: (-form.documents, form.form))
        return found

    def stem_documents(self, stems: Sequence[str]) -> Mapping[str, int]:
        """Stem → the number of documents that have its most frequent form; unknown stems are left out."""
        query = "SELECT stem, documents FROM lexicon WHERE stem IN"
        found: dict[str, int] = {}
        for stem, documents in self._connection.select_in(query, stems):
            found[stem] = max(documents, found.get(stem, 0))
        return found

    def with_name_keys(self, keys: Sequence[str], capital_share: float) -> list[Form]:
        """The forms with one of these name keys whose share of capitals is at least `capital_share` (0 to 1)."""
        query = f"{_FORMS} WHERE capitals > 0 AND capitals >= {capital_share:f} * occurrences AND name_key IN"
        return [Form._make(row) for row in self._connection.select_in(query, keys)]

    def folded_forms(self) -> Iterator[tuple[str, int]]:
        """(folded form, number of documents that have its most frequent form), in code point order."""
        query = (
            "SELECT folded, max(documents) FROM lexicon WHERE folded > ? GROUP BY folded ORDER BY folded LIMIT ?"
        )
        last = ""
        while rows := self._connection.select(query, (last, _BATCH)):
            yield from rows
            last = rows[-1][0]

    def folded_forms_with_prefix(self, prefix: str, limit: int = -1) -> list[tuple[str, int]]:
        """As `folded_forms`, those that begin with `prefix`, most frequent first; -1 sets no limit."""
        query = (
            "SELECT folded, max(documents) AS most FROM lexicon WHERE folded >= ? AND folded < ? "
            "GROUP BY folded ORDER BY most DESC, folded LIMIT ?"
        )
        return self._connection.select(query, (prefix, prefix + _LAST, limit))

    def frequent_forms(self, limit: int) -> list[Form]:
        """The most frequent forms; those mostly written with a capital come before others.

        Forms of fewer than four letters are left out: few of them say what a text is about. Reads the whole table.
        """
        query = (
            f"{_FORMS} WHERE length(form) > 3 "
            "ORDER BY 2 * capitals > occurrences DESC, documents DESC, form LIMIT ?"
        )
        return [Form._make(row) for row in self._connection.select(query, (limit,))]

    def version(self) -> int:
        """A number that changes with every commit to the store; costs microseconds."""
        return self._connection.version()

    def cached(self, compute: Callable[[], T]) -> VersionedCache[T]:
        """A value that is computed once for each version of the store."""
        return VersionedCache(self._connection, compute)

    def document_count(self) -> int:
        """The number of documents whose forms are counted."""
        return self._document_count.value()

    def document_counts(self) -> list[tuple[str, int]]:
        """(form, number of documents that have it) of every form."""
        return self._connection.select("SELECT form, documents FROM lexicon")

    def forms(self) -> Iterable[Form]:
        """Every form, in code point order."""
        query = f"{_FORMS} ORDER BY form"
        return (Form._make(row) for row in self._connection.select(query))

    def add_counts(self, changes: Iterable[Form]) -> None:
        """Add differences to the counts, inside a transaction; a form that no document has any more is deleted."""
        rows = sorted(changes)  # in the order on disk: a third less time
        self._connection.execute_many(
            "INSERT INTO lexicon (form, folded, stem, documents, occurrences, capitals, name_key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (form) DO UPDATE SET documents = documents + excluded.documents, "
            "occurrences = occurrences + excluded.occurrences, capitals = capitals + excluded.capitals, "
            "name_key = coalesce(name_key, excluded.name_key)",
            rows,
        )
        reduced = [(each.form,) for each in rows if each.documents < 0]
        self._connection.execute_many("DELETE FROM lexicon WHERE form = ? AND documents <= 0", reduced)

    def clear(self) -> None:
        """Delete every form, inside a transaction, before all are counted again."""
        self._connection.execute("DELETE FROM lexicon")
