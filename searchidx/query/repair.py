"""How is a query mended that no grammar allows? Each step goes over the whole list of lexemes; none recurses.

Parentheses are balanced, what is beyond the limits is cut, and an operator that lacks an operand becomes a word; a
warning tells each of them.
"""

from __future__ import annotations

from dataclasses import replace

from searchidx.model import QueryWarning
from searchidx.query.fields import DATE_FIELDS
from searchidx.query.lexemes import TERMS, Kind, Lexeme
from searchidx.query.messages import LIMITS, warning

BINARY = (Kind.AND, Kind.OR)
PREFIXES = (Kind.NOT, Kind.REQUIRED, Kind.FIELD)
_CLAUSES = (*TERMS, Kind.DATE)


def repaired(lexemes: list[Lexeme], query: str, warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes of `query` as the grammar wants them; what was mended is added to `warnings`."""
    lexemes = _balance(lexemes, len(query), warnings)
    lexemes = _cut_clauses(lexemes, len(query), warnings)
    lexemes = _read_capitals(lexemes, query, warnings)
    return _settle_binary(_settle_prefixes(lexemes, warnings), warnings)


def _balance(lexemes: list[Lexeme], end: int, warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes with as many ) as (, in good order and not too deep."""
    balanced: list[Lexeme] = []
    opened: list[Lexeme] = []
    deepest = LIMITS["too_deep"]
    is_too_deep = False
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            opened.append(lexeme)
            if len(opened) > deepest:
                if not is_too_deep:
                    warnings.append(warning("too_deep", lexeme.start, lexeme.end))
                is_too_deep = True
                continue
        elif lexeme.kind is Kind.CLOSE:
            if not opened:
                warnings.append(warning("unopened_parenthesis", lexeme.start, lexeme.end))
                continue
            opened.pop()
            if len(opened) >= deepest:
                continue
            if balanced[-1].kind is Kind.OPEN:
                warnings.append(warning("empty_parentheses", balanced[-1].start, lexeme.end))
        balanced.append(lexeme)
    warnings += [warning("unclosed_parenthesis", lexeme.start, lexeme.end) for lexeme in opened]
    return balanced + [Lexeme(Kind.CLOSE, "", end, end)] * min(len(opened), deepest)


def _cut_clauses(lexemes: list[Lexeme], end: int, warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes up to the last clause that fits; what is then open is closed, what dangles is dropped."""
    clauses = [index for index, lexeme in enumerate(lexemes) if lexeme.kind in _CLAUSES]
    limit = LIMITS["too_many_clauses"]
    if len(clauses) <= limit:
        return lexemes
    warnings.append(warning("too_many_clauses", lexemes[clauses[limit]].start, end))
    kept = lexemes[: clauses[limit]]
    while kept[-1].kind in (*BINARY, *PREFIXES, Kind.OPEN):
        kept.pop()
    kinds = [lexeme.kind for lexeme in kept]
    unclosed = kinds.count(Kind.OPEN) - kinds.count(Kind.CLOSE)
    return kept + [Lexeme(Kind.CLOSE, "", kept[-1].end, kept[-1].end)] * unclosed


def _read_capitals(lexemes: list[Lexeme], query: str, warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes with the NO at the head of a shouted sentence read as a word."""
    if any(char.islower() for char in query):
        return lexemes
    read = list(lexemes)
    for index, lexeme in enumerate(lexemes):
        following = [each.kind for each in lexemes[index + 1 :]]
        if lexeme.kind is not Kind.NOT or lexeme.text == "-" or following[:1] != [Kind.WORD]:
            continue
        if index == 0 and following.count(Kind.WORD) > 1:
            read[0] = _as_word(lexeme)
            warnings.append(warning("capitals_word", lexeme.start, lexeme.end, lexeme.text))
        elif following[1:2] == [Kind.WORD]:
            warnings.append(warning("capitals_operator", lexeme.start, lexeme.end, lexeme.text))
    return read


def _as_word(operator: Lexeme) -> Lexeme:
    """An operator read as a word, in lower case so that no text of the tree makes it an operator again."""
    return replace(operator, kind=Kind.WORD, text=operator.text.lower(), field="")


def _settle_prefixes(lexemes: list[Lexeme], warnings: list[QueryWarning]) -> list[Lexeme | None]:
    """The lexemes with None after each prefix that begins no unit and was made a word: a gap for Y and O."""
    settled: list[Lexeme | None] = []
    begins: Kind | None = None  # the kind of the unit's beginning to the right, if one stands there
    for lexeme in reversed(lexemes):
        is_prefix = lexeme.kind in PREFIXES
        nested = lexeme.kind is Kind.FIELD and (begins in (Kind.FIELD, Kind.DATE) or lexeme.field in DATE_FIELDS)
        if is_prefix and (begins is None or nested):
            code = "field_without_value" if lexeme.kind is Kind.FIELD else "operator_without_operand"
            warnings.append(warning(code, lexeme.start, lexeme.end, lexeme.text))
            settled += [None, _as_word(lexeme), None]
            begins = None
            continue
        begins = None if lexeme.kind in (*BINARY, Kind.CLOSE) else lexeme.kind
        settled.append(lexeme)
    return settled[::-1]


def _settle_binary(lexemes: list[Lexeme | None], warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes without gaps, each Y and O standing between two units or made a word."""
    settled: list[Lexeme] = []
    ends_unit = False
    index = 0
    while index < len(lexemes):
        lexeme = lexemes[index]
        index += 1
        if lexeme is None:
            ends_unit = False
        elif lexeme.kind not in BINARY:
            settled.append(lexeme)
            ends_unit = lexeme.kind in (*_CLAUSES, Kind.CLOSE)
        else:
            more = []
            while index < len(lexemes) and (other := lexemes[index]) and other.kind in BINARY:
                more.append(other)
                index += 1
            after = lexemes[index] if index < len(lexemes) else None
            is_between = ends_unit and after is not None and after.kind is not Kind.CLOSE
            code = "repeated_operator" if is_between else "operator_without_operand"
            faulty = more if is_between else [lexeme, *more]
            warnings += [warning(code, each.start, each.end, each.text) for each in faulty]
            settled += [lexeme] if is_between else [_as_word(each) for each in faulty]
            ends_unit = False
    return settled
