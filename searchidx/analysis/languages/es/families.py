"""Families: the word that another one is derived from (*administración* from *administrar*).

Rules replace a suffix, and hold only where the result is a word of the dictionary. Used when the dictionary of
lemmas is built; a search finds the family of a word below its own forms.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

_SUFFIXES = (
    ("mente", ("", "o/a")),
    ("ización", ("izar",)),
    ("ificación", ("ificar",)),
    ("ación", ("ar", "ir")),
    ("ición", ("ir", "er", "ecer", "ner")),
    ("cción", ("ctar", "cir", "gir", "ger", "ir", "ccionar")),
    ("ención", ("ener", "enir")),
    ("pción", ("bir", "ptar")),
    ("ución", ("uir", "olver")),
    ("ción", ("r", "cionar", "tar")),
    ("sión", ("dir", "der", "tir", "ter", "sar", "ir", "r", "rtir")),
    ("ctor", ("cir", "gir", "ger", "ctar", "ir")),
    ("ador", ("ar",)),
    ("edor", ("er",)),
    ("idor", ("ir", "er")),
    ("amiento", ("ar",)),
    ("imiento", ("ir", "er")),
    ("anza", ("ar",)),
    ("ancia", ("ar", "ante")),
    ("encia", ("er", "ir", "ente", "iente")),
    ("iente", ("er", "ir")),
    ("ante", ("ar",)),
    ("ente", ("er", "ir")),
    ("able", ("ar",)),
    ("ible", ("er", "ir")),
    ("ativo", ("ar", "ación")),
    ("itivo", ("ir", "er", "ición")),
    ("ivo", ("ión", "ar", "ir", "er", "o")),
    ("atorio", ("ar", "ación")),
    ("orio", ("ión",)),
    ("adura", ("ar",)),
    ("aje", ("ar",)),
    ("ada", ("ar",)),
    ("ida", ("ir", "er")),
    ("ado", ("ar",)),
    ("ido", ("ir", "er")),
    ("ísimo", ("o", "e", "")),
    ("bilidad", ("ble",)),
    ("cidad", ("z", "co")),
    ("idad", ("o", "", "e", "io")),
    ("eza", ("o", "e", "")),
    ("ional", ("ión",)),
    ("ial", ("io", "ia", "ía", "o", "a")),
    ("al", ("o", "a", "e", "")),
    ("ario", ("o", "a", "e", "")),
    ("ero", ("o", "a", "e", "", "eo")),
    ("cito", ("", "e")),
    ("cita", ("", "e")),
    ("ito", ("o", "e", "")),
    ("ita", ("a", "e", "o", "")),
    ("ístico", ("ista", "ismo")),
    ("ista", ("ismo",)),
    ("oso", ("o", "a", "e", "")),
    ("ómico", ("omía",)),
    ("ógico", ("ogía",)),
    ("ógrafo", ("ografía",)),
    ("ólogo", ("ología",)),
    ("ético", ("ía", "ética")),
    ("crático", ("cracia",)),
    ("ático", ("ática", "a")),
)
"""Suffix → what stands in its place in the word that it was derived from; `o/a`: the adjective of a feminine."""

_STRESSED_BASES = (("icidad", ("ico",)), ("ico", ("ia", "ía", "o", "a")), ("izar", ("o", "e", "")))
"""Suffixes before which the accent moves (*histórico, historia*): compared without accents."""

_SHORTEST_STEMS = {
    3: "oso ante ado ido ada ida ición sión ción ivo eza ancia icidad ctor",
    4: "al ial ario ente aje ico izar idad mente ito ita",
    5: "ero",
}
"""Letters of the shortest stem → the suffixes that need so many; the others need two."""

_SHORTEST_STEM = {suffix: letters for letters, suffixes in _SHORTEST_STEMS.items() for suffix in suffixes.split()}


def family_roots(
    lemmas: Iterable[str], families: Iterable[list[str]], not_derived: Container[str]
) -> Mapping[str, str]:
    """Lemma → the word that names its family, for lemmas that have one other than themselves.

    `families` are families that no rule joins, each as its words; the first one names it. `not_derived` are words
    that no rule may join to another one.
    """
    known = dict.fromkeys(lemmas)
    unaccented = {_unaccented(lemma): lemma for lemma in sorted(known)}
    bases = {
        lemma: base
        for lemma in known
        if lemma not in not_derived and (base := _base(lemma, known, unaccented)) is not None
    }
    bases |= {word: words[0] for words in families for word in words[1:] if word in known and words[0] in known}
    for words in families:
        bases.pop(words[0], None)
    return {lemma: root for lemma in bases if (root := _root(lemma, bases)) != lemma}


def _root(lemma: str, bases: Mapping[str, str]) -> str:
    seen = {lemma}
    while (base := bases.get(lemma)) is not None and base not in seen:
        lemma = base
        seen.add(lemma)
    return lemma


def _base(lemma: str, known: Container[str], unaccented: Mapping[str, str]) -> str | None:
    return next((base for base in _candidates(lemma, unaccented) if base in known and base != lemma), None)


def _candidates(lemma: str, unaccented: Mapping[str, str]) -> Iterator[str]:
    for suffix, endings in _SUFFIXES:
        stem = lemma.removesuffix(suffix)
        if stem == lemma or len(stem) < _SHORTEST_STEM.get(suffix, 2):
            continue
        for ending in endings:
            if ending == "o/a":
                yield stem[:-1] + "o" if stem.endswith("a") else stem
            else:
                yield stem + ending
                yield _with_i(stem) + ending  # dirección, dirigir
    for suffix, endings in _STRESSED_BASES:
        stem = _unaccented(lemma).removesuffix(suffix)
        if stem != _unaccented(lemma) and len(stem) >= _SHORTEST_STEM[suffix]:
            yield from filter(None, (unaccented.get(stem + ending) for ending in endings))


def _with_i(stem: str) -> str:
    """The stem with i in the place of its last e."""
    head, found, tail = stem.rpartition("e")
    return f"{head}i{tail}" if found and not set(tail) & set("aeiou") else stem


def _unaccented(word: str) -> str:
    return word.translate(str.maketrans("áéíóúü", "aeiouu"))
