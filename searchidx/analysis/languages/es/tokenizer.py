"""Spanish tokens and their canonical forms.

Letters and digits of any script make a token; a hyphen separates the parts of a compound. Three kinds of token
have punctuation or white space inside: numbers (*30.000*, *30 000*, *1,5*), dotted acronyms (*O.N.U.*), and the
doubled acronyms of plurals (*EE.UU.*, *EE. UU.*, *EE UU*). Soft hyphens and zero-width characters are part of a
token and are absent from its canonical form.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BLOCKS_WITH_MARKS = (range(0x300, 0x3100), range(0xA000, 0xAC00), range(0xFB00, 0xFF00))


def _marks() -> str:
    """Every combining mark of the basic plane; a mark belongs to the letter before it."""
    return "".join(
        chr(code) for block in _BLOCKS_WITH_MARKS for code in block if unicodedata.category(chr(code))[0] == "M"
    )


# The ordinal indicators of 1.º and 2.ª are letters in Unicode. Here they separate tokens: 1º is found as 1.
_LETTER_OR_DIGIT = r"[^\W_ªº]"
_LETTER = r"[^\W\d_ªº]"
_SPACE = "[ \u00a0\u2009\u202f]"
_WORD = rf"{_LETTER_OR_DIGIT}+(?:[{_INVISIBLE}{_marks()}]+{_LETTER_OR_DIGIT}*)*"

_THOUSANDS = rf"[1-9]\d{{0,2}}(?:(?:\.\d{{3}})+|(?:{_SPACE}\d{{3}})+)(?:,\d+)?(?![.,]?\d)"
_DECIMAL = r"\d+[.,]\d+(?![.,]?\d)"

_DOTTED = rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!\w))?|{_LETTER}\.{_LETTER}(?!\w)\.?"
# I and X are left out: two doubled ones in a row are centuries (siglo XX. II), not a plural.
_PAIR = "(?:" + "|".join(2 * letter for letter in "abcdefghjklmnñopqrstuvwyz") + ")"
_DOUBLED = rf"(?i:{_PAIR}\.{_SPACE}?{_PAIR}(?!\w)\.?)"
# Without a dot, only the acronyms in use are one token, so that "aa bb" stays two words.
_UNDOTTED = rf"(?i:(?:ee{_SPACE}uu|rr{_SPACE}hh|cc{_SPACE}oo|ff{_SPACE}aa|jj{_SPACE}oo|dd{_SPACE}hh)(?!\w)\.?)"

# The lookaheads at the front spare ordinary words the attempts at the rare forms.
_TOKEN = re.compile(
    rf"(?=\d)(?<!\w)(?<!\d[.,])(?:{_THOUSANDS}|{_DECIMAL})"
    rf"|(?=\w\w?[.{_SPACE[1:]})(?<!\w)(?:{_DOTTED}|{_DOUBLED}|{_UNDOTTED})"
    rf"|{_WORD}"
)
_SPANNING = re.compile(rf"\d{_SPACE}\d{{3}}|(?i:{_PAIR}\.{_SPACE}{_PAIR}|{_UNDOTTED})")
_CONTINUING = re.compile(rf"\d{{3}}(?!\d)|(?i:{_PAIR}(?!\w))")
_REMOVE_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))


def token_texts(text: str) -> list[str]:
    """The tokens of a text, exactly as they stand there, in order."""
    return _TOKEN.findall(text)


def is_token(text: str) -> bool:
    """Whether a text is one token of letters and digits alone."""
    return text.isalnum() and "º" not in text and "ª" not in text


def may_continue_token(part: str) -> bool:
    """Whether a part of a text, cut at white space, could continue a token that the part before it began."""
    return _CONTINUING.match(part) is not None


def spans_white_space(text: str) -> bool:
    """Whether a token of the text may contain white space (*30 000*, *EE. UU.*)."""
    return _SPANNING.search(text) is not None


def canonical_form(token: str) -> str:
    """A token in lower case with its accents, without what only typesetting put there.

    Acronyms lose dots and spaces, numbers their thousands separators; a decimal comma becomes a point.

    >>> canonical_form("EE. UU."), canonical_form("30.000"), canonical_form("1,5")
    ('eeuu', '30000', '1.5')
    """
    form = unicodedata.normalize("NFC", token.translate(_REMOVE_INVISIBLE)).lower()
    if form.isalnum():
        return form
    if form[0].isdecimal() and form[-1].isdecimal():
        return _canonical_number(form)
    if re.fullmatch(rf"{_DOTTED}|{_DOUBLED}|{_UNDOTTED}", token):
        return "".join(character for character in form if character.isalnum())
    return form


def _canonical_number(number: str) -> str:
    """The digits of a number that the patterns above accept, with a point before its decimals."""
    if re.fullmatch(_THOUSANDS, number):
        return re.sub(rf"\.|{_SPACE}", "", number).replace(",", ".")
    return number.replace(",", ".")
