"""Repair of token lists that break the grammar.

Parentheses are balanced, tokens beyond the limits are cut, and an operator without an operand becomes a word. Each
repair adds a warning. Each step is one pass over the list of tokens; none recurses.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from searchidx.model.results import QueryWarning
from searchidx.query.parsing.tokens import TERMS, QueryToken, TokenKind
from searchidx.query.warnings import LIMITS, warning
from searchidx.schema import DATE_QUERY_FIELDS

BINARY_OPERATORS = (TokenKind.AND, TokenKind.OR)
UNARY_OPERATORS = (TokenKind.NOT, TokenKind.REQUIRED, TokenKind.FIELD)
_CLAUSES = (*TERMS, TokenKind.DATE)


def repair_tokens(tokens: list[QueryToken], query: str, warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens of `query` in an order that the grammar allows; repairs are added to `warnings`."""
    tokens = _balance(tokens, len(query), warnings)
    tokens = _cut_clauses(tokens, len(query), warnings)
    tokens = _read_capitals(tokens, query, warnings)
    return _repair_binary_operators(_repair_unary_operators(tokens, warnings), warnings)


def _balance(tokens: list[QueryToken], end: int, warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens with balanced parentheses, not nested too deep."""
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
    """The tokens up to the last clause within the limit; open groups are closed, operators at the end dropped."""
    clauses = [index for index, token in enumerate(tokens) if token.kind in _CLAUSES]
    limit = LIMITS["too_many_clauses"]
    if len(clauses) <= limit:
        return tokens
    warnings.append(warning("too_many_clauses", tokens[clauses[limit]].start, end))
    kept = tokens[: clauses[limit]]
    while kept[-1].kind in (*BINARY_OPERATORS, *UNARY_OPERATORS, TokenKind.OPEN):
        kept.pop()
    kinds = [token.kind for token in kept]
    unclosed = kinds.count(TokenKind.OPEN) - kinds.count(TokenKind.CLOSE)
    return kept + [QueryToken(TokenKind.CLOSE, "", kept[-1].end, kept[-1].end)] * unclosed


def _read_capitals(tokens: list[QueryToken], query: str, warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens with NO read as a word at the beginning of a query in capitals (`NO A LA GUERRA`)."""
    if any(char.islower() for char in query):
        return tokens
    repaired = list(tokens)
    for index, token in enumerate(tokens):
        following = [each.kind for each in tokens[index + 1 :]]
        if token.kind is not TokenKind.NOT or token.text == "-" or following[:1] != [TokenKind.WORD]:
            continue
        if index == 0 and following.count(TokenKind.WORD) > 1:
            repaired[0] = _as_word(token)
            warnings.append(warning("capitals_word", token.start, token.end, token.text))
        elif following[1:2] == [TokenKind.WORD]:
            warnings.append(warning("capitals_operator", token.start, token.end, token.text))
    return repaired


def _as_word(operator: QueryToken) -> QueryToken:
    """An operator as a word, in lower case so that it stays a word when the text of the tree is parsed again."""
    return replace(operator, kind=TokenKind.WORD, text=operator.text.lower(), field="")


def _repair_unary_operators(tokens: list[QueryToken], warnings: list[QueryWarning]) -> list[QueryToken | None]:
    """The tokens with each unary operator that lacks an operand made a word.

    Such a word is no operand for Y and O, which None before and after it says.
    """
    repaired: list[QueryToken | None] = []
    next_kind: TokenKind | None = None  # of the first token of the operand to the right, if there is one
    for token in reversed(tokens):
        is_unary = token.kind in UNARY_OPERATORS
        nested = token.kind is TokenKind.FIELD and (
            next_kind in (TokenKind.FIELD, TokenKind.DATE) or token.field in DATE_QUERY_FIELDS
        )
        if is_unary and (next_kind is None or nested):
            code = "field_without_value" if token.kind is TokenKind.FIELD else "operator_without_operand"
            warnings.append(warning(code, token.start, token.end, token.text))
            repaired += [None, _as_word(token), None]
            next_kind = None
            continue
        next_kind = None if token.kind in (*BINARY_OPERATORS, TokenKind.CLOSE) else token.kind
        repaired.append(token)
    return repaired[::-1]


def _repair_binary_operators(tokens: list[QueryToken | None], warnings: list[QueryWarning]) -> list[QueryToken]:
    """The tokens without None; a Y or O that does not stand between two operands is made a word."""
    repaired: list[QueryToken] = []
    after_operand = False
    runs = [(is_binary, list(run)) for is_binary, run in groupby(tokens, key=_is_binary)]
    for index, (is_binary, run) in enumerate(runs):
        if not is_binary:
            repaired += filter(None, run)
            after_operand = (last := run[-1]) is not None and last.kind in (*_CLAUSES, TokenKind.CLOSE)
            continue
        following = runs[index + 1][1][0] if index + 1 < len(runs) else None
        is_between = after_operand and following is not None and following.kind is not TokenKind.CLOSE
        operator, *repeated = filter(None, run)
        code = "repeated_operator" if is_between else "operator_without_operand"
        faulty = repeated if is_between else [operator, *repeated]
        warnings += [warning(code, each.start, each.end, each.text) for each in faulty]
        repaired += [operator] if is_between else map(_as_word, faulty)
    return repaired


def _is_binary(token: QueryToken | None) -> bool:
    return token is not None and token.kind in BINARY_OPERATORS
