"""`searchidx eval`: measure how well the index finds what people judged relevant."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchidx import LEVELS, terminal_text
from searchidx.cli.errors import DONE, CommandError
from searchidx.cli.long_runs import StatusLine
from searchidx.cli.options import index_option, open_index, quiet_option, subcommand, synonyms_option
from searchidx.cli.output.terminal import to_json

if TYPE_CHECKING:
    from searchidx import Level, SearchOptions
    from searchidx.evaluation.relevance.evaluation import Evaluation
    from searchidx.evaluation.relevance.runs import Run
    from searchidx.evaluation.relevance.topics import Topic

_SEARCH_OPTIONS = ("variants", "synonyms", "prefix_fallback")
_VARIANTS, _SYNONYMS, _PREFIX_FALLBACK = (
    f"--{name}/--no-{name}" for name in ("variants", "synonyms", "prefix-fallback")
)


@dataclass(frozen=True, slots=True)
class _System:
    """What answers the topics: an index with search options, or a run file with the answers."""

    index: str
    options: SearchOptions
    synonyms_file: Path | None
    run_file: Path | None = None

    def run(self, topics: tuple[Topic, ...], status: StatusLine) -> Run:
        """The ranking of each topic."""
        from searchidx.evaluation.relevance.evaluation import search_topics  # not imported for `--help`
        from searchidx.evaluation.relevance.runs import read_run

        if self.run_file is not None:
            return read_run(self.run_file)
        with open_index(self.index, self.synonyms_file) as opened:
            return search_topics(opened, topics, self.options, status)


@dataclass(frozen=True, slots=True)
class _Arguments:
    """The command line of `searchidx eval`."""

    index: str
    queries: Path
    qrels: Path
    level: Level
    variants: bool
    synonyms: bool
    prefix_fallback: bool
    synonyms_file: Path | None
    compare: str | None
    run: Path | None
    per_query: bool
    as_json: bool
    quiet: bool

    def check(self) -> None:
        """Raise CommandError before the searches when the run file could not be written."""
        if self.run is None:
            return
        if not self.run.absolute().parent.is_dir():
            raise CommandError(f"{self.run}: there is no folder {self.run.parent}")
        inputs = [self.queries, self.qrels, Path(self.compare or "")]
        if self.run.resolve() in [each.resolve() for each in inputs]:
            raise CommandError(f"{self.run}: --run would replace a file that is read; name another one")

    def system(self) -> _System:
        """The index, with the search options of the command line."""
        from searchidx import SearchOptions  # not imported for `--help`

        options = SearchOptions(**{name: getattr(self, name) for name in ("level", *_SEARCH_OPTIONS)})
        return _System(self.index, options, self.synonyms_file)

    def baseline(self) -> _System | None:
        """What `--compare` names; CommandError when there is no such thing."""
        if self.compare is None:
            return None
        if self.compare.startswith("-"):
            return _changed_system(self.system(), self.compare)
        path = Path(self.compare)
        if path.is_dir():
            return replace(self.system(), index=self.compare)
        if path.is_file():
            return replace(self.system(), run_file=path)
        raise CommandError(
            f"--compare: {self.compare} is neither the folder of an index nor a run file; "
            "search options begin with a dash, such as --compare=--no-variants"
        )


_ADVICE_ON_IDS: dict[Level, str] = {
    "document": "ids are those that `searchidx query --json` prints; those of paragraphs need --level paragraph",
    "paragraph": "the id of a paragraph is that of its document with its number, such as DOC#p3",
}
"""Level → what to look at when no judged id is in the index."""

_BASELINE_PARSER = click.Command(
    None,
    add_help_option=False,
    params=[
        *(click.Option([flags], default=None) for flags in (_VARIANTS, _SYNONYMS, _PREFIX_FALLBACK)),
        click.Option(["--synonyms-file"], type=click.Path(path_type=Path)),
        click.Option(["--index"], type=click.Path()),
    ],
)


def _changed_system(system: _System, options: str) -> _System:
    """The system with the search options of a command line instead of its own; CommandError for another option."""
    try:
        given = _BASELINE_PARSER.make_context("--compare", shlex.split(options)).params
    except click.UsageError as error:
        raise CommandError(f"--compare {options!r}: {error.format_message()}") from error
    except ValueError as error:
        raise CommandError(f"--compare {options!r}: {error}") from error
    changes = {name: given[name] for name in _SEARCH_OPTIONS if given[name] is not None}
    return _System(
        index=given["index"] or system.index,
        options=replace(system.options, **changes),
        synonyms_file=given["synonyms_file"] or system.synonyms_file,
    )


@subcommand(
    "eval",
    "searchidx eval topics.tsv qrels.txt",
    "searchidx eval topics.tsv qrels.txt --per-query --level paragraph",
    "searchidx eval topics.tsv qrels.txt --run today.run         # keep the rankings",
    "searchidx eval topics.tsv qrels.txt --compare yesterday.run",
    "searchidx eval topics.tsv qrels.txt --compare other-index/",
    "searchidx eval topics.tsv qrels.txt --compare '--no-variants --no-synonyms'",
    codes="0 done, 2 an error, 130 interrupted",
)
@click.argument("queries", type=click.Path(path_type=Path))
@click.argument("qrels", type=click.Path(path_type=Path))
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="document",
    show_default=True,
    help="What is searched for.",
)
@click.option(_VARIANTS, default=True, help="Find other spellings of names too.")
@click.option(_SYNONYMS, default=True, help="Find other names of the same thing too.")
@click.option(
    _PREFIX_FALLBACK,
    default=False,
    help="When nothing has all the words, take the last one for the beginning of longer words too.",
)
@synonyms_option
@click.option(
    "--compare",
    metavar="BASELINE",
    help="Compare with another index, with a run file, or with this index under other search options (in quotes: "
    "--variants, --synonyms, --prefix-fallback, each also with no-, --synonyms-file, --index).",
)
@click.option(
    "--run",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the rankings as a TREC run, which --compare, trec_eval and ir-measures read.",
)
@click.option("--per-query", is_flag=True, help="The values of each topic too; with --compare, the differences.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@quiet_option
@index_option
def command(**options: Any) -> int:
    """Measure the relevance of the results with judged topics.

    The topics of QUERIES are searched for, and the results compared with the judgements of QRELS.

    QUERIES has a topic a line: an id, a tab and the query, or a JSON object with "id" and "text" ("_id", "query").
    QRELS has a judgement a line: "topic 0 document grade" (TREC) or "topic document grade" with tabs. A grade of 1
    or more is relevant. The first 100 results of each topic count. Topics without judgements are left out.

    The measures are those of trec_eval: nDCG@10, MRR@10, P@5, P@10, recall@100 and MAP, as means over the topics.
    --compare adds the p-value of a two-sided paired randomization test.
    """
    arguments = _Arguments(**options)
    arguments.check()
    evaluation = _evaluate(arguments)
    if arguments.run is not None:
        from searchidx.evaluation.relevance.runs import write_run  # not imported for `--help`

        write_run(evaluation.run, arguments.run)
    if not arguments.quiet:
        _print_warnings(evaluation)
    _print_evaluation(evaluation, arguments)
    return DONE


def _evaluate(arguments: _Arguments) -> Evaluation:
    # Not imported for `--help`.
    from searchidx.evaluation.relevance.evaluation import NoJudgedDocumentError, evaluate_index
    from searchidx.evaluation.relevance.qrels import judged_topics, read_qrels
    from searchidx.evaluation.relevance.topics import read_topics

    topics, qrels = read_topics(arguments.queries), read_qrels(arguments.qrels)
    system, baseline = arguments.system(), arguments.baseline()
    status = StatusLine(quiet=arguments.quiet)
    try:
        with open_index(system.index, system.synonyms_file) as opened:
            # The baseline comes first: a run file that cannot be read is reported before the searches.
            baseline_run = baseline.run(judged_topics(topics, qrels), status) if baseline else None
            evaluation = evaluate_index(opened, system.index, topics, qrels, system.options, status)
    except NoJudgedDocumentError as error:
        raise CommandError(f"{error}; {_ADVICE_ON_IDS[arguments.level]}") from error
    finally:
        status("")
    if baseline_run is None or arguments.compare is None:
        return evaluation
    return evaluation.compared_with(arguments.compare, baseline_run, qrels)


def _print_warnings(evaluation: Evaluation) -> None:
    if missing := evaluation.missing:
        are = "1 judged id is" if len(missing) == 1 else f"{len(missing):,} judged ids are"
        warning = f"Warning: {are} not in the index and cannot be found, such as {missing[0]}"
        click.echo(terminal_text(warning), err=True)


def _print_evaluation(evaluation: Evaluation, arguments: _Arguments) -> None:
    if arguments.as_json:
        from searchidx.evaluation.relevance.evaluation import evaluation_json  # not imported for `--help`

        click.echo(to_json(evaluation_json(evaluation, per_query=arguments.per_query)))
        return
    from searchidx.cli.output.eval_tables import evaluation_lines  # --json does not need it

    for line in evaluation_lines(evaluation, per_query=arguments.per_query):
        click.echo(terminal_text(line).rstrip())
