"""Which words does the corpus have, as they are written, and how often?

The counts are exact at every commit: what a removed document had counted is taken away again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from searchidx.store.connection import Connection
from searchidx.store.remembered import VersionedCache

T = TypeVar("T")

_FORMS = "SELECT form, folded, stem, documents, occurrences, capitals, name_key FROM lexicon"
_BATCH = 20_000  # folded_forms read at once, so that nobody waits long for the connection
_LAST = "\U0010ffff"  # after every letter


class Form(NamedTuple):
    """One form as written, in lower case; in a change of the lexicon the counts may be negative.

    A tuple as the table has it: a run of indexing makes and writes them by the million.
    """

    form: str
    folded: str
    stem: str
    documents: int  # that have it
    occurrences: int  # in all documents; those written all in capitals left out
    capitals: int  # of the occurrences, those with a capital first
    name_key: str | None = None  # the same for spellings of one name; None for what can be none

    @property
    def capital_share(self) -> float:
        """How often the form is written with a capital, 0 to 1; 0 when it only stands all in capitals."""
        return self.capitals / self.occurrences if self.occurrences else 0.0


class Lexicon:
    """The forms of all documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        count = "SELECT count(*) FROM documents WHERE removed = 0"
        self._document_count = self.remembered(lambda: connection.number(count))

    def __len__(self) -> int:
        return self._connection.number("SELECT count(*) FROM lexicon")

    def with_folded(self, folded_forms: Sequence[str]) -> Mapping[str, list[Form]]:
        """For each of these folded_forms the forms that have it, most frequent first."""
        found: dict[str, list[Form]] = {folded: [] for folded in folded_forms}
        query = f"{_FORMS} WHERE folded IN"
        for row in self._connection.select_in(query, list(found)):
            found[row[1]].append(Form._make(row))
        for forms in found.values():
            forms.sort(key=lambda form: (-form.documents, form.form))
        return found

    def stem_documents(self, stems: Sequence[str]) -> Mapping[str, int]:
        """For each of the stems that some form has, how many documents have its most frequent form."""
        query = "SELECT stem, documents FROM lexicon WHERE stem IN"
        found: dict[str, int] = {}
        for stem, documents in self._connection.select_in(query, stems):
            found[stem] = max(documents, found.get(stem, 0))
        return found

    def with_name_keys(self, keys: Sequence[str], capital_share: float) -> list[Form]:
        """The forms that have one of these name keys and are written with a capital at least so often (0 to 1)."""
        query = f"{_FORMS} WHERE capitals > 0 AND capitals >= {capital_share:f} * occurrences AND name_key IN"
        return [Form._make(row) for row in self._connection.select_in(query, keys)]

    def folded_forms(self) -> Iterator[tuple[str, int]]:
        """Every folded form in the order of its letters, with the documents that have its most frequent form."""
        query = (
            "SELECT folded, max(documents) FROM lexicon WHERE folded > ? GROUP BY folded ORDER BY folded LIMIT ?"
        )
        last = ""
        while rows := self._connection.select(query, (last, _BATCH)):
            yield from rows
            last = rows[-1][0]

    def folded_forms_with_prefix(self, prefix: str, limit: int = -1) -> list[tuple[str, int]]:
        """As `folded_forms`, those that begin so, most frequent first; all of them unless a limit is given."""
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
        """Another number whenever somebody else has committed to the store since; free to ask."""
        return self._connection.version()

    def remembered(self, ask: Callable[[], T]) -> VersionedCache[T]:
        """What `ask` gives, until somebody else commits to the store."""
        return VersionedCache(self._connection, ask)

    def document_count(self) -> int:
        """How many documents were counted."""
        return self._document_count.value()

    def document_counts(self) -> list[tuple[str, int]]:
        """Every form with the number of documents that have it."""
        return self._connection.select("SELECT form, documents FROM lexicon")

    def forms(self) -> Iterable[Form]:
        """Every form, in the order of their letters."""
        query = f"{_FORMS} ORDER BY form"
        return (Form._make(row) for row in self._connection.select(query))

    def change(self, changes: Iterable[Form]) -> None:
        """Add counts to the lexicon, inside a transaction; a form that no document has any more goes."""
        rows = sorted(changes)  # as they stand on disk: a third less time
        self._connection.execute_many(
            "INSERT INTO lexicon (form, folded, stem, documents, occurrences, capitals, name_key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (form) DO UPDATE SET documents = documents + excluded.documents, "
            "occurrences = occurrences + excluded.occurrences, capitals = capitals + excluded.capitals, "
            "name_key = coalesce(name_key, excluded.name_key)",
            rows,
        )
        gone = [(each.form,) for each in rows if each.documents < 0]
        self._connection.execute_many("DELETE FROM lexicon WHERE form = ? AND documents <= 0", gone)

    def clear(self) -> None:
        """Forget every form, before all are counted anew."""
        self._connection.execute("DELETE FROM lexicon")
