"""The evaluation of an index as tables of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchidx.cli.output.terminal import column_count
from searchidx.evaluation.relevance.evaluation import Comparison, Evaluation
from searchidx.evaluation.relevance.measures import MEASURES, mean_name
from searchidx.evaluation.relevance.runs import DEPTH
from searchidx.evaluation.relevance.significance import PERMUTATIONS

_GAP = "  "

Row = Sequence[str]


def evaluation_lines(evaluation: Evaluation, *, per_query: bool) -> Iterator[str]:
    """The lines of the report, with a table of the topics if `per_query` is set."""
    yield from _heading(evaluation)
    yield ""
    if evaluation.comparison is None:
        yield from _table([(mean_name(name), f"{value:.4f}") for name, value in evaluation.means.items()])
    else:
        yield from _comparison(evaluation, evaluation.comparison)
    if per_query:
        yield ""
        yield from _topics(evaluation)


def _heading(evaluation: Evaluation) -> Iterator[str]:
    """The index, its search options, and the number of topics."""
    options = evaluation.options
    flags = {
        "--no-variants": not options.variants,
        "--no-synonyms": not options.synonyms,
        "--prefix-fallback": options.prefix_fallback,
    }
    given = "".join(f" {flag}" for flag, is_given in flags.items() if is_given)
    topics = _topic_count(len(evaluation.topics))
    yield f"{evaluation.index}{given}: {topics}, the first {DEPTH} {options.level}s of each"
    if evaluation.without_hits:
        yield f"Found nothing: {_topic_count(evaluation.without_hits)}"
    if evaluation.not_judged:
        yield f"Left out, without judgements: {_topic_count(evaluation.not_judged)}"
    if evaluation.not_searched:
        yield f"Left out, judged but without a query: {_topic_count(evaluation.not_searched)}"


def _topic_count(count: int) -> str:
    return "1 topic" if count == 1 else f"{count:,} topics"


def _comparison(evaluation: Evaluation, comparison: Comparison) -> Iterator[str]:
    yield f"Baseline: {comparison.name}"
    yield ""
    rows: list[Row] = [("", "baseline", "index", "difference", "p-value", "better", "worse")]
    for name, value in evaluation.means.items():
        each = comparison.differences[name]
        values = (f"{each.baseline:.4f}", f"{value:.4f}", _signed(each.difference), f"{each.p_value:.4f}")
        rows.append((mean_name(name), *values, f"{each.better:,}", f"{each.worse:,}"))
    yield from _table(rows)
    yield ""
    yield f"Two-sided paired randomization test, {PERMUTATIONS:,} permutations. Better and worse count topics."


def _topics(evaluation: Evaluation) -> Iterator[str]:
    """The values of each topic, or their differences from those of the baseline."""
    comparison = evaluation.comparison
    rows: list[Row] = [("difference" if comparison else "topic", *MEASURES, "query")]
    for topic in evaluation.topics:
        values = evaluation.values[topic.id]
        if comparison is None:
            cells = [f"{value:.4f}" for value in values.values()]
        else:
            baseline = comparison.values[topic.id]
            cells = [_signed(value - baseline[name]) for name, value in values.items()]
        rows.append((topic.id, *cells, topic.query))
    yield from _table(rows, text_columns=(0, len(rows[0]) - 1))


def _signed(value: float) -> str:
    return f"{value:+.4f}" if abs(value) >= 0.00005 else "0"


def _table(rows: Sequence[Row], text_columns: Sequence[int] = (0,)) -> Iterator[str]:
    """Aligned rows: columns of text to the left, columns of numbers to the right."""
    widths = [max(column_count(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield _GAP.join(
            _padded(cell, width, left=column in text_columns)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()


def _padded(cell: str, width: int, *, left: bool) -> str:
    padding = " " * (width - column_count(cell))
    return cell + padding if left else padding + cell
