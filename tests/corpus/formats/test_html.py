"""HTML pages: fields, paragraphs, declared encodings, pages that would exhaust the parser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from searchidx.corpus import read
from searchidx.errors import CorpusError
from tests.corpus.corpus_support import (
    body,
    document,
    source,
)

PAGE = """<!DOCTYPE html><html lang="es_mx"><head><title>Una cumbre | Diario</title>
<meta property="og:site_name" content="Diario"><meta name="author" content="Ana Gil">
<meta property="article:published_time" content="2025-11-12T23:30:00-06:00">
<link rel="canonical" href="https://diario.example/cumbre"><style>p {color: red}</style></head>
<body><header><nav><a href="/">Inicio</a></nav></header>
<main><h1>Una cumbre</h1><p>Moscú, 12 nov (EFE).- Empezó la <b>cum</b>bre.<p>Terminó.
<aside>Otras noticias</aside><script>var x = "<p>no</p>"</script><!-- nada --></main>
<footer>Aviso legal</footer></body></html>"""


def test_a_page_gives_its_fields_and_its_body(tmp_path: Path) -> None:
    found = document(tmp_path, "a.html", PAGE)
    assert (found.title, found.title_is_derived) == ("Una cumbre", False)
    assert (found.date, found.source, found.author) == (date(2025, 11, 12), "Diario", "Ana Gil")
    assert (found.place, found.language) == ("Moscú", "es-MX")
    assert found.url == "https://diario.example/cumbre"
    assert body(found) == ["Empezó la cumbre.", "Terminó."]


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        ("<p>Hola</p>", ["Hola"]),
        ("Hola", ["Hola"]),
        ("<div>Uno <div>dos</div> tres<p>cuatro</p></div>", ["Uno", "dos", "tres", "cuatro"]),
        ("<ul><li>gas<li>carbón<ul><li>negro</ul></ul>", ["gas", "carbón", "negro"]),
        ("<table><tr><th>País<th>PIB<tr><td>Rusia<td>10</table>", ["País PIB", "Rusia 10"]),
        ("<table><tr><td><p>Uno<p>Dos</table>", ["Uno", "Dos"]),
        ("<blockquote>Cita</blockquote><pre>a  b\n c</pre><dl><dt>T<dd>D</dl>", ["Cita", "a b c", "T", "D"]),
        ("Uno<br>dos<br><br>tres<br> <br>cuatro", ["Uno dos", "tres", "cuatro"]),
        ("<article><p>A</p></article><article><p>B</p></article>", ["A", "B"]),
        ("<p>Fuera</p><article>Dentro</article>", ["Dentro"]),
        ("<main></main><p>Fuera</p>", ["Fuera"]),
        ("<form><h1>Algo</h1><p>Todo va en el formulario</form>", ["Todo va en el formulario"]),
        ("<p>Texto</p><form>Buscar <button>Ir</button></form>", ["Texto"]),
        ("<aside>Solo esto</aside>", ["Solo esto"]),
        ("<p>a&#1;b&nbsp;c&amp;d&ntilde;</p>", ["ab c&dñ"]),
        ("<p>Hola<svg><text>no</text></svg><noscript>no</noscript><template>no</template></p>", ["Hola"]),
    ],
)
def test_text_belongs_to_the_innermost_block(tmp_path: Path, page: str, paragraphs: list[str]) -> None:
    assert body(document(tmp_path, "a.htm", page)) == paragraphs


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="Del meta"><title>Del título</title>', "Del meta"),
        ("<title>Del  título</title>", "Del título"),
        ("<h1>Del encabezado</h1>", "Del encabezado"),
        ("<title>Del encabezado – Diario</title><h1>Del encabezado</h1>", "Del encabezado"),
        ("<title>Del encabezado nuevo</title><h1>Del encabezado</h1>", "Del encabezado nuevo"),
        ("", "Hola"),
    ],
)
def test_the_title_is_looked_for_in_turn(tmp_path: Path, head: str, title: str) -> None:
    found = document(tmp_path, "a.html", f"{head}<p>Hola</p>")
    assert (found.title, found.title_is_derived) == (title, not head)
    assert body(found)[-1] == "Hola"


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="iso-8859-1">',
        '<?xml version="1.0" encoding="windows-1252"?>',
        '<meta charset="nada">',
        '<meta charset="utf-7">',
        "",
    ],
)
def test_a_declared_encoding_is_believed_where_it_can_be_true(tmp_path: Path, declaration: str) -> None:
    file = source(tmp_path, "a.xhtml", f"{declaration}<p>Año nuevo</p>".encode("cp1252"))
    content = read(file)
    assert content.encoding == "windows-1252"
    assert [item.text for item in content.documents if not isinstance(item, CorpusError)] == ["Año nuevo"]


def test_another_declared_encoding_is_used_too(tmp_path: Path) -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Путин</p>'
    assert document(tmp_path, "a.html", page.encode("cp1251")).text == "Путин"


def test_a_wrong_declaration_does_not_spoil_utf8(tmp_path: Path) -> None:
    assert document(tmp_path, "a.html", '<meta charset="iso-8859-1"><p>Año</p>').text == "Año"
    broken = '<meta charset="shift_jis"><p>Año'.encode("cp1252") + b"\xf1</p>"
    assert document(tmp_path, "b.html", broken).text == "Añoñ"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "x",
        "".join(f"<b a={number}>" for number in range(5_000)) + "<p>x" * 5_000,
        "<p " + " ".join(f"a{number}=1" for number in range(10_000)) + ">x",
    ],
)
def test_a_page_made_to_exhaust_the_parser_is_refused(tmp_path: Path, page: str) -> None:
    with pytest.raises(CorpusError, match=r"nested too deep|thousands of attributes"):
        read(source(tmp_path, "a.html", page))


@pytest.mark.parametrize("page", ["<frameset><frame src=a></frameset>", "<script>x</script>"])
def test_a_page_without_text_is_an_error(tmp_path: Path, page: str) -> None:
    with pytest.raises(CorpusError, match="there is no text in it"):
        read(source(tmp_path, "a.html", page))
