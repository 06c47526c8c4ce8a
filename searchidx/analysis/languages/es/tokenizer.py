"""Spanish tokens and their canonical forms.

A token is a run of letters, or a run of digits: *RFC2822* and *B-52* give two tokens, and so do the parts of a
hyphenated compound; only a long mixture (*b6d178efe64e1b6c*) stays whole. Each character of Chinese and Japanese
is a token. Four kinds of token have punctuation or white space inside: numbers (*30.000*, *30,000*, *30 000*,
*1,5*), initials and dotted acronyms (*J. L.*, *O.N.U.*, *a. C.*), the doubled acronyms of plurals (*EE.UU.*,
*EE. UU.*, *EE UU*), and abbreviations (*art.*, *n.º*), which stand for a whole word. Soft hyphens and zero-width
characters are part of a token and are absent from its canonical form. A raised figure after a word is the mark of
a note, and no token (*tratado¹*).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from searchidx.runtime.files import data_lines

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BLOCKS_WITH_MARKS = (range(0x300, 0x3100), range(0xA000, 0xAC00), range(0xFB00, 0xFF00))


def _marks() -> str:
    """Every combining mark of the basic plane; a mark belongs to the letter before it."""
    return "".join(
        chr(code) for block in _BLOCKS_WITH_MARKS for code in block if unicodedata.category(chr(code))[0] == "M"
    )


def _read_abbreviations() -> dict[str, str]:
    """Abbreviation → its word, both NFC and in lower case."""
    lines = data_lines(Path(__file__).with_name("abbreviations.txt"))
    pairs = (unicodedata.normalize("NFC", line).lower().partition("=") for _, line in lines)
    return {abbreviation.strip(): word.strip() for abbreviation, _, word in pairs}


ABBREVIATIONS = _read_abbreviations() | {"no.": "número"}
"""Abbreviation, with its points → the word that it stands for, both in lower case."""


def _alternatives(texts: Iterable[str]) -> str:
    """A pattern for any of the texts, the longest first, accents composed or not, in small letters or capitals."""
    composed = sorted(texts, key=len, reverse=True)
    both = dict.fromkeys(form for text in composed for form in (text, unicodedata.normalize("NFD", text)))
    return f"(?i:{'|'.join(map(re.escape, both))})"


def _after_any(texts: Iterable[str]) -> str:
    """A pattern for the place after any of the texts, each a whole word."""
    by_length: defaultdict[int, list[str]] = defaultdict(list)  # the pattern of a lookbehind has one length
    for text in texts:
        for form in {text, unicodedata.normalize("NFD", text)}:
            by_length[len(form)].append(re.escape(form))
    return "(?:" + "|".join(rf"(?<=(?<!\w)(?i:{'|'.join(each)}))" for each in by_length.values()) + ")"


_RAISED = "¹²³⁰ⁱ⁴-⁹"
_LOWERED = "₀-₉"
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"  # by far the most letters; a class without categories is matched faster
_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_UPPER = "[A-ZÀ-ÖØ-ÞĆČĞİŁŐŚŞŠŰŹŻŽΑ-ΩА-Я]"

# The ordinal indicators of 1.º and 2.ª are letters in Unicode. Here they separate tokens: 1º is found as 1.
_LETTER = r"[^\W\d_ªº]"
_OTHER_LETTER = rf"[^\W\d_ªº{_RAISED}{_LOWERED}{_CJK}{_LATIN}]"
_SPACE = "[ \u00a0\u2009\u202f]"
_JOINING = f"[{_INVISIBLE}{_marks()}]"
# Letters and digits by turns are no code but an identifier or a checksum, which stays whole (b6d178efe64e1b6c).
_WORD = (
    rf"(?:[{_LATIN}]+(?:(?=\d)(?:\d+[{_LATIN}]+){{3,}}\d*)?|{_OTHER_LETTER}+[{_LATIN}]*)"
    rf"(?:(?=[^\x00-\x7f])(?:{_JOINING}+[{_LATIN}]*|{_OTHER_LETTER}+[{_LATIN}]*)+)?"
)
_DIGITS = rf"\d+(?:(?:[{_LATIN}]+\d+){{3,}}[{_LATIN}]*|(?:[{_INVISIBLE}]+\d+)*)"
# After one or two letters or digits a raised figure is a power (m², 10⁶); after more it is the mark of a note.
_SMALL_DIGITS = rf"(?<=\w)(?<!{_LETTER}{{3}})(?<!\d{{3}})[{_RAISED}]+|[{_LOWERED}]+"

_THOUSANDS = (
    rf"[1-9]\d{{0,2}}(?:(?:(?:\.\d{{3}})+|(?:{_SPACE}\d{{3}})+)(?:,\d+)?|(?:,\d{{3}})+(?:\.\d+)?)(?![.,]?\d)"
)
_DECIMAL = r"\d+[.,]\d+(?![.,]?\d)"

_WORD_END = r"(?![\w\u0300-\u036f])"  # an accent may follow its letter in NFD

_INITIALS = rf"{_UPPER}\.(?:(?:{_SPACE}|-)?{_UPPER}\.)+(?:{_UPPER}{_WORD_END})?"
_SPACED = rf"[AaDd]\.{_SPACE}C\.|[AaPp]\.{_SPACE}[Mm]\."  # a. C., p. m.
_DOTTED = rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}{_WORD_END})?|{_LETTER}\.{_LETTER}{_WORD_END}\.?"
# I and X are left out: two doubled ones in a row are centuries (siglo XX. II), not a plural.
_PAIR = "(?:" + "|".join(2 * letter for letter in "abcdefghjklmnñopqrstuvwyz") + ")"
_DOUBLED = rf"(?i:{_PAIR}\.{_SPACE}?{_PAIR}{_WORD_END}\.?)"
# Without a dot, only the acronyms in use are one token, so that "aa bb" stays two words.
_UNDOTTED = (
    rf"(?i:(?:ee{_SPACE}uu|rr{_SPACE}hh|cc{_SPACE}oo|ff{_SPACE}aa|jj{_SPACE}oo|dd{_SPACE}hh){_WORD_END}\.?)"
)

_WITH_POINT = [each for each in ABBREVIATIONS if each[:-1].isalpha() and each[-1] == "." and each != "no."]
_WITH_SIGNS = [each for each in ABBREVIATIONS if each not in _WITH_POINT and each != "no."]  # n.º, Dª
_FIRST_OF_SIGNS = "".join(sorted({each[0] + each[0].upper() for each in _WITH_SIGNS}))
# The point of an abbreviation; a small letter after it belongs to an address (art.com).
_POINT = rf"(?:(?<=(?<!\w)N[oO])\.(?={_SPACE}?\d)|{_after_any(each[:-1] for each in _WITH_POINT)}\.(?![a-zñ]))"

# The lookaheads at the front spare ordinary words the attempts at the rare forms.
_TOKEN = re.compile(
    r"(?=\w)(?:"
    rf"(?=\d)(?:(?<!\d[.,])(?:{_THOUSANDS}|{_DECIMAL})|{_DIGITS})"
    rf"|(?=\w\.)(?<!\w)(?:{_INITIALS}|{_SPACED}|{_DOTTED})"
    rf"|(?=\w\w[.{_SPACE[1:]})(?<!\w)(?:{_DOUBLED}|{_UNDOTTED})"
    rf"|(?=[{_FIRST_OF_SIGNS}][.º°ª])(?<!\w){_alternatives(_WITH_SIGNS)}(?!\w)"
    rf"|{_WORD}(?:(?=\.){_POINT})?"
    rf"|[{_CJK}][\u3099\u309a{_INVISIBLE}]*"
    rf"|{_SMALL_DIGITS})"
)
_ONE_WORD = re.compile(rf"[{_LATIN}]+|{_OTHER_LETTER}+|\d+")
_ACRONYM = re.compile(rf"{_INITIALS}|{_SPACED}|{_DOTTED}|{_DOUBLED}|{_UNDOTTED}")
_SPANNING = re.compile(
    rf"\d{_SPACE}\d{{3}}|{_UPPER}\.{_SPACE}{_UPPER}\.|{_SPACED}|N[oO]\.{_SPACE}\d"
    rf"|(?i:{_PAIR}\.{_SPACE}{_PAIR}|{_UNDOTTED})"
)
_BESIDE = re.compile(rf"\d{{3}}(?!\d)|{_UPPER}\.|m\.|(?i:{_PAIR}(?!\w))|\W*N[oO]\.\Z")
_REMOVE_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))


def token_texts(text: str) -> list[str]:
    """The tokens of a text, exactly as they stand there, in order."""
    return _TOKEN.findall(text)


def is_token(text: str) -> bool:
    """Whether a text is one token of letters or of digits alone."""
    return _ONE_WORD.fullmatch(text) is not None


def is_abbreviation(text: str) -> bool:
    """Whether a text is an abbreviation with its point, at least before a figure."""
    return text.lower() in ABBREVIATIONS


def depends_on_neighbours(part: str) -> bool:
    """Whether a part of a text, cut at white space, could be read otherwise beside the parts around it."""
    return _BESIDE.match(part) is not None


def spans_white_space(text: str) -> bool:
    """Whether a token of the text may contain white space (*30 000*), or need what follows it (*No. 5*)."""
    return _SPANNING.search(text) is not None


def canonical_form(token: str) -> str:
    """A token in lower case with its accents, without what only typesetting put there.

    Acronyms and initials lose dots and spaces, numbers their thousands separators; a decimal comma becomes a
    point, an abbreviation its word.

    >>> canonical_form("EE. UU."), canonical_form("30.000"), canonical_form("1,5"), canonical_form("Art.")
    ('eeuu', '30000', '1.5', 'artículo')
    """
    form = unicodedata.normalize("NFC", token.translate(_REMOVE_INVISIBLE)).lower()
    if form.isascii() and form.isalnum():
        return form
    if form in ABBREVIATIONS:
        return ABBREVIATIONS[form]
    if form.isalnum():
        return unicodedata.normalize("NFKC", form) if form.isdigit() else form
    if form[0].isdecimal() and form[-1].isdecimal():
        return _canonical_number(form)
    if _ACRONYM.fullmatch(token):
        return "".join(character for character in form if character.isalnum())
    return form


def _canonical_number(number: str) -> str:
    """The digits of a number that the patterns above accept, with a point before its decimals."""
    if re.fullmatch(_THOUSANDS, number):
        separator = next(character for character in number if not character.isdecimal())
        pattern = _SPACE if separator.isspace() else re.escape(separator)
        number = re.sub(pattern, "", number)
    return number.replace(",", ".")
