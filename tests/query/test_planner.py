"""Plans: the engine query of a tree, and the terms that are highlighted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from searchidx.engines.query import (
    Bool,
    DateRange,
    DisMax,
    EngineQuery,
    Keyword,
    Phrase,
    Term,
)
from searchidx.index import Index
from searchidx.query.parsing.parser import parse
from searchidx.query.planning.plan import Plan
from searchidx.query.planning.planner import build_plan


def planned(index: Index, text: str) -> Plan:
    with index._readers._current() as current:
        return build_plan(parse(text).root, current.vocabulary)


def nodes(query: EngineQuery) -> Iterator[EngineQuery]:
    yield query
    if isinstance(query, Bool):
        for child in (*query.must, *query.should, *query.must_not, *query.filter):
            yield from nodes(child)
    elif isinstance(query, DisMax):
        for child in query.queries:
            yield from nodes(child)


def stems(query: EngineQuery) -> set[str]:
    return {node.term for node in nodes(query) if isinstance(node, Term) and node.field == "stem"}


def test_a_word_is_searched_by_its_lemma_and_its_family(seeds: Index) -> None:
    assert stems(planned(seeds, "administraciones").query) == {"administración", "administrar", "administrar*"}


def test_a_word_without_its_accent_is_searched_by_every_word_with_its_letters(seeds: Index) -> None:
    assert stems(planned(seeds, "cantabamos").query) >= {"cantar"}
    assert stems(planned(seeds, "termino").query) >= {"terminar", "término"}
    assert "término" not in stems(planned(seeds, "terminó").query)


def test_a_name_is_searched_as_it_is_written(seeds: Index) -> None:
    assert stems(planned(seeds, "Asia").query) == set()


def test_stop_words_are_dropped_unless_nothing_else_is_asked_for(seeds: Index) -> None:
    assert stems(planned(seeds, "la ley de los gases").query) == {"ley", "ley*", "gas"}
    assert stems(planned(seeds, "de la").query) == {"de", "la"}
    assert stems(planned(seeds, "+la ley").query) == {"la", "ley", "ley*"}


def test_stop_words_stay_inside_quotes(seeds: Index) -> None:
    phrases = [node for node in nodes(planned(seeds, '"la cumbre de"').query) if isinstance(node, Phrase)]
    assert {phrase.terms for phrase in phrases} == {("la", "cumbre", "de")}


def test_neighbours_earn_more_with_the_stop_words_between_them(seeds: Index) -> None:
    phrases = {
        node.terms
        for node in nodes(planned(seeds, "ministro de Energía kazajo").query)
        if isinstance(node, Phrase)
    }
    assert phrases == {("ministro", "de", "energia"), ("energia", "kazajo")}


@pytest.mark.parametrize(
    ("query", "match"),
    [("gas", "all"), ("gas Y petróleo", "all"), ("gas petróleo", "any"), ("+gas pozo", "any"), ("", "all")],
)
def test_the_policy_follows_the_words_side_by_side(seeds: Index, query: str, match: str) -> None:
    assert planned(seeds, query).match == match


def test_dates_and_languages_filter_and_do_not_score(seeds: Index) -> None:
    plan = planned(seeds, "idioma:es desde:2025")
    assert {type(node) for node in nodes(plan.query)} == {Bool, Keyword, DateRange}
    assert not plan.is_scored


def test_what_is_negated_is_neither_marked_nor_shown(seeds: Index) -> None:
    plan = planned(seeds, "gas -petróleo")
    assert plan.highlight_terms("text").stems == {"gas"}
    assert (query := plan.snippet_query()) is not None
    assert stems(query) == {"gas"}


def fields(query: EngineQuery) -> set[str]:
    return {node.field for node in nodes(query) if isinstance(node, (Term, Phrase))}


@pytest.mark.parametrize("query", ["gas", "reunión", '"tierras raras"', "energ*"])
def test_a_paragraph_must_have_a_single_word_in_its_text_and_scores_as_in_a_document(
    seeds: Index, query: str
) -> None:
    plan = planned(seeds, query)
    of_paragraphs = plan.paragraph_query()
    assert isinstance(of_paragraphs, Bool)
    assert not of_paragraphs.filter
    (required,) = of_paragraphs.must
    assert fields(required) <= {"stem", "folded", "accented"}
    assert {*of_paragraphs.should, *children(required)} == set(children(plan.query))


def children(query: EngineQuery) -> tuple[EngineQuery, ...]:
    return query.should if isinstance(query, Bool) else (query,)


@pytest.mark.parametrize("query", ["gas petróleo", "Tokayev", "gas -efe"])
def test_a_paragraph_must_have_one_of_several_words_in_its_text(seeds: Index, query: str) -> None:
    plan = planned(seeds, query)
    of_paragraphs = plan.paragraph_query()
    assert isinstance(of_paragraphs, Bool)
    assert of_paragraphs.must == (plan.query,)
    assert fields(of_paragraphs.filter[0]) <= {"stem", "folded"}


def test_a_field_marks_only_there(seeds: Index) -> None:
    assert not planned(seeds, "título:gas").highlight_terms("text")
    assert not planned(seeds, "texto:gas").highlight_terms("title")
    assert not planned(seeds, "fuente:EFE").highlight_terms("text")


def test_spanish_and_english_operators_ask_the_same(seeds: Index) -> None:
    spanish, english = planned(seeds, "gas Y (petróleo O carbón)"), planned(seeds, "gas AND (petróleo OR carbón)")
    assert spanish.query == english.query


@pytest.mark.parametrize(
    ("query", "interpreted"),
    [
        ("el gas de la cumbre", "gas cumbre"),
        ('"de la" Rusia', '"de la" rusia'),
        ("(gas O petróleo de la cumbre) -EFE", "(gas O petróleo) cumbre NO efe"),
        ("Gas Y NO (el)", "gas NO el"),
        ("título:Amistad", "título:amistad"),
        ("¿? gas", "gas"),
    ],
)
def test_the_interpretation_is_written_in_the_query_language(seeds: Index, query: str, interpreted: str) -> None:
    assert planned(seeds, query).interpreted.replace(" Y ", " ") == interpreted
