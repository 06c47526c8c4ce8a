"""Finding damage: every file is read and compared with what was recorded. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer, FormCounter
from searchidx.engines.registry import open_engine
from searchidx.errors import EngineError, IndexStateError
from searchidx.indexing.batches import REWRITTEN_BYTES
from searchidx.indexing.entries import lexicon_changes, texts_of
from searchidx.model.document import LEVELS
from searchidx.runtime.files import (
    checksum,
    files_below,
)
from searchidx.store.documents import document_hash
from searchidx.store.lexicon import Form
from searchidx.store.manifest import (
    Location,
    Manifest,
    read_manifest,
)
from searchidx.store.store import Store


def find_problems(location: Location, store: Store, analyzer: Analyzer) -> Iterator[str]:
    """What is wrong with an index, each in a sentence; the store first, since it is the source of truth."""
    yield from store.damage()
    for _, document_id in damaged_documents(store):
        yield f"the document {document_id} is not what was stored"
    try:
        manifest = read_manifest(location)
    except IndexStateError as error:
        yield str(error)
        return
    if manifest.analyzer == analyzer.fingerprint():
        yield from _lexicon_problems(store, analyzer)
    file_problems = list(_file_problems(location, store))
    yield from file_problems
    if not file_problems:
        # An engine opens only files that are as they were written.
        yield from _engine_problems(location, store, manifest)


def damaged_documents(store: Store) -> Iterator[tuple[int, str]]:
    """(row, id) of each document whose content is not what was stored."""
    for row, expected in store.documents.document_hashes():
        stored = store.documents.document(row)
        if stored is not None and document_hash(stored.document) != expected:
            yield row, stored.document.id


def _lexicon_problems(store: Store, analyzer: Analyzer) -> Iterator[str]:
    counter = FormCounter()
    documents = DocumentAnalyzer(analyzer, counter)
    for row in store.documents.rows():
        stored = store.documents.document(row)
        if stored is not None:
            documents.analyze(texts_of(stored.document))
    expected = {form.form: form for form in lexicon_changes(counter.drain(), analyzer)}
    found: dict[str, Form] = {form.form: form for form in store.lexicon.forms()}
    wrong = sum(1 for form in expected.keys() | found.keys() if _differ(expected.get(form), found.get(form)))
    if wrong:
        yield f"the lexicon counts {wrong} forms wrongly"


def _differ(expected: Form | None, found: Form | None) -> bool:
    """Whether two forms differ. A form without capitals may keep the name key of removed documents: no search
    uses it."""
    if expected is None or found is None:
        return expected is not found
    return expected != (found if expected.capitals else found._replace(name_key=expected.name_key))


def _file_problems(location: Location, store: Store) -> Iterator[str]:
    """The engine's files that are not as they were recorded.

    After an interrupted run some files may be new, missing or rewritten; the next run finishes that.
    """
    is_batch_closed = not store.pending.batch_is_open()
    recorded = {file.path: file for file in store.pending.engine_files()}
    present: dict[str, Path] = {}
    for folder in location.generations():
        present |= {path.relative_to(location.folder).as_posix(): path for path in files_below(folder)}
    for name, file in recorded.items():
        if name not in present or present[name].stat().st_size != file.size:
            if is_batch_closed:
                yield f"{name} is missing" if name not in present else f"{name} has another size"
        elif (is_batch_closed or file.size > REWRITTEN_BYTES) and checksum(present[name]) != file.checksum:
            yield f"{name} is not what was written"


def _engine_problems(location: Location, store: Store, manifest: Manifest) -> Iterator[str]:
    if store.pending.batch_is_open():
        return
    stored = {"document": store.documents.rows(), "paragraph": store.documents.paragraph_rows()}
    try:
        engine = open_engine(manifest.engine, location.generation(manifest.generation), create=False)
        for level in LEVELS:
            if list(engine.rows(level)) != stored[level]:
                yield f"the engine does not hold the {level}s that the store holds"
        engine.close()
    except EngineError as error:
        yield str(error)
