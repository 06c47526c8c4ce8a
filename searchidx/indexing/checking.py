"""Is everything as it was written? Every file is read and compared, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer
from searchidx.engines.registry import open_engine
from searchidx.errors import EngineError, IndexStateError
from searchidx.indexing.batches import REWRITTEN_BYTES
from searchidx.indexing.entries import texts_of
from searchidx.indexing.form_counts import lexicon_changes
from searchidx.model.document import LEVELS
from searchidx.runtime.files import (
    checksum,
    files_below,
)
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Form, Lexicon
from searchidx.store.manifest import (
    Location,
    Manifest,
    read_manifest,
)
from searchidx.store.reading import StoreReader
from searchidx.store.writing import StoreWriter, content_hash


def problems_of(location: Location, connection: Connection, analyzer: Analyzer) -> Iterator[str]:
    """What is wrong with an index, each in a sentence; the store first, since it is the truth."""
    yield from _store_problems(connection)
    yield from _document_problems(connection)
    try:
        manifest = read_manifest(location)
    except IndexStateError as error:
        yield str(error)
        return
    if manifest.analyzer == analyzer.fingerprint():
        yield from _lexicon_problems(connection, analyzer)
    changed = list(_changed_files(location, connection))
    yield from changed
    if not changed:
        # Only files that are as they were written are opened.
        yield from _engine_problems(location, connection, manifest)


def damaged_documents(connection: Connection) -> Iterator[tuple[int, str]]:
    """Rows and ids of documents that do not say any more what was stored."""
    reader = StoreReader(connection)
    for row, expected in reader.content_hashes():
        stored = reader.document(row)
        if stored is not None and content_hash(stored.document) != expected:
            yield row, stored.document.id


def _store_problems(connection: Connection) -> Iterator[str]:
    for line in connection.column("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the store is damaged: {line}"
    for table, *_ in connection.select("PRAGMA foreign_key_check"):
        yield f"the store is damaged: a row of {table} refers to nothing"


def _document_problems(connection: Connection) -> Iterator[str]:
    for _, document_id in damaged_documents(connection):
        yield f"the document {document_id} is not what was stored"


def _lexicon_problems(connection: Connection, analyzer: Analyzer) -> Iterator[str]:
    store, reader = StoreReader(connection), DocumentAnalyzer(analyzer)
    for row in store.document_rows():
        stored = store.document(row)
        if stored is not None:
            reader.read(texts_of(stored.document))
    expected = {form.form: form for form in lexicon_changes(reader.taken(), analyzer)}
    found: dict[str, Form] = {form.form: form for form in Lexicon(connection).forms()}
    wrong = sum(1 for form in expected.keys() | found.keys() if _differ(expected.get(form), found.get(form)))
    if wrong:
        yield f"the lexicon counts {wrong} forms wrongly"


def _differ(expected: Form | None, found: Form | None) -> bool:
    """A form whose capitals are gone with their documents may keep the key that nobody looks up any more."""
    if expected is None or found is None:
        return expected is not found
    return expected != (found if expected.capitals else found._replace(name_key=expected.name_key))


def _changed_files(location: Location, connection: Connection) -> Iterator[str]:
    """Files of the engine that are not as they were written; after an interrupted run, some are expected to be new
    or gone or written anew, and the next run settles that."""
    is_settled = not _is_pending(connection)
    written = {file.path: file for file in StoreWriter(connection).engine_files()}
    present: dict[str, Path] = {}
    for folder in location.generations():
        present |= {path.relative_to(location.folder).as_posix(): path for path in files_below(folder)}
    for name, file in written.items():
        if name not in present or present[name].stat().st_size != file.size:
            if is_settled:
                yield f"{name} is missing" if name not in present else f"{name} has another size"
        elif (is_settled or file.size > REWRITTEN_BYTES) and checksum(present[name]) != file.checksum:
            yield f"{name} is not what was written"


def _is_pending(connection: Connection) -> bool:
    """Whether a run was interrupted before the engine had all that the store has."""
    pending = StoreWriter(connection).pending()
    return bool(pending.removed or pending.added)


def _engine_problems(location: Location, connection: Connection, manifest: Manifest) -> Iterator[str]:
    if _is_pending(connection):
        return
    reader = StoreReader(connection)
    stored = {"document": reader.document_rows(), "paragraph": reader.paragraph_rows()}
    try:
        engine = open_engine(manifest.engine, location.generation(manifest.generation), create=False)
        for level in LEVELS:
            if list(engine.rows(level)) != stored[level]:
                yield f"the engine does not hold the {level}s that the store holds"
        engine.close()
    except EngineError as error:
        yield str(error)
