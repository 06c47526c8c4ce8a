"""Spelling variants, synonyms, suggestions, similar documents and explanations on the JSON endpoint."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

API = "/api/v1"
TWELFTH = "001_b6d178efe64e1b6c.txt"


def test_spellings_and_synonyms_can_be_switched_off(site: FlaskClient) -> None:
    assert site.get(f"{API}/search?q=Tokayev").get_json()["total"] == 5
    assert site.get(f"{API}/search?q=Tokayev&variants=false").get_json()["total"] == 3
    assert site.get(f"{API}/search?q=Estados+Unidos&synonyms=false").get_json()["total_all"] == 2


def test_the_expansions_name_what_was_searched_too(site: FlaskClient) -> None:
    found = site.get(f"{API}/search?q=tokayev").get_json()["expansions"]
    assert found == [{"term": "tokayev", "kind": "name_variant", "forms": ["toqaev", "tokaev"]}]


def test_a_prefix_fallback_comes_only_when_it_is_asked_for(site: FlaskClient) -> None:
    plain = site.get(f"{API}/search?q=kazaji").get_json()
    longer = site.get(f"{API}/search?q=kazaji&prefix_fallback=true").get_json()

    assert (plain["total"], plain["prefix_fallback"]) == (0, None)
    assert (longer["total"], longer["prefix_fallback"], longer["query"]) == (5, "kazaji", "kazaji")


def test_an_explanation_comes_when_it_is_asked_for(site: FlaskClient) -> None:
    assert "explanation" not in site.get(f"{API}/search?q=gas").get_json()
    found = site.get(f"{API}/search?q=gas&explain=true").get_json()
    assert found["explanation"]["tree"] == "gas"
    hit = found["hits"][0]
    assert sum(part["score"] for part in hit["parts"]) == pytest.approx(hit["score"], abs=1e-3)


def test_a_misspelt_word_is_offered_corrected(site: FlaskClient) -> None:
    assert site.get(f"{API}/search?q=Kazajisatn").get_json()["corrected_query"] == "Kazajistán"
    assert "¿Quiso decir" in site.get("/?q=Kazajisatn").text


def test_suggestions_exist(site: FlaskClient) -> None:
    found = site.get(f"{API}/suggest?q=kaz").get_json()["suggestions"]
    assert [(each["text"], each["kind"]) for each in found][:2] == [("Kazajistán", "word"), ("kazajo", "word")]
    assert site.get(f"{API}/suggest?q=").get_json() == {"suggestions": []}


def test_similar_documents_are_others(site: FlaskClient) -> None:
    found = site.get(f"{API}/documents/{TWELFTH}/similar?limit=2").get_json()
    assert found["hits"][0]["id"].startswith("004")
    assert len(found["hits"]) == 2
    assert site.get(f"{API}/documents/no.txt/similar").status_code == 404


@pytest.mark.parametrize(
    "query", ["search?q=a&variants=maybe", "search?q=a&explain=1", "suggest", "suggest?q=a&limit=99"]
)
def test_what_cannot_be_meant_is_refused(site: FlaskClient, query: str) -> None:
    assert site.get(f"{API}/{query}").status_code == 400
