"""A second language, as small as one can be: the place where the next one would go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.language import SearchStem


class Tiny:
    """Implements `Language`: tokens are runs of letters and digits, stems have at most four letters."""

    code = "xx"
    version = "1"
    stop_words = frozenset({"the"})

    def token_texts(self, text: str) -> list[str]:
        return re.findall(r"[^\W_]+", text)

    def canonical_form(self, token: str) -> str:
        return token.lower()

    def stems(self, lower: str) -> tuple[str, ...]:
        return (fold(lower)[:4],)

    def search_stems(self, lower: str) -> tuple[SearchStem, ...]:
        return (SearchStem(fold(lower)[:4], "form"),)

    def name_stems(self, lower: str) -> tuple[SearchStem, ...]:
        return ()

    def has_telling_accent(self, lower: str) -> bool:
        return False

    def plurals(self, folded: str) -> Sequence[str]:
        return ()

    def is_known(self, lower: str) -> bool:
        return True

    def is_token(self, text: str) -> bool:
        return False

    def is_abbreviation(self, text: str) -> bool:
        return False

    def depends_on_neighbours(self, part: str) -> bool:
        return False

    def spans_white_space(self, text: str) -> bool:
        return False

    def typo_cost(self, typed: str, meant: str) -> float:
        return float(typed != meant)

    def sound(self, folded: str) -> str:
        return folded
