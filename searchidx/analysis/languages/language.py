"""The interface between analysis and one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

Kinship = Literal["form", "homograph", "family"]
"""How a term is related to a typed word: of its own forms, of a word that shares a form with it, of its family."""


class SearchStem(NamedTuple):
    """A term of the field `stem` that a typed word is searched by."""

    term: str
    kinship: Kinship


class Language(Protocol):
    """The rules of one language: its tokens, its stems, its stop words, and the typos of its writers.

    Folding is the same for every language (`analysis.folding`). A language keeps no state, so one object may serve
    many threads, and other processes get a copy.
    """

    @property
    def code(self) -> str:
        """The language as ISO 639-1 names it, such as `es`."""
        ...

    @property
    def version(self) -> str:
        """A text that changes whenever `token_texts`, `canonical_form` or `stems` could give something else."""
        ...

    @property
    def stop_words(self) -> frozenset[str]:
        """The folded words that a ranked query can do without. The index keeps them."""
        ...

    def token_texts(self, text: str) -> list[str]:
        """The tokens of a text, exactly as they stand there, in order.

        The text between two tokens has no character with which a token can begin; `tokenizer.token_ranges` relies
        on this.
        """
        ...

    def canonical_form(self, token: str) -> str:
        """A token in lower case with its accents, without what only typesetting put there. Never empty."""
        ...

    def stems(self, lower: str) -> tuple[str, ...]:
        """Terms that a form in lower case, with its accents, is indexed under: the main one first, never empty."""
        ...

    def search_stems(self, lower: str) -> tuple[SearchStem, ...]:
        """The terms that a typed form is searched by; those of its own forms first, never empty."""
        ...

    def name_stems(self, lower: str) -> tuple[SearchStem, ...]:
        """As `search_stems`, of a form that is a name in the corpus; may be empty: it is found as written."""
        ...

    def has_telling_accent(self, lower: str) -> bool:
        """Whether its accent keeps a form apart from another word with the same letters (*término, terminó*)."""
        ...

    def plurals(self, folded: str) -> Sequence[str]:
        """The folded plurals that a folded name may have."""
        ...

    def is_known(self, lower: str) -> bool:
        """Whether the dictionary of the language, or a rule, has the form."""
        ...

    def is_token(self, text: str) -> bool:
        """Whether a text without white space is one token as it stands. False is always a safe answer."""
        ...

    def is_abbreviation(self, text: str) -> bool:
        """Whether a text, with the point at its end, may be one token. True is always a safe answer."""
        ...

    def depends_on_neighbours(self, part: str) -> bool:
        """Whether a part of a text, cut at white space, could be read otherwise beside the parts around it."""
        ...

    def spans_white_space(self, text: str) -> bool:
        """Whether a token of the text may contain white space, or need what follows it."""
        ...

    def typo_cost(self, typed: str, meant: str) -> float:
        """The cost of typing one folded word for another; 0 for the same word, 1 for an unrelated letter."""
        ...

    def sound(self, folded: str) -> str:
        """A text that stands for the sound of a folded word: words that sound alike have the same.

        Takes many words at once, one a line, and gives as many lines.
        """
        ...


def is_content_word(folded: str, language: Language) -> bool:
    """Whether a folded form is a word with a meaning of its own: letters only, and no stop word."""
    return folded.isalpha() and folded not in language.stop_words
