"""The encoding of a file, and the text of its bytes.

A byte order mark decides, then the zero bytes of UTF-16, then whether the bytes are valid UTF-8. Only for other
files is the encoding guessed, with charset-normalizer: a UTF-8 file never loads that library.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from searchidx.errors import CorpusError

_SAMPLE = 1 << 20  # bytes
_GUESS_SAMPLE = 1 << 16  # bytes that charset-normalizer looks at

_BYTE_ORDER_MARKS = (
    # The mark of UTF-32 begins with that of UTF-16, so it is tried first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# The encodings of Spanish before UTF-8: Windows and DOS. With all its candidates, charset-normalizer 3.5 reads
# eleven of eleven short Latin-1 texts as cp1250, cp1006, Big5 or UTF-16; with these two it reads all eleven
# right. The first wins a tie. Mac Roman was left out: it was chosen for none of six Spanish sentences.
_LEGACY = {"cp1252": "windows-1252", "cp850": "cp850"}

# Encodings that a page may declare: those that contain ASCII, so that the declaration itself can be read.
_DECLARABLE = re.compile(r"iso8859-\d+|cp125\d|cp8\d\d|koi8-[rut]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*")

_BINARY_SIGNATURES = {
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
class DecodedText:
    """The text of a file."""

    text: str
    encoding: str  # canonical: utf-8, utf-8-sig, utf-16, windows-1252 ...
    replaced: int = 0  # U+FFFD in `text`, which stand for bytes that are not valid in the encoding


def decode(data: bytes, name: str, declared: str = "") -> DecodedText:
    """The text of a whole file; `declared` is the encoding that the file itself declares.

    Bytes that are valid UTF-8 are UTF-8, whatever was declared: other encodings hardly ever look like it, and
    wrong declarations are common. Raises `CorpusError` when the bytes are not text.
    """
    if not data:
        raise CorpusError(name, "the file is empty")
    encoding = sniff(data, name, declared=declared)
    try:
        return DecodedText(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return DecodedText(text, encoding, text.count("\ufffd"))


def sniff(sample: bytes, name: str, *, complete: bool = True, declared: str = "") -> str:
    """The canonical name of the encoding of a file, from all its bytes, or from the first when not `complete`.

    Raises `CorpusError` when they look like a binary file.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return encoding
    for signature, kind in _BINARY_SIGNATURES.items():
        if sample.startswith(signature):
            raise CorpusError(name, f"it looks like a binary file ({kind})")
    utf16 = _detect_utf16(sample)
    if utf16:
        return utf16
    is_utf8 = _is_utf8(sample, complete)
    # A text may hold stray control characters. Of random bytes one in ten is a control, and they are not UTF-8.
    _reject_binary(sample, name, allowed=0.3 if is_utf8 else 0.05)
    if is_utf8:
        return "utf-8"
    return _usable_codec(sample, declared) or _guess_legacy(sample)


def sniff_stream(stream: BinaryIO, name: str) -> tuple[bytes, str]:
    """The first bytes of a file (at most 1 MiB) and the canonical name of its encoding.

    ASCII is the same in most encodings, so the first MiB that holds another byte decides.
    Raises `CorpusError` when the file is empty or looks binary.
    """
    first = sample = stream.read(_SAMPLE)
    if not first:
        raise CorpusError(name, "the file is empty")
    encoding = sniff(first, name, complete=False)
    if encoding == "utf-8":
        while sample.isascii() and (chunk := stream.read(_SAMPLE)):
            sample = chunk
        encoding = "utf-8" if _is_utf8(sample, complete=False) else _guess_legacy(sample)
    return first, encoding


def _detect_utf16(sample: bytes) -> str:
    """The byte order of UTF-16 without a mark, where nearly every second byte is zero; "" for other bytes."""
    head = sample[: _GUESS_SAMPLE - _GUESS_SAMPLE % 2]
    half = len(head) // 2
    if half < 2 or b"\0" not in head:
        return ""
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        if high.count(0) > 0.7 * half and low.count(0) < 0.05 * half:
            return encoding
    return ""


def _reject_binary(sample: bytes, name: str, allowed: float) -> None:
    """Raises `CorpusError` when more than this share of the bytes are control characters."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 2 and controls > allowed * len(sample):
        raise CorpusError(name, "it looks like a binary file")


def _is_utf8(sample: bytes, complete: bool) -> bool:
    """Whether the bytes are UTF-8, possibly with a few damaged ones.

    In Latin-1 every UTF-8 letter looks like a capital with a symbol right after it, which hardly ever occurs.
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, complete)
    except UnicodeDecodeError:
        remainder, valid = _MULTIBYTE.subn(b"", sample)
        damaged = len(remainder) - len(remainder.translate(None, bytes(range(0x80, 0x100))))
        return valid > 2 * damaged
    return True


def _usable_codec(sample: bytes, declared: str) -> str:
    """The codec of a declared encoding, "" when there is none or it cannot decode the bytes.

    Latin-1 means Windows-1252 (WHATWG Encoding Standard).
    """
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


def _guess_legacy(sample: bytes) -> str:
    """The most likely encoding of Spanish text that is not UTF-8; the bytes are not all ASCII."""
    from charset_normalizer import from_bytes  # 40 ms that a UTF-8 file need not pay

    # From the first line with a byte beyond ASCII, because all candidates read ASCII alike.
    start = next(position for position, byte in enumerate(sample) if byte > 0x7F)
    start = sample.rfind(b"\n", 0, start) + 1
    best = from_bytes(sample[start : start + _GUESS_SAMPLE], cp_isolation=list(_LEGACY)).best()
    return _LEGACY.get(best.encoding if best else "", "windows-1252")
