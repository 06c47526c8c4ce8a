"""Any bytes as a file give documents of clean text, or a `CorpusError`."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.corpus import READABLE_EXTENSIONS, SourceFile, read
from searchidx.errors import CorpusError
from searchidx.model.document import Document

PIECES = st.sampled_from(
    [
        "---\n", "title: ", "&a ", "*a", "<p>", "<div", "<br><br>", "</form>", "<!--", "]]>", "&#1;", "&#xd800;",
        '{"text": "', '"}\n', '"id": ', "[", "\\ud800", "text,date\n", '"', ",", ";", "\t", "\r", "\n\n", "\x00",
        "# ", "| a |\n|---|\n", "```\n", "Moscú, 12 nov (EFE).- ", ". EFE", "mos/lar", "2 minutos",
        " date 2025-11-12 ", "\u0301", "n\u0303", "\u2028", "\ufeff", "Post Comment", "coope-\nración",
        "\x0c", "ﬁ", "\U0001f600",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=20).map("".join)
CODECS = st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "cp1252", "utf-16-le"])
WRITTEN = st.builds(lambda text, codec: str(text).encode(codec, "replace"), TEXTS, CODECS)


@settings(max_examples=600, deadline=None)
@given(content=st.one_of(st.binary(max_size=300), WRITTEN), extension=st.sampled_from(sorted(READABLE_EXTENSIONS)))
def test_any_bytes_give_clean_documents_or_a_corpus_error(content: bytes, extension: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{extension}"
        path.write_bytes(content)
        try:
            found = list(read(SourceFile(path, path.name, len(content), 0)).documents)
        except CorpusError:
            return
    assert found
    for item in found:
        assert isinstance(item, Document | CorpusError)
        if isinstance(item, Document):
            assert_clean(item)


def assert_clean(document: Document) -> None:
    assert document.paragraphs
    assert document.title
    texts = [paragraph.text for paragraph in document.paragraphs]
    fields = [document.id, document.title, document.source, document.place, document.author, document.url]
    for text in [*texts, *fields, *document.metadata, *document.metadata.values()]:
        assert unicodedata.is_normalized("NFC", text)
        assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text)
        assert text == " ".join(text.split())
    assert all(texts)
