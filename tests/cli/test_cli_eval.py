"""`searchidx eval`: its figures, files, comparisons and errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, run, write

TOPICS = ROOT / "tests" / "data" / "seeds-topics.tsv"
QRELS = ROOT / "tests" / "data" / "seeds-qrels.txt"

MEANS = ["nDCG@10", "MRR@10", "P@5", "P@10", "recall@100", "MAP"]
OF_A_TOPIC = ["nDCG@10", "RR@10", "P@5", "P@10", "recall@100", "AP"]

Payload = dict[str, Any]

ARTICLES = {
    "gas.txt": "El gas natural.\n\nOtra vez el gas.",
    "carbón.txt": "El carbón y el gas.",
    "luna.txt": "La luna, y nada más que la luna.",
    "mi nota.txt": "Una nota sobre Tokaev.",
}


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four short articles, indexed by the command."""
    folder = tmp_path_factory.mktemp("eval")
    result = run("index", write(folder / "articles", ARTICLES), "-q", "--index", folder / "index")
    assert result.exit_code == 0, result.stderr
    return folder / "index"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A folder with topics and qrels for the four articles."""
    return write(
        tmp_path / "collection",
        {
            "topics.tsv": "1\tgas\n2\tluna\n3\tsin juicio\n4\tTokayev\n",
            "qrels.txt": "1 0 carbón.txt 1\n1 0 luna.txt 0\n2 0 luna.txt 2\n4\t0\tmi nota.txt\t1\n5 0 gas.txt 1\n",
        },
    )


def measured(location: Path, collection: Path, *args: object) -> Payload:
    """`searchidx eval --json …` on the four articles."""
    files = collection / "topics.tsv", collection / "qrels.txt"
    result = run("eval", *files, "--json", "--index", location, *args)
    assert result.exit_code == 0, result.stderr
    payload: Payload = json.loads(result.stdout)
    return payload


def test_the_measures_are_means_over_the_judged_topics(location: Path, collection: Path) -> None:
    payload = measured(location, collection, "--per-query")
    assert list(payload["measures"]) == MEANS
    assert (payload["topics"], payload["topics_not_judged"], payload["topics_not_searched"]) == (3, 1, 1)
    assert [each["id"] for each in payload["per_query"]] == ["1", "2", "4"]
    of_gas = payload["per_query"][0]["measures"]
    assert list(of_gas) == OF_A_TOPIC
    assert of_gas["RR@10"] == of_gas["AP"] == 0.5
    assert of_gas["nDCG@10"] == pytest.approx(0.6309, abs=5e-5)
    assert payload["measures"]["MRR@10"] == pytest.approx((0.5 + 1 + 1) / 3)
    assert payload["measures"]["recall@100"] == 1


def test_the_table_has_four_decimals_and_counts_what_is_left_out(location: Path, collection: Path) -> None:
    result = run("eval", collection / "topics.tsv", collection / "qrels.txt", "--index", location)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{location}: 3 topics, the first 100 documents of each",
        "Left out, without judgements: 1 topic",
        "Left out, judged but without a query: 1 topic",
        "",
        "nDCG@10     0.8770",
        "MRR@10      0.8333",
        "P@5         0.2000",
        "P@10        0.1000",
        "recall@100  1.0000",
        "MAP         0.8333",
    ]


def test_a_table_of_the_topics_has_their_values_and_queries(location: Path, collection: Path) -> None:
    result = run("eval", collection / "topics.tsv", collection / "qrels.txt", "--per-query", "--index", location)
    rows = [line.split() for line in result.stdout.splitlines()[-4:]]
    assert rows[0] == ["topic", *OF_A_TOPIC, "query"]
    assert rows[1] == ["1", "0.6309", "0.5000", "0.2000", "0.1000", "1.0000", "0.5000", "gas"]


@pytest.mark.parametrize(
    ("topics", "qrels"),
    [
        (
            '{"_id": "1", "text": "gas"}\n\n{"_id": 4, "text": "Tokayev"}\n',
            "1\tcarbón.txt\t1\n4\tmi nota.txt\t1\n",
        ),
        ('\ufeff{"id": "1", "query": "gas"}\n', "query-id\tcorpus-id\tscore\r\n1\tcarbón.txt\t1\r\n"),
        ("1\tgas\n", "1 0 carbón.txt 1\n"),
        ("1\tgas\n", "1\t0\tcarbón.txt\t1\n1\t0\tmi nota.txt\t0\n1 0 luna.txt -1\n"),
    ],
)
def test_files_have_the_usual_formats(location: Path, tmp_path: Path, topics: str, qrels: str) -> None:
    folder = write(tmp_path, {"topics.tsv": topics, "qrels.txt": qrels})
    payload = measured(location, folder, "--per-query")
    assert payload["per_query"][0]["measures"]["RR@10"] == 0.5
    assert payload["judged_documents_missing"] == []


def test_paragraphs_are_judged_by_their_numbers(location: Path, tmp_path: Path) -> None:
    qrels = "1 0 gas.txt#p2 1\n1 0 gas.txt#p1 0\n1 0 gas.txt#p9 1\n1 0 none.txt#p1 1\n1 0 gas.txt 1\n"
    folder = write(tmp_path, {"topics.tsv": "1\tgas\n", "qrels.txt": qrels})
    payload = measured(location, folder, "--level", "paragraph")
    assert payload["measures"]["recall@100"] == 0.25
    assert payload["judged_documents_missing"] == ["gas.txt#p9", "none.txt#p1", "gas.txt"]


def test_judged_documents_that_the_index_lacks_are_counted(location: Path, tmp_path: Path) -> None:
    qrels = "1 0 gas.txt 1\n1 0 sol.txt 1\n1 0 mar.txt 0\n"
    folder = write(tmp_path, {"topics.tsv": "1\tgas\n", "qrels.txt": qrels})
    result = run("eval", folder / "topics.tsv", folder / "qrels.txt", "--index", location)
    warning = "Warning: 2 judged ids are not in the index and cannot be found, such as sol.txt\n"
    assert (result.exit_code, result.stderr) == (0, warning)
    quiet = run("eval", folder / "topics.tsv", folder / "qrels.txt", "-q", "--index", location)
    assert (quiet.exit_code, quiet.stderr, quiet.stdout) == (0, "", result.stdout)


def test_a_written_run_is_a_baseline_without_differences(location: Path, collection: Path) -> None:
    file = collection / "today.run"
    measured(location, collection, "--run", file)
    fields = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(topic, q0, document, rank) for topic, q0, document, rank, _, _ in fields] == [
        ("1", "Q0", "gas.txt", "1"),
        ("1", "Q0", "carbón.txt", "2"),
        ("2", "Q0", "luna.txt", "1"),
        ("4", "Q0", "mi nota.txt", "1"),
    ]
    comparison = measured(location, collection, "--compare", file)["comparison"]
    assert list(comparison["measures"]) == MEANS
    for each in comparison["measures"].values():
        assert (each["difference"], each["p_value"], each["better"], each["worse"]) == (0, 1, 0, 0)


def test_search_options_are_compared_on_one_index(location: Path, collection: Path) -> None:
    payload = measured(location, collection, "--per-query", "--compare", "--no-variants --no-synonyms")
    recall = payload["comparison"]["measures"]["recall@100"]
    assert (recall["baseline"], recall["difference"]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert (recall["better"], recall["worse"], recall["p_value"]) == (1, 0, 1)
    assert payload["per_query"][2]["measures"]["recall@100"] == 1
    assert payload["per_query"][2]["baseline"]["recall@100"] == 0
    reverse = measured(location, collection, "--no-variants", "--compare=--variants")["comparison"]["measures"]
    assert reverse["recall@100"]["difference"] == pytest.approx(-1 / 3)


def test_two_indexes_are_compared(location: Path, collection: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", {"carbón.txt": ARTICLES["carbón.txt"]})
    run("index", other, "-q", "--index", tmp_path / "other-index")
    for baseline in (str(tmp_path / "other-index"), f"--index '{tmp_path / 'other-index'}'"):
        comparison = measured(location, collection, "--compare", baseline)["comparison"]
        assert comparison["baseline"] == baseline
        assert comparison["measures"]["MRR@10"] | {"p_value": None} == {
            "baseline": pytest.approx(1 / 3),
            "difference": pytest.approx(0.5),
            "better": 2,
            "worse": 1,
            "p_value": None,
        }


def test_a_comparison_is_a_table_of_differences(location: Path, collection: Path) -> None:
    files = collection / "topics.tsv", collection / "qrels.txt"
    result = run("eval", *files, "--compare=--no-variants", "--per-query", "--index", location)
    lines = result.stdout.splitlines()
    assert "Baseline: --no-variants" in lines
    row = next(line.split() for line in lines if line.startswith("recall@100"))
    assert row == ["recall@100", "0.6667", "1.0000", "+0.3333", "1.0000", "1", "0"]
    assert lines[-1].split() == ["4", "+1.0000", "+1.0000", "+0.2000", "+0.1000", "+1.0000", "+1.0000", "Tokayev"]
    assert lines[-2].split() == ["2", "0", "0", "0", "0", "0", "0", "luna"]


def test_the_judged_articles_of_the_project_can_be_evaluated(seeds_index: Path) -> None:
    result = run("eval", TOPICS, QRELS, "--index", seeds_index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "65 topics" in result.stdout


@pytest.mark.parametrize(
    ("topics", "message"),
    [
        ("", "there is no topic in it"),
        ("\n \n", "there is no topic in it"),
        ("1 gas\n", "topics.tsv:1: there is no tab between an id and a query"),
        ("1\tgas\n2\t \n", "topics.tsv:2: the query is empty"),
        ("1\tgas\n\n\tluna\n", "topics.tsv:3: the id is empty"),
        ("1\tgas\n1\tluna\n", "topics.tsv:2: there are two topics '1'"),
        ('{"id": "1"}\n', "topics.tsv:1: it has no 'text' or 'query'"),
        ('{"query": "gas"}\n', "topics.tsv:1: it has no '_id' or 'id'"),
        ('{"id": [1], "query": "gas"}\n', "topics.tsv:1: it has no '_id' or 'id'"),
        ('{"id": "1", "text": "gas"}\n[2]\n', "topics.tsv:2: it is not a JSON object"),
        ('{"id": "1", "text": "gas"\n', "topics.tsv:1: it is not a JSON object"),
        ('{"id": "1", "text": ' + "[" * 100_000, "topics.tsv:1: it is not a JSON object"),
        (b"1\tgas\xff\n", "topics.tsv: it is not UTF-8"),
        ("9\tgas\n", "no topic has a judged document: the first topic is '9', the first of the qrels is '1'"),
    ],
)
def test_bad_topics_are_an_error(location: Path, collection: Path, topics: str | bytes, message: str) -> None:
    write(collection, {"topics.tsv": topics})
    check_error(message, collection / "topics.tsv", collection / "qrels.txt", "--index", location)


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("", "there is no judgement in it"),
        ("query-id\tcorpus-id\tscore\n", "there is no judgement in it"),
        ("1 0 gas.txt 1\n1 gas.txt\n", "qrels.txt:2: it is not a line of 'topic 0 document grade' or"),
        ("1 0 gas.txt 1\n1\tgas.txt\t1\n", "qrels.txt:2: it is not a line of"),
        ("1 0 gas.txt much\n", "qrels.txt:1: the grade 'much' is not a whole number"),
        ("1 0 gas.txt 0.5\n", "qrels.txt:1: the grade '0.5' is not a whole number"),
        ("1 0 gas.txt 1\n1 0 gas.txt 2\n", "qrels.txt:2: 'gas.txt' has two grades for topic '1'"),
        (b"\xff\xfe1", "qrels.txt: it is not UTF-8"),
        (
            "1 0 sol.txt 1\n",
            "none of the 1 judged ids is a document of the index; the first is 'sol.txt'; ids are",
        ),
        ("1 0 gas.txt#p1 1\n", "those of paragraphs need --level paragraph"),
    ],
)
def test_bad_qrels_are_an_error(location: Path, collection: Path, qrels: str | bytes, message: str) -> None:
    write(collection, {"qrels.txt": qrels})
    check_error(message, collection / "topics.tsv", collection / "qrels.txt", "--index", location)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "base.run: there is no line of a run in it"),
        ("1 Q0 gas.txt 1 2.5\n", "base.run:1: it is not a line of 'topic Q0 document rank score tag'"),
        ("1 Q0 gas.txt 1 high x\n", "base.run:1: the score 'high' is not a number"),
        ("1 Q0 gas.txt 1 nan x\n", "base.run:1: the score 'nan' is not a number"),
        ("1 Q0 gas.txt 1 2 x\n1 Q0 gas.txt 2 1 x\n", "base.run:2: topic '1' has 'gas.txt' twice"),
    ],
)
def test_a_bad_run_is_an_error(location: Path, collection: Path, content: str, message: str) -> None:
    write(collection, {"base.run": content})
    files = collection / "topics.tsv", collection / "qrels.txt"
    check_error(message, *files, "--compare", collection / "base.run", "--index", location)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--compare", "no-variants"], "search options begin with a dash, such as --compare=--no-variants"),
        (["--compare", "--no-such"], "--compare '--no-such': No such option '--no-such'."),
        (["--compare", "--variants 'x"], "No closing quotation"),
        (["--compare", "--no-variants gas"], "unexpected extra argument"),
        (["--compare", "--index nowhere"], "Make one with: searchidx index --index nowhere FOLDER"),
        (["--run", "missing/today.run"], "there is no folder missing"),
        (["--run", "QRELS"], "--run would replace a file that is read"),
        (["--level", "word"], "'word' is not one of"),
        (["--synonyms-file", "missing.txt"], "missing.txt"),
    ],
)
def test_bad_options_are_an_error(location: Path, collection: Path, args: list[str], message: str) -> None:
    qrels = collection / "qrels.txt"
    before = qrels.read_bytes()
    given = [str(qrels) if arg == "QRELS" else arg for arg in args]
    check_error(message, collection / "topics.tsv", qrels, *given, "--index", location)
    assert qrels.read_bytes() == before


def test_files_that_are_missing_are_an_error(location: Path, collection: Path, tmp_path: Path) -> None:
    topics, qrels = collection / "topics.tsv", collection / "qrels.txt"
    check_error("none.tsv: no such file or directory", tmp_path / "none.tsv", qrels, "--index", location)
    check_error("none.txt: no such file or directory", topics, tmp_path / "none.txt", "--index", location)
    check_error("is a directory", topics, tmp_path, "--index", location)
    check_error("searchidx index --index", topics, qrels, "--index", tmp_path / "no-index")


def test_control_characters_of_ids_and_queries_do_not_reach_the_terminal(location: Path, tmp_path: Path) -> None:
    topics = '{"id": "1\\u001b[31m", "text": "gas \\u0007\\ud800"}\n'
    folder = write(tmp_path, {"topics.tsv": topics, "qrels.txt": "1\x1b[31m 0 gas.txt 1\n1\x1b[31m 0 s\x1bl 1\n"})
    for extra in ((), ("--json",)):
        args = (folder / "topics.tsv", folder / "qrels.txt", "--per-query", *extra, "--index", location)
        result = run("eval", *args)
        assert result.exit_code == 0, result.stderr
        assert not {"\x1b", "\x07"} & set(result.stdout + result.stderr)


def check_error(message: str, *args: object) -> None:
    """`searchidx eval …` prints one line with this message, and nothing else."""
    result = run("eval", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert "This is a bug" not in result.stderr
