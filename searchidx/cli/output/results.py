"""Printing of results: hits on stdout; counts, notices and warnings on stderr."""

from __future__ import annotations

from collections.abc import Iterator

import click

from searchidx import Explanation, Results, terminal_text
from searchidx.cli.errors import DONE, NONE_FOUND
from searchidx.cli.options import JsonFormat, OutputOptions
from searchidx.cli.output.messages import Messages
from searchidx.cli.output.terminal import to_json


def print_results(results: Results, options: OutputOptions) -> int:
    """Print results as JSON, JSON lines or text; the exit code."""
    if options.json_format is not None:
        _print_json(results, options.json_format)
    else:
        _print_text(results, options)
    return DONE if results.hits else NONE_FOUND


def _print_json(results: Results, json_format: JsonFormat) -> None:
    from searchidx import hit_json, results_json  # text output does not need these
    from web.routes import document_path

    if json_format == "json":
        click.echo(to_json(results_json(results, document_path)))
        return
    for hit in results.hits:
        click.echo(to_json(hit_json(hit, document_path)))


def _print_text(results: Results, options: OutputOptions) -> None:
    from searchidx.cli.output.rendering import (  # JSON output does not need it
        footer,
        page_layout,
        results_lines,
        warning_lines,
    )

    layout = page_layout(options.color, options.language)
    if not options.quiet:
        for warning in results.warnings:
            _print_message("\n".join(warning_lines(results.query, warning, layout)))
        for notice in _notices(results, layout.messages):
            _print_message(notice)
    if results.explanation:
        _print_message(_explanation_text(results.explanation))
    if results.hits:
        click.echo("\n".join(results_lines(results, layout)), color=layout.palette.color)
    if results.hits and not options.quiet:
        _print_message("\n" + footer(results, layout.messages))


def _notices(results: Results, messages: Messages) -> Iterator[str]:
    """What a reader should know before the hits, or instead of them."""
    for expansion in results.expansions:
        yield messages.expansion_text(expansion)
    if results.corrected_query:
        yield messages.did_you_mean.format(query=results.corrected_query)
    if results.prefix_fallback:
        yield messages.prefix_fallback.format(prefix=results.prefix_fallback)
    if not results.query.strip() and not results.hits:
        yield messages.empty_query
    elif not results.total:
        yield messages.no_results.format(query=results.query)
        if results.interpreted and results.interpreted != results.query.lower():
            yield messages.searched.format(interpreted=results.interpreted)
    elif not results.hits:
        count = messages.count(results)
        yield messages.no_such_page.format(page=results.page, last_page=results.last_page, results=count)
    elif words := messages.words_of_hits(results):
        yield words


def _explanation_text(explanation: Explanation) -> str:
    return f"tree: {explanation.tree}\nplan: {to_json(dict(explanation.plan))}\n"


def _print_message(text: str) -> None:
    click.echo("\n".join(terminal_text(line) for line in text.split("\n")), err=True)
