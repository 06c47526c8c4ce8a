"""Which engine should an index of this size have?"""

from __future__ import annotations

from dataclasses import dataclass

from searchidx.engines.registry import ENGINES, is_installed
from searchidx.errors import EngineMissingError

AUTO = "auto"
"""The smallest engine that answers such a corpus fast enough."""

CHOICES = (AUTO, *ENGINES)

SMALL, LARGE = "whoosh", "tantivy"

SMALL_UP_TO = 20_000
"""Paragraphs up to which Whoosh serves a corpus: about where the p99 of a page of paragraphs passes 50 ms.

It was 34 ms with 12,148 paragraphs of laws, 39 with 15,939, 70 with 25,375 and 97 with 36,528; of documents 20,
24, 37 and 61 (`searchidx bench --count 500`, two cores). With tantivy it is 17 and 12 ms with 962,077.
"""

BYTES_A_PARAGRAPH = 200
"""Of source text, to tell the size of a corpus before it is read: 195 in laws, 260 in news."""


def check_choice(wanted: str) -> None:
    """Raise EngineMissingError for what is neither an engine nor AUTO."""
    if wanted not in CHOICES:
        raise EngineMissingError(wanted, known=CHOICES)


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine of an index, and what it was chosen by."""

    engine: str
    wanted: str  # an engine, or AUTO

    def advice(self, paragraphs: int) -> str:
        """What to tell somebody whose index is too large for its engine; "" when it is not."""
        if self.wanted == AUTO and self.engine == SMALL and paragraphs > SMALL_UP_TO:
            return (
                f"{paragraphs:,} paragraphs are many for the engine {SMALL}; with another one installed, the next "
                "run makes searches fast again: pip install tantivy"
            )
        return ""


def choose(wanted: str, paragraphs: int, current: str | None) -> Choice:
    """The engine for an index of so many paragraphs, given the one that it has.

    With AUTO nothing goes back to the smaller engine: that would cost a rebuild and answer no faster.
    """
    if wanted != AUTO:
        return Choice(wanted, wanted)
    is_large = current == LARGE or paragraphs > SMALL_UP_TO
    return Choice(LARGE if is_large and is_installed(LARGE) else SMALL, AUTO)
