"""How is a query mended that no grammar allows? Each step goes over the whole list of tokens; none recurses.

Parentheses are balanced, what is beyond the limits is cut, and an operator that lacks an operand becomes a word; a
warning tells each of them.
"""

from __future__ import annotations

from dataclasses import replace

from searchidx.model.results import QueryWarning
from searchidx.query.parsing.tokens import (
    TERMS,
    QueryToken,
    TokenKind,
)
from searchidx.query.warnings import (
    LIMITS,
    warning,
)
from searchidx.schema import DATE_QUERY_FIELDS

BINARY = (TokenKind.AND, TokenKind.OR)
PREFIXES = (TokenKind.NOT, TokenKind.REQUIRED, TokenKind.FIELD)
_CLAUSES = (*TERMS, TokenKind.DATE)


def repaired(tokens: list[QueryToken], query: str, warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens of `query` as the grammar wants them; what was mended is added to `warnings`."""
    tokens = _balance(tokens, len(query), warnings)
    tokens = _cut_clauses(tokens, len(query), warnings)
    tokens = _read_capitals(tokens, query, warnings)
    return _settle_binary(_settle_prefixes(tokens, warnings), warnings)


def _balance(tokens: list[QueryToken], end: int, warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens with as many ) as (, in good order and not too deep."""
    balanced: list[QueryToken] = []
    opened: list[QueryToken] = []
    deepest = LIMITS["too_deep"]
    is_too_deep = False
    for token in tokens:
        if token.kind is TokenKind.OPEN:
            opened.append(token)
            if len(opened) > deepest:
                if not is_too_deep:
                    warnings.append(warning("too_deep", token.start, token.end))
                is_too_deep = True
                continue
        elif token.kind is TokenKind.CLOSE:
            if not opened:
                warnings.append(warning("unopened_parenthesis", token.start, token.end))
                continue
            opened.pop()
            if len(opened) >= deepest:
                continue
            if balanced[-1].kind is TokenKind.OPEN:
                warnings.append(warning("empty_parentheses", balanced[-1].start, token.end))
        balanced.append(token)
    warnings += [warning("unclosed_parenthesis", token.start, token.end) for token in opened]
    return balanced + [QueryToken(TokenKind.CLOSE, "", end, end)] * min(len(opened), deepest)


def _cut_clauses(tokens: list[QueryToken], end: int, warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens up to the last clause that fits; what is then open is closed, what dangles is dropped."""
    clauses = [index for index, token in enumerate(tokens) if token.kind in _CLAUSES]
    limit = LIMITS["too_many_clauses"]
    if len(clauses) <= limit:
        return tokens
    warnings.append(warning("too_many_clauses", tokens[clauses[limit]].start, end))
    kept = tokens[: clauses[limit]]
    while kept[-1].kind in (*BINARY, *PREFIXES, TokenKind.OPEN):
        kept.pop()
    kinds = [token.kind for token in kept]
    unclosed = kinds.count(TokenKind.OPEN) - kinds.count(TokenKind.CLOSE)
    return kept + [QueryToken(TokenKind.CLOSE, "", kept[-1].end, kept[-1].end)] * unclosed


def _read_capitals(tokens: list[QueryToken], query: str, warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens with the NO at the head of a shouted sentence read as a word."""
    if any(char.islower() for char in query):
        return tokens
    read = list(tokens)
    for index, token in enumerate(tokens):
        following = [each.kind for each in tokens[index + 1 :]]
        if token.kind is not TokenKind.NOT or token.text == "-" or following[:1] != [TokenKind.WORD]:
            continue
        if index == 0 and following.count(TokenKind.WORD) > 1:
            read[0] = _as_word(token)
            warnings.append(warning("capitals_word", token.start, token.end, token.text))
        elif following[1:2] == [TokenKind.WORD]:
            warnings.append(warning("capitals_operator", token.start, token.end, token.text))
    return read


def _as_word(operator: QueryToken) -> QueryToken:
    """An operator read as a word, in lower case so that no text of the tree makes it an operator again."""
    return replace(operator, kind=TokenKind.WORD, text=operator.text.lower(), field="")


def _settle_prefixes(tokens: list[QueryToken], warnings: list[QueryWarning]) -> list[QueryToken | None]:
    """The tokens with None after each prefix that begins no unit and was made a word: a gap for Y and O."""
    settled: list[QueryToken | None] = []
    begins: TokenKind | None = None  # the kind of the unit's beginning to the right, if one stands there
    for token in reversed(tokens):
        is_prefix = token.kind in PREFIXES
        nested = token.kind is TokenKind.FIELD and (
            begins in (TokenKind.FIELD, TokenKind.DATE) or token.field in DATE_QUERY_FIELDS
        )
        if is_prefix and (begins is None or nested):
            code = "field_without_value" if token.kind is TokenKind.FIELD else "operator_without_operand"
            warnings.append(warning(code, token.start, token.end, token.text))
            settled += [None, _as_word(token), None]
            begins = None
            continue
        begins = None if token.kind in (*BINARY, TokenKind.CLOSE) else token.kind
        settled.append(token)
    return settled[::-1]


def _settle_binary(tokens: list[QueryToken | None], warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens without gaps, each Y and O standing between two units or made a word."""
    settled: list[QueryToken] = []
    ends_unit = False
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token is None:
            ends_unit = False
        elif token.kind not in BINARY:
            settled.append(token)
            ends_unit = token.kind in (*_CLAUSES, TokenKind.CLOSE)
        else:
            more = []
            while index < len(tokens) and (other := tokens[index]) and other.kind in BINARY:
                more.append(other)
                index += 1
            after = tokens[index] if index < len(tokens) else None
            is_between = ends_unit and after is not None and after.kind is not TokenKind.CLOSE
            code = "repeated_operator" if is_between else "operator_without_operand"
            faulty = more if is_between else [token, *more]
            warnings += [warning(code, each.start, each.end, each.text) for each in faulty]
            settled += [token] if is_between else [_as_word(each) for each in faulty]
            ends_unit = False
    return settled
