"""`searchidx bench`: its figures, tables, errors and clean end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from searchidx.evaluation.bench import benchmark as bench
from searchidx.evaluation.bench.report import can_plot
from searchidx.evaluation.bench.systems import SYSTEMS
from searchidx.runtime.files import (
    checksum,
    files_below,
)
from tests.cli.conftest import ROOT, process_args, run, write
from tests.cli.test_cli_process import on_terminal

_TIMEOUT_S = 60
QUICK = ("--repeat", 1, "--count", 10)
KINDS = ["one_word", "several_words", "phrase", "rare_word", "frequent_word"]

Payload = dict[str, Any]


@pytest.fixture(autouse=True)
def few_cold_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_COLD_STARTS", 1)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files; it must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


Measure = Callable[..., Payload]


@pytest.fixture
def measure(seeds_index: Path, temporary: Path) -> Measure:
    """`searchidx bench --json …` on the five articles."""

    def measured(*args: object) -> Payload:
        result = run("bench", "--json", "--index", seeds_index, *args)
        assert result.exit_code == 0, result.stderr
        payload: Payload = json.loads(result.stdout)
        return payload

    return measured


def made(tmp_path: Path, files: dict[str, str | bytes]) -> Path:
    location = tmp_path / "made"
    run("index", write(tmp_path / "docs", files), "-q", "--index", location)
    return location


def bench_of(location: Path, *args: object) -> Result:
    return run("bench", "--index", location, *QUICK, *args)


def test_every_figure_is_there(measure: Measure) -> None:
    payload = measure(*QUICK)
    assert payload["corpus"] | {"text_bytes": 0} == {"documents": 5, "paragraphs": 52, "text_bytes": 0}
    own = payload["own"]
    assert {(each["kind"], each["level"], each["highlight"]) for each in own["times"]} == {
        (kind, level, highlight)
        for kind in [*KINDS, "all"]
        for level in ("document", "paragraph")
        for highlight in (True, False)
    }
    for each in own["times"]:
        latency = each["latency"]
        assert latency["answers"] == (10 if each["kind"] == "all" else 2)
        assert 0 < latency["p50"] <= latency["p95"] <= latency["p99"]
    assert own["disk_bytes"]["store"] > payload["corpus"]["text_bytes"] > 0 < own["disk_bytes"]["engine"]
    assert own["resident_bytes"] > 1_000_000
    assert payload["cold_start"]["median_s"] > 0
    (sampled,) = payload["sampled"]
    assert sampled["indexing"]["corpus"] == payload["corpus"]
    assert sampled["indexing"]["documents_per_s"] > 0 < sampled["indexing"]["bytes_per_s"]
    assert sampled["indexing"]["peak_bytes"] > 1_000_000
    assert payload["machine"]["cores"] >= 1
    assert {"Python", "SQLite", "searchidx"} <= payload["machine"]["versions"].keys()
    assert (payload["settings"]["repeat"], payload["settings"]["seed"]) == (1, 1)


def test_the_same_seed_asks_the_same_and_another_one_something_else(measure: Measure) -> None:
    one, again, other = (measure(*QUICK, "--seed", seed)["settings"]["queries"] for seed in (7, 7, 8))
    assert list(one) == KINDS
    assert one == again != other


def test_sampled_queries_find_something_and_are_of_their_kind(measure: Measure) -> None:
    payload = measure("--repeat", 1, "--count", 40)
    queries = payload["settings"]["queries"]
    assert [len(queries[kind]) for kind in KINDS] == [8] * 5
    assert all(query.isalpha() for kind in ("one_word", "rare_word", "frequent_word") for query in queries[kind])
    assert all(2 <= len(query.split()) <= 4 for query in queries["several_words"])
    assert all(query[0] == query[-1] == '"' for query in queries["phrase"])
    assert all(each["found_nothing"] == 0 for each in payload["own"]["times"] if each["level"] == "document")


def test_each_repetition_counts(measure: Measure) -> None:
    payload = measure("--repeat", 3, "--count", 5, "--level", "document")
    assert {each["level"] for each in payload["own"]["times"]} == {"document"}
    assert {each["latency"]["answers"] for each in payload["own"]["times"]} == {3, 15}
    assert len(payload["sampled"][0]["indexing"]["seconds"]) == 3


def test_the_index_is_only_read(seeds_index: Path, measure: Measure) -> None:
    def state() -> dict[str, int]:
        return {str(path): checksum(path) for path in files_below(seeds_index) if not path.name.endswith("-shm")}

    before = state()
    measure(*QUICK, "--compare")
    assert state() == before


def test_a_file_of_queries_is_asked_whatever_stands_in_it(measure: Measure, tmp_path: Path) -> None:
    lines = ["reunión", "", "  gas Y petróleo ", '"', "((((", "título:amistad", "nul\0byte", "x" * 5000, "-EFE"]
    file = write(tmp_path, {"q.txt": "\ufeff" + "\r\n".join(lines)}) / "q.txt"
    payload = measure("--queries", file, "--repeat", 1, "--compare")
    assert payload["settings"]["queries"] == {"file": [line.strip() for line in lines if line.strip()]}
    assert payload["left_out"] == {}
    both = measure("--queries", file, "--count", 5, "--repeat", 1)
    assert list(both["settings"]["queries"]) == [*KINDS, "file"]


def test_accents_of_a_query_file_may_be_encoded_either_way(measure: Measure, tmp_path: Path) -> None:
    texts = {form: unicodedata.normalize(form, "reunión\nKazajistán\nTokáyev") for form in ("NFC", "NFD")}
    answers = []
    for form, text in texts.items():
        payload = measure("--queries", write(tmp_path, {f"{form}.txt": text}) / f"{form}.txt", "--repeat", 1)
        answers.append(payload["settings"]["queries"])
        assert all(each["found_nothing"] == 0 for each in payload["own"]["times"])
    assert answers[0] == answers[1]


def test_all_systems_are_compared_on_one_corpus(measure: Measure) -> None:
    payload = measure(*QUICK, "--compare", "--documents", 3)
    assert [each["system"] for each in payload["sampled"]] == list(SYSTEMS)
    assert payload["left_out"] == {}
    corpora = [each["indexing"]["corpus"] for each in payload["sampled"]]
    assert corpora == [corpora[0]] * len(SYSTEMS)
    assert corpora[0]["documents"] == 3
    for each in payload["sampled"]:
        found = {(times["level"], times["highlight"]) for times in each["times"]}
        assert len(found) == (3 if each["system"] == "raw-tantivy" else 4)


def test_a_system_that_is_too_slow_can_be_left_out_with_the_reason(measure: Measure) -> None:
    payload = measure(*QUICK, "--compare", "--without", "whoosh")
    assert [each["system"] for each in payload["sampled"]] == [name for name in SYSTEMS if name != "whoosh"]
    assert payload["left_out"] == {"whoosh": "left out on request"}


def test_a_system_that_cannot_be_measured_is_left_out_with_the_reason(
    seeds_index: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setattr(bench, "SYSTEMS", ("whoosh", "elsewhere"))
    result = bench_of(seeds_index, "--compare")
    assert result.exit_code == 0
    assert "Left out: searchidx/elsewhere: the engine 'elsewhere' is not installed" in result.stdout


def test_a_person_reads_tables_with_machine_and_versions(seeds_index: Path, temporary: Path) -> None:
    result = bench_of(seeds_index, "--compare")
    assert (result.exit_code, result.stderr) == (0, "")
    for part in (
        "5 documents, 52 paragraphs",
        "very frequent word",
        "all together",
        "times raw tantivy",
        "Machine",
        "Python",
        "SQLite FTS5",
        "seed 1",
    ):
        assert part in result.stdout
    machine_text = (str(seeds_index), "Machine ", "Versions ")  # a path, a processor, versions: of any length
    own = [line for line in result.stdout.splitlines() if not line.startswith(machine_text)]
    assert max(map(len, own)) <= 120


def test_a_terminal_shows_what_is_being_done_and_then_only_the_report(seeds_index: Path) -> None:
    output, code = on_terminal("bench", "--index", seeds_index, *QUICK)
    assert code == 0
    steps, _, report = output.rpartition("\r\x1b[K")
    assert "\r\x1b[KWorking in " in steps
    assert "Indexing 5 documents with whoosh, 1 of 1 …" in steps
    assert report.startswith(f"{seeds_index}: 5 documents")


def test_what_stands_in_the_working_folder_is_not_imported_as_a_library(
    seeds_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.chdir(write(tmp_path, {"json.py": "raise ImportError", "sqlite3.py": "raise ImportError"}))
    assert bench_of(seeds_index, "--compare").exit_code == 0


def test_an_empty_index_has_nothing_to_measure(tmp_path: Path, temporary: Path) -> None:
    result = bench_of(made(tmp_path, {}))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the index holds no document; there is nothing to measure" in result.stderr


def test_one_document_of_one_word_is_enough(tmp_path: Path, temporary: Path) -> None:
    result = bench_of(made(tmp_path, {"a.txt": "Gas"}), "--compare", "--json")
    assert result.exit_code == 0, result.stderr
    payload = json.loads(result.stdout)
    assert payload["settings"]["queries"].keys() <= set(KINDS)
    assert payload["left_out"] == {}


def test_an_index_without_a_word_to_ask_for_says_so(tmp_path: Path, temporary: Path) -> None:
    result = bench_of(made(tmp_path, {"a.txt": "1 2 3 + 4"}))
    assert result.exit_code == 2
    assert "give queries with --queries" in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--queries", "missing.txt"], "missing.txt: no such file or directory"),
        (["--queries", "."], "is a directory"),
        (["--count", "0"], "0 is not in the range"),
        (["--repeat", "0"], "0 is not in the range"),
        (["--documents", "0"], "0 is not in the range"),
        (["--level", "word"], "'word' is not one of"),
        (["--without", "whoosh"], "give --compare too"),
        (["--compare", "--without", "lucene"], "'lucene' is not one of"),
        (["--plot", "x.doc"], "a plot is one of .png, .svg, .pdf"),
        (["--plot", "missing/x.png"], "there is no folder"),
    ],
)
def test_bad_input_is_an_error(seeds_index: Path, args: list[str], message: str, temporary: Path) -> None:
    result = run("bench", "--index", seeds_index, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "there is no query in it"), (b" \n\n", "no query"), (b"\xff\xfe", "not UTF-8")],
)
def test_a_file_without_queries_is_an_error(
    seeds_index: Path, tmp_path: Path, content: bytes, message: str
) -> None:
    file = write(tmp_path, {"q.txt": content}) / "q.txt"
    result = run("bench", "--index", seeds_index, "--queries", file)
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_without_an_index_it_says_what_to_do(tmp_path: Path) -> None:
    result = bench_of(tmp_path / "none")
    assert result.exit_code == 2
    assert "searchidx index" in result.stderr


def test_without_room_it_says_how_much_is_needed(
    seeds_index: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 10

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    result = bench_of(seeds_index)
    assert result.exit_code == 2
    assert "needs about" in result.stderr
    assert "TMPDIR" in result.stderr


def test_a_plot_without_matplotlib_says_what_to_install(
    seeds_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchidx.evaluation.bench.report.find_spec", lambda _: None)
    result = bench_of(seeds_index, "--plot", tmp_path / "x.png")
    assert result.exit_code == 2
    assert "pip install 'searchidx[plot]'" in result.stderr


@pytest.mark.skipif(not can_plot(), reason="no matplotlib: pip install 'searchidx[plot]'")
def test_a_plot_shows_latency_at_several_sizes(seeds_index: Path, tmp_path: Path, temporary: Path) -> None:
    plot = tmp_path / "x.svg"
    result = bench_of(seeds_index, "--plot", plot, "--json")
    assert result.exit_code == 0, result.stderr
    sizes = [each["indexing"]["corpus"]["documents"] for each in json.loads(result.stdout)["growth"]]
    assert sizes == [1, 2, 5]
    assert "<svg" in plot.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_it_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    text = "\n\n".join(f"Noticia del gas y de la reunión {n}." for n in range(5))
    location = made(tmp_path, {f"{n}.txt": f"{text} {n}" for n in range(40)})
    folder = tmp_path / "temporary"
    folder.mkdir()
    process = subprocess.Popen(
        process_args("bench", "--index", location, "--compare", "--count", 5, "--repeat", 20),
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + _TIMEOUT_S
    while not list(folder.glob("*/sample/whoosh")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(number)
    output, errors = process.communicate(timeout=_TIMEOUT_S)
    assert (process.returncode, output, errors) == (130, b"", b"")
    assert list(folder.iterdir()) == []
    while list(using(folder)):  # what was killed takes a moment to go
        assert time.monotonic() < deadline
        time.sleep(0.01)


def using(folder: Path) -> Iterator[int]:
    """The processes whose temporary folder this is."""
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TMPDIR={folder}".encode() in environment.read_bytes().split(b"\0"):
                yield int(environment.parent.name)
        except OSError:
            continue
