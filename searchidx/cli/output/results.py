"""How is an answer told: as a page for a person, or as JSON for a program?"""

from __future__ import annotations

import click

from searchidx import Explanation, Results
from searchidx.cli.errors import DONE, NONE_FOUND
from searchidx.cli.output.messages import (
    LANGUAGES,
    Messages,
)


def tell_results(results: Results, form: str | None, *, color: str, lang: str, quiet: bool) -> int:
    """Print results, as `json`, as `jsonl` or (None) for a person; the exit code."""
    if form:
        _print_json(results, form)
    else:
        _print_page(results, LANGUAGES[lang], color, quiet)
    return DONE if results.hits else NONE_FOUND


def _print_json(results: Results, form: str) -> None:
    from searchidx import hit_json, results_json
    from searchidx.cli.output.json import to_json
    from web.routes import document_path

    if form == "json":
        click.echo(to_json(results_json(results, document_path)))
        return
    for hit in results.hits:
        click.echo(to_json(hit_json(hit, document_path)))


def _print_page(results: Results, words: Messages, color: str, quiet: bool) -> None:
    from searchidx.cli.output.rendering import (
        Page,
        footer,
        results_lines,
        warning_lines,
    )
    from searchidx.cli.output.terminal import (
        palette,
        terminal_width,
    )

    page = Page(terminal_width(), palette(color), words)
    if not quiet:
        for warning in results.warnings:
            _tell("\n".join(warning_lines(results.query, warning, page)))
        for notice in _notices(results, words):
            _tell(notice)
    if results.explanation:
        _tell(_explained(results.explanation))
    if results.hits:
        click.echo("\n".join(results_lines(results, page)), color=page.looks.color)
    if results.hits and not quiet:
        _tell("\n" + footer(results, words))


def _notices(results: Results, words: Messages) -> list[str]:
    """What a reader must know before the results, or instead of them."""
    told = [words.expansion(expansion) for expansion in results.expansions]
    if results.corrected_query:
        told.append(words.did_you_mean.format(query=results.corrected_query))
    if not results.query.strip() and not results.hits:
        told.append(words.empty)
    elif not results.total:
        told.append(words.nothing.format(query=results.query))
        if results.interpreted and results.interpreted != results.query.lower():
            told.append(words.searched.format(interpreted=results.interpreted))
    elif not results.hits:
        told.append(
            words.beyond.format(page=results.page, last_page=results.last_page, results=words.count(results))
        )
    elif results.match == "any":
        told.append(words.any_word)
    return told


def _explained(explanation: Explanation) -> str:
    from searchidx.cli.output.json import to_json

    return f"tree: {explanation.tree}\nplan: {to_json(dict(explanation.plan))}\n"


def _tell(text: str) -> None:
    from searchidx.cli.output.terminal import harmless

    click.echo("\n".join(harmless(line) for line in text.split("\n")), err=True)
