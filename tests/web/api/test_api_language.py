"""Does the endpoint offer what the language can: spellings, synonyms, suggestions, similar documents, reasons?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

API = "/api/v1"
TWELFTH = "001_b6d178efe64e1b6c.txt"


def test_spellings_and_synonyms_can_be_switched_off(site: FlaskClient) -> None:
    assert site.get(f"{API}/search?q=Tokayev").get_json()["total"] == 5
    assert site.get(f"{API}/search?q=Tokayev&variants=false").get_json()["total"] == 3
    assert site.get(f"{API}/search?q=Estados+Unidos&synonyms=false").get_json()["total"] == 2


def test_the_expansions_name_what_was_searched_too(site: FlaskClient) -> None:
    told = site.get(f"{API}/search?q=tokayev").get_json()["expansions"]
    assert told == [{"term": "tokayev", "kind": "name_variant", "forms": ["tokaev", "toqaev"]}]


def test_an_explanation_comes_when_it_is_asked_for(site: FlaskClient) -> None:
    assert "explanation" not in site.get(f"{API}/search?q=gas").get_json()
    told = site.get(f"{API}/search?q=gas&explain=true").get_json()
    assert told["explanation"]["tree"] == "gas"
    hit = told["hits"][0]
    assert sum(part["score"] for part in hit["parts"]) == pytest.approx(hit["score"], abs=1e-3)


def test_a_misspelt_word_is_offered_corrected(site: FlaskClient) -> None:
    assert site.get(f"{API}/search?q=Kazajsitan").get_json()["corrected_query"] == "Kazajistán"
    assert "¿Quiso decir" in site.get("/?q=Kazajsitan").text


def test_suggestions_exist(site: FlaskClient) -> None:
    told = site.get(f"{API}/suggest?q=kaz").get_json()["suggestions"]
    assert [(each["text"], each["kind"]) for each in told][:2] == [("Kazajistán", "word"), ("kazajo", "word")]
    assert site.get(f"{API}/suggest?q=").get_json() == {"suggestions": []}


def test_similar_documents_are_others(site: FlaskClient) -> None:
    told = site.get(f"{API}/documents/{TWELFTH}/similar?limit=2").get_json()
    assert told["hits"][0]["id"].startswith("004")
    assert len(told["hits"]) == 2
    assert site.get(f"{API}/documents/no.txt/similar").status_code == 404


@pytest.mark.parametrize(
    "query", ["search?q=a&variants=maybe", "search?q=a&explain=1", "suggest", "suggest?q=a&limit=99"]
)
def test_what_cannot_be_meant_is_refused(site: FlaskClient, query: str) -> None:
    assert site.get(f"{API}/{query}").status_code == 400
