"""What do processes that read hand to the one that writes? Documents as terms, some megabytes at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from searchidx.analysis.document_analyzer import (
    Counts,
    DocumentAnalyzer,
)
from searchidx.indexing.entries import Terms
from searchidx.model.document import Document

PACKET_CHARACTERS = 2_000_000
"""Text of a packet: ten megabytes with its terms, and enough that a form is counted once for many documents."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document, and its terms unless nobody needs them."""

    document: Document
    hash: str  # of its content
    terms: Terms | None


@dataclass(frozen=True, slots=True)
class Packet(Generic[Item]):
    """Some of what was read, in order, and what all documents in it that have terms count for the lexicon."""

    items: list[Item]
    counted: Mapping[str, Counts]


def packed(items: Iterable[tuple[Item, int]], reader: DocumentAnalyzer) -> Iterator[Packet[Item]]:
    """The items, each given with the characters of text in it, in packets, with what `reader` counted of each."""
    taken: list[Item] = []
    characters = 0
    for item, length in items:
        taken.append(item)
        characters += length
        if characters >= PACKET_CHARACTERS:
            yield Packet(taken, reader.taken())
            taken, characters = [], 0
    if taken:
        yield Packet(taken, reader.taken())
