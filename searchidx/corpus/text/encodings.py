"""In which encoding is a file written, and what text do its bytes give?

A byte order mark decides, then the zeros of UTF-16, then whether the bytes are valid UTF-8. Only what
is none of these is guessed, with charset-normalizer, which therefore a UTF-8 file never loads.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from searchidx.errors import CorpusError

_SAMPLE = 1 << 20
_GUESSED = 1 << 16  # bytes that are shown to charset-normalizer

_MARKS = (
    # UTF-32's mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What Spanish was written in before UTF-8: Windows and DOS. Left to all its candidates, charset-normalizer
# 3.5 reads eleven of eleven short Latin-1 texts as cp1250, cp1006, Big5 or UTF-16; with these two it reads
# all eleven right. The first wins a tie. Mac Roman was given up: it won no Spanish sentence of six.
_LEGACY = {"cp1252": "windows-1252", "cp850": "cp850"}

# Encodings that a page may declare: those in which ASCII means itself, so that the declaration is readable.
_DECLARABLE = re.compile(r"iso8859-\d+|cp125\d|cp8\d\d|koi8-[rut]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*")

_SIGNATURES = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP or office document",
    b"\xd0\xcf\x11\xe0": "old office document",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\n\v\f\r")))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file."""

    text: str
    encoding: str  # canonical: utf-8, utf-8-sig, utf-16, windows-1252 ...
    replaced: int = 0  # bytes that the encoding does not know, each U+FFFD in `text`


def decode(data: bytes, name: str, declared: str = "") -> Decoded:
    """The text of a whole file; `declared` is the encoding that the file says of itself.

    Bytes that are valid UTF-8 are UTF-8, whatever was declared: the chance that another encoding looks
    like it is negligible, and wrong declarations are common. Raises `CorpusError` for what is not text.
    """
    if not data:
        raise CorpusError(name, "the file is empty")
    encoding = sniff(data, name, declared=declared)
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, text.count("\ufffd"))


def sniff(sample: bytes, name: str, *, complete: bool = True, declared: str = "") -> str:
    """The canonical name of the encoding of these bytes; all of them, or the first when not `complete`.

    Raises `CorpusError` when they look like a binary file.
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    for signature, kind in _SIGNATURES.items():
        if sample.startswith(signature):
            raise CorpusError(name, f"it looks like a binary file ({kind})")
    wide = _wide(sample)
    if wide:
        return wide
    is_utf8 = _is_utf8(sample, complete)
    # A text may hold stray control characters. Of random bytes one in ten is one, and they are not UTF-8.
    _refuse_binary(sample, name, allowed=0.3 if is_utf8 else 0.05)
    if is_utf8:
        return "utf-8"
    return _declared(sample, declared) or _guess(sample)


def sniff_stream(stream: BinaryIO, name: str) -> tuple[bytes, str]:
    """The first bytes of a file (at most 1 MiB) and the canonical name of its encoding.

    ASCII tells nothing, so where the file begins with it, the first MiB that holds another byte decides.
    Raises `CorpusError` when the file is empty or looks binary.
    """
    first = sample = stream.read(_SAMPLE)
    if not first:
        raise CorpusError(name, "the file is empty")
    encoding = sniff(first, name, complete=False)
    if encoding == "utf-8":
        while sample.isascii() and (chunk := stream.read(_SAMPLE)):
            sample = chunk
        encoding = "utf-8" if _is_utf8(sample, complete=False) else _guess(sample)
    return first, encoding


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark, evident where every second byte is zero; "" otherwise."""
    head = sample[: _GUESSED - _GUESSED % 2]
    half = len(head) // 2
    if half < 2 or b"\0" not in head:
        return ""
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        if high.count(0) > 0.7 * half and low.count(0) < 0.05 * half:
            return encoding
    return ""


def _refuse_binary(sample: bytes, name: str, allowed: float) -> None:
    """Raises `CorpusError` when more than this share of the bytes are control characters."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 2 and controls > allowed * len(sample):
        raise CorpusError(name, "it looks like a binary file")


def _is_utf8(sample: bytes, complete: bool) -> bool:
    """Whether it is UTF-8, be it with a few damaged bytes.

    In Latin-1, a capital with a symbol right after it (as every UTF-8 letter looks) is next to unheard of.
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, complete)
    except UnicodeDecodeError:
        rest, good = _MULTIBYTE.subn(b"", sample)
        bad = len(rest) - len(rest.translate(None, bytes(range(0x80, 0x100))))
        return good > 2 * bad
    return True


def _declared(sample: bytes, declared: str) -> str:
    """The codec for a declared encoding if it is one and can be true; Latin-1 means Windows-1252 (WHATWG)."""
    try:
        codec = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return ""
    if codec in ("iso8859-1", "cp1252", "ascii"):
        return "windows-1252"
    if not _DECLARABLE.fullmatch(codec):
        return ""
    try:
        sample.decode(codec)
    except UnicodeDecodeError:
        return ""
    return codec


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # 40 ms that UTF-8 need not pay

    # From the first line with a byte beyond ASCII: before it, all candidates are alike.
    start = next(place for place, byte in enumerate(sample) if byte > 0x7F)
    start = sample.rfind(b"\n", 0, start) + 1
    best = from_bytes(sample[start : start + _GUESSED], cp_isolation=list(_LEGACY)).best()
    return _LEGACY.get(best.encoding if best else "", "windows-1252")
