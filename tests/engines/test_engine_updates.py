"""Does every engine add, replace, remove, keep and show its entries as the contract says?"""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from searchidx.engines.contract import (
    Engine,
    EngineRequest,
    Entry,
)
from searchidx.engines.query import (
    All,
    Bool,
    DateRange,
    EngineQuery,
    Keyword,
    Phrase,
    Term,
)
from searchidx.errors import EngineError
from searchidx.model.document import LEVELS
from tests.engines.agreement_support import (
    apply,
    assert_agree,
    assert_same_state,
    document,
    found,
    paragraph,
    ranked,
)
from tests.engines.conftest import OpenEngine
from tests.engines.oracle_support import OracleEngine

A, B, C = (Term("folded", term) for term in "abc")
QUERIES: list[EngineQuery] = [
    All(),
    A,
    B,
    C,
    Phrase("folded", ("a", "b")),
    Bool(must=(A,), must_not=(B,)),
    Keyword("source", ("EFE",)),
    DateRange(None, None),
]
ENTRIES = [
    document(1, "a b", "2024-01-01", {"source": "EFE"}),
    paragraph(1, 1, "a", "2024-01-01"),
    paragraph(2, 1, "b", "2024-01-01"),
    document(2, "b c", keywords={"source": "AP"}),
    paragraph(3, 2, "b c"),
    document(3),
]


def test_entries_are_found_after_apply_and_rows_come_sorted(engine: Engine) -> None:
    apply(engine, [], reversed(ENTRIES))
    assert list(engine.rows("document")) == [1, 2, 3]
    assert list(engine.rows("paragraph")) == [1, 2, 3]
    assert found(engine, B) == [1, 2]
    assert found(engine, B, "paragraph") == [2, 3]


def test_entries_may_come_from_a_generator(engine: Engine) -> None:
    apply(engine, [], (entry for entry in ENTRIES))
    assert list(engine.rows("document")) == [1, 2, 3]


def test_applying_nothing_changes_nothing(engine: Engine) -> None:
    apply(engine, [], [])
    assert list(engine.rows("document")) == []
    apply(engine, [], ENTRIES)
    apply(engine, [], [])
    assert list(engine.rows("document")) == [1, 2, 3]
    assert found(engine, A) == [1]


def test_removing_a_document_removes_all_its_paragraphs_and_nothing_else(engine: Engine) -> None:
    apply(engine, [], ENTRIES)
    apply(engine, [1], [])
    for level, rows in (("document", [2, 3]), ("paragraph", [3])):
        assert list(engine.rows(level)) == rows  # type: ignore[arg-type]
        assert found(engine, All(), level) == rows  # type: ignore[arg-type]
    assert found(engine, A) == []
    assert found(engine, Keyword("source", ("EFE",))) == []
    answer = engine.search(EngineRequest("document", All(), facets=("source", "year")))
    assert answer.facets == {"source": {"AP": 1}, "year": {}}
    assert engine.best_paragraphs(B, [1, 2], 5).keys() == {2}


def test_removing_a_paragraph_row_that_is_no_document_row_does_nothing(engine: Engine) -> None:
    apply(engine, [], [document(1, "a"), paragraph(50, 1, "a"), document(50, "b"), paragraph(51, 50, "b")])
    apply(engine, [51], [])
    assert list(engine.rows("paragraph")) == [50, 51]
    apply(engine, [50], [])
    assert list(engine.rows("document")) == [1]
    assert list(engine.rows("paragraph")) == [50]


def test_removing_unknown_documents_does_nothing(engine: Engine) -> None:
    apply(engine, [7, 8], [])
    apply(engine, [99], ENTRIES)
    apply(engine, [99, 100, 99], [])
    assert list(engine.rows("document")) == [1, 2, 3]


def test_everything_can_be_removed_and_added_again(engine: Engine, oracle: OracleEngine) -> None:
    apply(oracle, [], ENTRIES)
    apply(engine, [], ENTRIES)
    apply(engine, [1, 2, 3], [])
    assert found(engine, All()) == found(engine, All(), "paragraph") == found(engine, A) == []
    apply(engine, [], ENTRIES)
    for query in QUERIES:
        assert_agree(engine, oracle, query)


def test_the_same_apply_twice_is_as_good_as_once(engine: Engine, oracle: OracleEngine) -> None:
    update = [document(2, "a a", "2025-05-05", {"source": "EFE"}), paragraph(4, 2, "a a"), document(4, "c")]
    for one in (engine, oracle):
        apply(one, [], ENTRIES)
        apply(one, [2, 1], update)
    assert_same_state(engine, oracle, QUERIES)
    for _ in range(2):
        apply(engine, [2, 1], update)
        assert_same_state(engine, oracle, QUERIES)
    assert list(engine.rows("document")) == [2, 3, 4]
    assert list(engine.rows("paragraph")) == [4]


def test_adding_the_same_row_again_replaces_it(engine: Engine) -> None:
    apply(engine, [], ENTRIES)
    apply(engine, [], [document(2, "a", "2020-02-02", {"source": "EFE"}), paragraph(3, 2, "c")])
    assert list(engine.rows("document")) == [1, 2, 3]
    assert list(engine.rows("paragraph")) == [1, 2, 3]
    assert found(engine, A) == [1, 2]
    assert found(engine, C) == []
    assert found(engine, B, "paragraph") == [2]
    assert found(engine, Keyword("source", ("AP",))) == []
    assert found(engine, DateRange(None, None)) == [1, 2]


def test_adding_a_document_again_replaces_all_its_paragraphs(engine: Engine) -> None:
    apply(engine, [], ENTRIES)
    apply(engine, [], [document(1, "c"), paragraph(9, 1, "c")])
    assert list(engine.rows("paragraph")) == [3, 9]
    apply(engine, [], [document(1)])
    assert list(engine.rows("document")) == [1, 2, 3]
    assert list(engine.rows("paragraph")) == [3]


def test_an_update_may_give_a_document_new_rows(engine: Engine) -> None:
    apply(engine, [], ENTRIES)
    apply(engine, [1], [document(11, "c"), paragraph(12, 11, "c"), paragraph(13, 11, "a")])
    assert list(engine.rows("document")) == [2, 3, 11]
    assert list(engine.rows("paragraph")) == [3, 12, 13]
    assert found(engine, C) == [2, 11]
    assert engine.best_paragraphs(C, [1, 2, 11], 3)[11].rows == (12,)


def test_an_entry_without_terms_is_kept_but_found_only_by_what_it_has(engine: Engine) -> None:
    apply(engine, [], [document(1, "", "2024-01-01"), Entry("document", 2, 2, {}), document(3, "a")])
    assert list(engine.rows("document")) == [1, 2, 3]
    assert found(engine, All()) == [1, 2, 3]
    assert found(engine, Bool(must_not=(A,))) == [1, 2]
    assert found(engine, DateRange(None, None)) == [1]


def test_a_field_that_is_new_in_a_later_batch_is_searched(engine: Engine, oracle: OracleEngine) -> None:
    for one in (engine, oracle):
        apply(one, [], [document(1, "a")])
        apply(one, [], [document(2, "", "2024-05-06", {"place": "Lima"}, metadata="source:efe efe", accented="á")])
        apply(one, [], [document(3, "a b", keywords={"author": "x"})])
    queries: list[EngineQuery] = [
        *QUERIES,
        Term("metadata", "efe"),
        Term("accented", "á"),
        Keyword("place", ("Lima",)),
    ]
    for query in queries:
        assert_agree(engine, oracle, query)


def test_rows_may_be_large_and_need_not_come_in_order(engine: Engine) -> None:
    rows = [2**40, 3, 2**31, 7, 2**32 + 1]
    apply(engine, [], [document(row, "a") for row in rows])
    apply(engine, [2**31], [paragraph(2**40, 3, "a"), document(3, "a")])
    assert list(engine.rows("document")) == [3, 7, 2**32 + 1, 2**40]
    assert ranked(engine, A) == [3, 7, 2**32 + 1, 2**40]
    assert engine.best_paragraphs(A, [3], 1)[3].rows == (2**40,)


def test_many_batches_are_searched_as_one(engine: Engine, oracle: OracleEngine) -> None:
    for batch in range(40):
        rows = range(batch * 5 + 1, batch * 5 + 6)
        entries = [
            document(row, "a " * (1 + row % 3) + "b c"[row % 2 :], f"2024-01-{1 + batch % 9:02}") for row in rows
        ]
        entries += [paragraph(10_000 - row, row, "a b" if row % 4 else "c") for row in rows]
        removed = [batch * 3, batch * 3 + 1] if batch % 2 else []
        for one in (engine, oracle):
            apply(one, removed, entries)
    assert_same_state(engine, oracle, QUERIES)
    for sort in ("date", "-date"):
        request = EngineRequest("document", A, sort, offset=10, limit=30)
        assert [row for row, _ in engine.search(request).hits] == [row for row, _ in oracle.search(request).hits]


def test_scores_of_one_batch_and_of_many_are_alike(open_engine: OpenEngine, tmp_path: Path) -> None:
    entries = [document(row, text) for row, text in enumerate(["a", "a b", "b c c", "c", "a b c", "a a c"], 1)]
    query = Bool(should=(A, B, C))
    with closing(open_engine(tmp_path / "one")) as one, closing(open_engine(tmp_path / "many")) as many:
        apply(one, [], entries)
        for entry in entries:
            apply(many, [], [entry])
        together, apart = (dict(engine.search(EngineRequest("document", query)).hits) for engine in (one, many))
    assert apart == {row: pytest.approx(score) for row, score in together.items()}


def test_a_reopened_engine_has_what_was_applied(
    open_engine: OpenEngine, oracle: OracleEngine, tmp_path: Path
) -> None:
    folder = tmp_path / "not" / "there"
    apply(oracle, [], ENTRIES)
    with closing(open_engine(folder)) as engine:
        apply(engine, [], ENTRIES)
    with closing(open_engine(folder)) as engine:
        for query in QUERIES:
            assert_agree(engine, oracle, query)
        for one in (engine, oracle):
            apply(one, [1], [document(9, "a c")])
    with closing(open_engine(folder)) as engine:
        assert_same_state(engine, oracle, QUERIES)


def test_a_moved_folder_opens_where_it_is_now(open_engine: OpenEngine, tmp_path: Path) -> None:
    with closing(open_engine(tmp_path / "here")) as engine:
        apply(engine, [], ENTRIES)
    (tmp_path / "here").rename(tmp_path / "a place with ñ")
    with closing(open_engine(tmp_path / "a place with ñ")) as engine:
        assert found(engine, B) == [1, 2]


def test_an_open_reader_sees_the_newest_state_by_itself(
    open_engine: OpenEngine, oracle: OracleEngine, tmp_path: Path
) -> None:
    folder = tmp_path / "engine"
    with closing(open_engine(folder)) as writer, closing(open_engine(folder)) as reader:
        assert found(reader, All()) == list(reader.rows("document")) == []
        for removed, entries in (([], ENTRIES), ([1], [document(9, "a c")]), ([2, 3, 9], []), ([], ENTRIES[:3])):
            for one in (writer, oracle):
                apply(one, removed, entries)
            assert_same_state(reader, oracle, QUERIES)
            documents = [1, 2, 3, 9]
            assert reader.best_paragraphs(B, documents, 5) == oracle.best_paragraphs(B, documents, 5)


def test_two_open_engines_may_write_in_turn(open_engine: OpenEngine, oracle: OracleEngine, tmp_path: Path) -> None:
    folder = tmp_path / "engine"
    with closing(open_engine(folder)) as one, closing(open_engine(folder)) as two:
        for turn, engine in enumerate([one, two, one, two, two, one]):
            batch = [document(turn + 1, "a b"[: 1 + turn % 3]), paragraph(turn + 10, turn + 1, "a")]
            apply(engine, [turn - 2], batch)
            apply(oracle, [turn - 2], batch)
            assert_same_state(one, oracle, QUERIES)
            assert_same_state(two, oracle, QUERIES)


def test_entries_that_fail_to_come_leave_the_state_before(engine: Engine) -> None:
    def failing() -> Iterator[Entry]:
        yield document(1, "c")
        yield document(50, "a")
        raise ValueError("the disk went away")

    apply(engine, [], ENTRIES)
    with pytest.raises((ValueError, EngineError)):
        apply(engine, [2], failing())
    assert list(engine.rows("document")) == [1, 2, 3]
    assert found(engine, C) == [2]
    apply(engine, [], [document(60, "c")])
    assert list(engine.rows("document")) == [1, 2, 3, 60]
    assert found(engine, C) == [2, 60]


def test_an_entry_that_an_engine_cannot_keep_leaves_it_in_order(engine: Engine) -> None:
    apply(engine, [], ENTRIES)
    try:
        apply(engine, [], [document(70, "c"), document(71, "half a character: \ud83d")])
    except EngineError:
        assert list(engine.rows("document")) == [1, 2, 3]
    apply(engine, [70, 71], [document(72, "c")])
    assert list(engine.rows("document")) == [1, 2, 3, 72]


def test_searching_goes_on_in_other_threads_while_a_batch_is_applied(engine: Engine) -> None:
    """Each batch replaces 20 documents by 20 others: any answer but 20 saw half of one."""
    apply(engine, [], [document(row, "a b", "2024-01-01") for row in range(20)])
    seen: list[object] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                answer = engine.search(
                    EngineRequest("document", Bool(must=(A, DateRange(None, None))), facets=("year",))
                )
                seen.append(
                    (answer.total, len({row // 20 for row, _ in answer.hits}), answer.facets["year"]["2024"])
                )
        except BaseException as error:
            seen.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for batch in range(1, 8):
        entries = [document(batch * 20 + number, "a b", "2024-01-01") for number in range(20)]
        apply(engine, range(batch * 20 - 20, batch * 20), entries)
    done.set()
    for thread in threads:
        thread.join()
    assert [one for one in seen if one != (20, 1, 20)] == []


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_whatever_is_wrong_with_a_file_comes_out_as_an_engine_error(
    open_engine: OpenEngine, tmp_path: Path
) -> None:
    with closing(open_engine(tmp_path / "whole")) as engine:
        apply(engine, [], ENTRIES)
    files = [path.relative_to(tmp_path / "whole") for path in (tmp_path / "whole").rglob("*") if path.is_file()]
    assert files
    for number, file in enumerate(files):
        for kept, added in ((0, b""), (10, b""), (-9, b""), (40, b"\xff" * 400)):
            folder = tmp_path / f"damaged {number} {kept}"
            shutil.copytree(tmp_path / "whole", folder)
            (folder / file).write_bytes((folder / file).read_bytes()[:kept] + added)
            try:
                with closing(open_engine(folder)) as engine:
                    for level in LEVELS:
                        engine.rows(level)
                        engine.search(EngineRequest(level, Bool(should=tuple(QUERIES)), facets=("source", "year")))
                    apply(engine, [1], [document(9, "a")])
            except EngineError:
                gc.collect()  # a library that gave up may have left files open: not held against it here


def test_an_engine_may_be_closed_without_having_been_used(open_engine: OpenEngine, tmp_path: Path) -> None:
    open_engine(tmp_path / "engine").close()
    open_engine(tmp_path / "engine").close()
