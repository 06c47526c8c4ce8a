"""The JSON shape of results and documents."""

from __future__ import annotations

import json

from searchidx.index import Index
from searchidx.schema import METADATA_FIELDS
from searchidx.search.serialization import (
    document_json,
    results_json,
)
from tests.index_support import MakeIndex
from web.routes import document_path

KEYS = (
    "query interpreted match corrected_query prefix_fallback warnings expansions level page per_page total "
    "total_is_exact total_all total_most took_ms facets hits next"
)
HIT_KEYS = (
    "id document_id title title_ranges title_html title_is_derived date path url "
    "source_url score matched paragraphs_matched snippets"
)


def test_results_have_every_key_and_survive_json(seeds: Index) -> None:
    payload = results_json(seeds.search("Putin Y Lukoil", facets=["source"], per_page=1), document_path)
    again = json.loads(json.dumps(payload))
    assert set(again) == set(KEYS.split())
    assert set(again["hits"][0]) == {*HIT_KEYS.split(), *METADATA_FIELDS}
    assert again["facets"] == {"source": [{"value": "EFE", "count": 2}]}
    assert (again["total"], again["next"]) == (2, 2)


def test_ranges_count_code_points_and_html_marks_the_same(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Título 𝄞\n\n𝄞𝄞 El gas & <b>más</b> gas."})
    hit = results_json(index.search("gas"), document_path)["hits"][0]
    snippet = hit["snippets"][0]
    assert [snippet["text"][start:end] for start, end in snippet["ranges"]] == ["gas", "gas"]
    assert snippet["html"] == "𝄞𝄞 El <mark>gas</mark> &amp; &lt;b&gt;más&lt;/b&gt; <mark>gas</mark>."
    assert (hit["url"], snippet["url"]) == ("/doc/a.txt", "/doc/a.txt#p1")


def test_ids_are_quoted_in_urls(make_index: MakeIndex) -> None:
    index = make_index({"año/el gas #1?.txt": "Título\n\nHabla del gas."})
    assert (
        results_json(index.search("gas"), document_path)["hits"][0]["url"]
        == "/doc/a%C3%B1o/el%20gas%20%231%3F.txt"
    )


def test_a_paragraph_hit_names_its_document(seeds: Index) -> None:
    hit = results_json(seeds.search('"tierras raras"', level="paragraph"), document_path)["hits"][0]
    assert hit["id"] == f"{hit['document_id']}#p12"
    assert hit["url"].endswith("#p12")
    assert hit["snippets"][0]["paragraph"] == 12


def test_a_document_has_its_paragraphs_with_what_is_marked(seeds: Index) -> None:
    document_id = seeds.search('"tierras raras"').hits[0].id
    payload = json.loads(
        json.dumps(document_json(seeds.matched_document(document_id, '"tierras raras"'), document_path))
    )
    marked = [paragraph for paragraph in payload["paragraphs"] if paragraph["ranges"]]
    assert [paragraph["number"] for paragraph in marked] == [12]
    assert "<mark>tierras raras</mark>" in marked[0]["html"]
    assert (payload["date"], payload["place"], payload["language"]) == ("2025-11-12", "Moscú", "es")
