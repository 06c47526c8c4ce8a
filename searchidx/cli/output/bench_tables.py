"""The report of a benchmark as tables of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchidx import Level
from searchidx.cli.output.terminal import human_size
from searchidx.evaluation.bench.corpus_file import Corpus
from searchidx.evaluation.bench.report import (
    ALL,
    ColdStart,
    Indexing,
    Latency,
    QueryTimes,
    Report,
    SystemFigures,
)
from searchidx.evaluation.bench.systems import BASELINE, HITS, title_of

_KIND_NAMES = {
    "one_word": "one word",
    "several_words": "several words",
    "phrase": "phrase in quotes",
    "rare_word": "rare word",
    "frequent_word": "very frequent word",
    "file": "from the file",
    ALL: "all together",
}
_LEVEL_NAMES: dict[Level, str] = {"document": "documents", "paragraph": "paragraphs"}
_HIGHLIGHT_NAMES = {True: "with highlighting", False: "without highlighting"}
_NO_VALUE = "–"
_BUSY_LOAD = 0.5  # a core

Row = tuple[str, ...]


def report_lines(report: Report) -> Iterator[str]:
    """The lines of the report."""
    corpus = report.corpus
    yield f"{report.index}: {_corpus_text(corpus)}; engine {report.own.system}"
    yield ""
    yield from _own_latency_tables(report)
    yield ""
    yield from _own_costs(report)
    if len(report.sampled) > 1 or report.left_out:
        yield from _comparison(report)
    yield ""
    yield from _conditions(report)


def _corpus_text(corpus: Corpus) -> str:
    counts = f"{corpus.documents:,} documents, {corpus.paragraphs:,} paragraphs"
    return f"{counts}, {human_size(corpus.text_bytes)} of text"


def _own_latency_tables(report: Report) -> Iterator[str]:
    """The latency of the user's own index, one table a level."""
    yield f"Answering a query, in milliseconds: the best {HITS} of all that match, in process"
    for level in report.settings.levels:
        yield ""
        rows: list[Row] = [(_LEVEL_NAMES[level], *2 * ("p50", "p95", "p99"))]
        rows += [_own_row(report.own, kind, level) for kind in _kinds(report)]
        lines = list(_table(rows, gap_before=(4,)))
        half = (len(lines[0]) - len(_KIND_NAMES["frequent_word"]) - 2) // 2
        margin = len(lines[0]) - 2 * half - 3
        yield f"{'':<{margin}}{_HIGHLIGHT_NAMES[True]:>{half}}   {_HIGHLIGHT_NAMES[False]:>{half}}"
        yield from lines


def _kinds(report: Report) -> list[str]:
    return [*report.settings.queries, ALL]


def _own_row(own: SystemFigures, kind: str, level: Level) -> Row:
    cells = [_KIND_NAMES[kind]]
    for highlight in _HIGHLIGHT_NAMES:
        cells += _percentiles(own.latency(kind, level, highlight))
    return tuple(cells)


def _percentiles(latency: Latency | None) -> Row:
    return (_ms(latency.p50), _ms(latency.p95), _ms(latency.p99)) if latency else (_NO_VALUE,) * 3


def _own_costs(report: Report) -> Iterator[str]:
    """Cold start, disk, memory and indexing of the user's own index."""
    own, text = report.own, report.corpus.text_bytes
    facts = {"Starting": _cold_start_text(report.cold_start)}
    disk = ", ".join(f"{part} {human_size(size)}" for part, size in own.disk_bytes.items())
    total = sum(own.disk_bytes.values())
    facts["On disk"] = f"{human_size(total)} ({disk}), {total / max(1, text):.1f} times the text"
    facts["In memory"] = f"{_size(own.resident_bytes)} resident, with the index open, after these queries"
    if (indexing := report.indexing()) is not None:
        facts["Indexing"] = _indexing_text(indexing)
    for name, value in facts.items():
        yield f"{name:<11}{value}"


def _cold_start_text(cold: ColdStart) -> str:
    spread = f"{min(cold.seconds):.2f} to {max(cold.seconds):.2f}"
    return f"{cold.median_s:.2f} s for `searchidx query` as a whole process ({_runs(len(cold.seconds))}, {spread})"


def _indexing_text(indexing: Indexing) -> str:
    rate = f"{_rate(indexing.documents_per_s)} documents/s, {_rate(indexing.bytes_per_s / 1e6)} MB/s of text"
    memory = f", {_size(indexing.peak_bytes)} of memory at the most" if indexing.peak_bytes else ""
    return f"{rate}{memory} ({_runs(len(indexing.seconds))} over {indexing.corpus.documents:,} documents)"


def _comparison(report: Report) -> Iterator[str]:
    """The tables of all systems on the sample."""
    systems = report.sampled
    if systems and systems[0].indexing:
        corpus = systems[0].indexing.corpus
        sample = "the whole index" if corpus.documents == report.corpus.documents else "one sample for all"
        yield ""
        yield f"Side by side, turn by turn: {_corpus_text(corpus)} ({sample})"
        yield ""
        yield from _table(list(_size_and_rate_rows(report)))
        for level in report.settings.levels:
            for highlight, highlight_name in _HIGHLIGHT_NAMES.items():
                yield ""
                yield f"{_LEVEL_NAMES[level].capitalize()} {highlight_name}: milliseconds, p50 / p99"
                yield from _table(list(_latency_rows(report, level, highlight)))
        yield ""
        yield "SQLite FTS5 (which knows no endings) and raw tantivy (which keeps no store) find all words in title"
        yield "or text: no variants of names, no synonyms. With –, a system cannot do it."
    for name, reason in report.left_out.items():
        yield f"Left out: {title_of(name)}: {reason}"


def _size_and_rate_rows(report: Report) -> Iterator[Row]:
    systems = report.sampled
    runs = [each.indexing for each in systems if each.indexing]
    base = next((each.indexing for each in systems if each.system == BASELINE and each.indexing), None)
    yield ("", *(title_of(each.system) for each in systems))
    yield ("indexing, seconds", *(f"{run.median_s:.2f}" for run in runs))
    yield ("documents/s", *(_rate(run.documents_per_s) for run in runs))
    yield ("MB/s of text", *(_rate(run.bytes_per_s / 1e6) for run in runs))
    if base:
        yield (_times_of(BASELINE), *(f"{_ratio(run.median_s / base.median_s)}" for run in runs))
    yield ("peak memory", *(_size(run.peak_bytes) for run in runs))
    yield ("on disk", *(human_size(sum(each.disk_bytes.values())) for each in systems))
    yield ("resident, answering", *(_size(each.resident_bytes) for each in systems))


def _latency_rows(report: Report, level: Level, highlight: bool) -> Iterator[Row]:
    systems = report.sampled
    yield ("", *(title_of(each.system) for each in systems))
    for kind in _kinds(report):
        latencies = [each.latency(kind, level, highlight) for each in systems]
        yield (
            _KIND_NAMES[kind],
            *(f"{_ms(each.p50)} / {_ms(each.p99)}" if each else _NO_VALUE for each in latencies),
        )
    of_all = {each.system: each.latency(ALL, level, highlight) for each in systems}
    if base := of_all.get(BASELINE):
        ratios = [_ratios(each, base) for each in of_all.values()]
        yield (_times_of(BASELINE), *ratios)


def _ratios(latency: Latency | None, base: Latency) -> str:
    return f"{_ratio(latency.p50 / base.p50)} / {_ratio(latency.p99 / base.p99)}" if latency else _NO_VALUE


def _ratio(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def _conditions(report: Report) -> Iterator[str]:
    """Queries, machine, versions and disk of the run."""
    machine, settings = report.machine, report.settings
    memory = f", {human_size(machine.memory_bytes)} of memory" if machine.memory_bytes else ""
    nothing = f"{_share_without_hits(report.own.times):.0%} found nothing"
    times = "once" if settings.repeat == 1 else f"{settings.repeat} times"
    yield f"Queries    {settings.count:,}, each {times}, seed {settings.seed}; {nothing}"
    yield f"Machine    {machine.cpu}, {machine.cores} cores{memory}; {machine.system}"
    if machine.load is not None and machine.load > _BUSY_LOAD * machine.cores:
        yield f"           It was busy before this run began (load {machine.load:.1f}): figures may be too high."
    yield f"Versions   {', '.join(f'{name} {version}' for name, version in machine.versions.items())}"
    yield f"Folder     a temporary one of {human_size(report.disk_used_bytes)}, which is gone"
    yield "Percentiles are nearest ranks, over single responses."


def _share_without_hits(times: Sequence[QueryTimes]) -> float:
    """The share of all responses without a hit, 0 to 1."""
    shares = [each.found_nothing for each in times if each.kind == ALL]
    return sum(shares) / len(shares) if shares else 0.0


def _times_of(system: str) -> str:
    return f"times {title_of(system)}"


def _table(rows: Sequence[Row], gap_before: Sequence[int] = ()) -> Iterator[str]:
    """Aligned rows: the first column to the left, as wide as in every other table, the others to the right."""
    label = max(len(text) for text in (*_KIND_NAMES.values(), "resident, answering")) + 2
    widths = [max(len(row[column]) for row in rows) for column in range(1, len(rows[0]))]
    for row in rows:
        cells = (
            " " * (5 if column in gap_before else 2) + f"{cell:>{max(width, 6)}}"
            for column, (cell, width) in enumerate(zip(row[1:], widths, strict=True), 1)
        )
        yield f"{row[0]:<{label}}{''.join(cells)}"


def _ms(value: float) -> str:
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _rate(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"median of {count} runs"


def _size(value: int | None) -> str:
    return _NO_VALUE if value is None else human_size(value)
