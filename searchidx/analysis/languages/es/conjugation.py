"""The forms of a Spanish verb: every simple tense, with voseo and the future subjunctive, and the participles.

The endings follow the conjugation tables of the Real Academia Española (Nueva gramática
de la lengua española, 2009, §4). Which regular verbs change the vowel of their stem (*contar, cuenta*)
cannot be seen in the infinitive: `conjugate` takes it from forms that a dictionary has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace

from searchidx.analysis.languages.es.irregular_verbs import (
    COMPOUNDS,
    COMPOUNDS_OF,
    IN_FULL,
    IRREGULAR,
    PARTICIPLES,
    VOWEL_CHANGES_BY_ENDING,
    VerbParts,
)

_PRESENT = {"a": "as a an", "e": "es e en", "i": "es e en"}
"""Conjugation → the endings of the present with stress on the stem; the first person has its own stem."""

_WEAK = {
    "a": "amos áis ás á ad aba abas ábamos abais aban",
    "e": "emos éis és é ed ía ías íamos íais ían",
    "i": "imos ís í id ía ías íamos íais ían",
}
"""Conjugation → endings of present, imperative and imperfect with stress on the ending."""

_PRETERITE = {
    "a": "é aste ó amos asteis aron",
    "e": "í iste ió imos isteis ieron",
    "i": "í iste ió imos isteis ieron",
}
_STRONG_PRETERITE = "e iste o imos isteis ieron"
_SUBJUNCTIVE = {"a": ("e es en", "emos éis és"), "e": ("a as an", "amos áis ás"), "i": ("a as an", "amos áis ás")}
_FUTURE = "é ás á emos éis án ía ías íamos íais ían"
_PAST_SUBJUNCTIVE = "ra ras ran rais se ses sen seis re res ren reis"
_PAST_SUBJUNCTIVE_WE = "ramos semos remos"  # with an accent before: cantáramos

_VOWEL_CHANGES = (
    ("e", "ie"),
    ("o", "ue"),
    ("e", "i"),
    ("u", "ue"),
    ("i", "ie"),
    ("i", "í"),
    ("u", "ú"),
    ("e", "é"),
)
_ACUTE = str.maketrans("aeo", "áéó")


def conjugate(infinitive: str, attested: Set[str] = frozenset()) -> frozenset[str]:
    """Every form of a verb, in lower case with its accents; `attested` are forms that a dictionary has of it.

    >>> {"cuenta", "cuento", "contare", "contado", "contás"} <= conjugate("contar", {"cuenta", "cuentan"})
    True
    """
    if infinitive in IN_FULL:
        return frozenset(IN_FULL[infinitive].split())
    kind = infinitive[-2].translate(str.maketrans("áéí", "aei"))
    forms = {infinitive, *_forms(infinitive, kind, _parts(infinitive, kind, attested))}
    return frozenset(forms - _wrong_forms(infinitive))


def _wrong_forms(infinitive: str) -> set[str]:
    """Forms that the endings would give, and that the verb does not have."""
    if infinitive == "ver" or COMPOUNDS_OF.get(infinitive) == "ver":
        stem = infinitive[:-2]
        wrong = {stem + ending for ending in ["ía", "ías", "íamos", "íais", "ían"]}
        return wrong | {"vé", "vés"} if infinitive == "ver" else wrong
    return {"sepo", "haco"}


def _parts(infinitive: str, kind: str, attested: Set[str]) -> VerbParts:
    """The principal parts of a verb: irregular ones of its own or of the verb that it is made of."""
    base, prefix = infinitive, ""
    if infinitive in COMPOUNDS_OF:
        base = COMPOUNDS_OF[infinitive]
        prefix = infinitive.removesuffix(base) if infinitive.endswith(base) else infinitive[0]
    elif infinitive not in IRREGULAR:
        base = next((each for each in COMPOUNDS if infinitive.endswith(each)), infinitive)
        prefix = infinitive.removesuffix(base)
    if base in IRREGULAR:
        parts = IRREGULAR[base]
        if base == "ver" and prefix:
            parts = replace(parts, more="veía veías veíamos veíais veían vé vés vén")
        return VerbParts(
            first=parts.first and prefix + parts.first,
            strong=parts.strong and prefix + parts.strong,
            preterite=parts.preterite and prefix + parts.preterite,
            future=parts.future and prefix + parts.future,
            participle=prefix + parts.participle if parts.participle else _participle(infinitive),
            weak=parts.weak and prefix + parts.weak,
            more=" ".join(prefix + form for form in parts.more.split()),
        )
    return _regular_parts(infinitive, kind, attested)


def _regular_parts(infinitive: str, kind: str, attested: Set[str]) -> VerbParts:
    stem = infinitive[:-2]
    if infinitive.endswith("ducir"):
        return VerbParts(stem[:-1] + "zc", "", stem[:-1] + "j")
    if kind in "ei" and re.search("[aeiou]c$", stem) and not infinitive.endswith(("mecer", "cocer", "ecir")):
        return VerbParts(stem[:-1] + "zc", participle=_participle(infinitive))
    if infinitive.endswith("mecer"):
        return VerbParts(stem[:-1] + ("z" if infinitive == "mecer" else "zc"))
    if kind == "i" and re.search("[^gq]u$|ü$", stem):
        plain = stem.replace("ü", "u")
        return VerbParts(plain + "y", plain + "y", weak=plain)
    strong = _strong_stem(stem, kind, attested)
    weak = ""
    if strong and kind == "i":
        change = {"ie": "i", "i": "i", "ue": "u"}
        for old, new in (("e", "ie"), ("e", "i"), ("o", "ue")):
            if _changed(stem, old, new) == strong and not stem.endswith(("cern",)):
                weak = _changed(stem, old, change[new]) or ""
    first = strong and _before_back_vowel(strong, kind)
    return VerbParts(first, strong, participle=_participle(infinitive), weak=weak)


def _strong_stem(stem: str, kind: str, attested: Set[str]) -> str:
    """The stem with its other vowel, when a dictionary has two forms that show it; else ""."""
    for new, ends in VOWEL_CHANGES_BY_ENDING:
        if kind == "i" and (stem + "ir").endswith(tuple(ends.split())):
            return _changed(stem, "o" if new == "ue" else "e", new) or ""
    for old, new in _VOWEL_CHANGES:
        changed = _changed(stem, old, new)
        if changed and len(attested & _showing(changed, kind)) > 1:
            return changed
    return ""


def _showing(stem: str, kind: str) -> set[str]:
    """Forms with this stem that show its vowel."""
    back = _before_back_vowel(stem, kind)
    forms = {_join(stem, ending, kind) for ending in _PRESENT[kind].split()}
    forms |= {_join(back, ending, kind) for ending in ("o", *_SUBJUNCTIVE[kind][0].split())}
    return forms | {_join(stem, "ió", kind)} if kind == "i" else forms


def _changed(stem: str, old: str, new: str) -> str | None:
    """The stem with its last vowel changed; None when that is another vowel."""
    tail = "u?" if stem.endswith(("gu", "qu")) else ""
    if new in "íúé":
        match = re.search(rf"{old}(?=[^aeiou]*{tail}$)", stem)
    else:
        match = re.search(rf"(?<![aeiou]){old}(?=[^aeiou]*{tail}$)|(?<=[gq]u){old}(?=[^aeiou]+$)", stem)
    if match is None:
        return None
    start, end = match.span()
    if start == 0 or (new == "ue" and stem[start - 1 : start] in "aeo"):
        new = {"ie": "ye", "ue": "hue"}.get(new, new)
    if new == "ue" and stem[start - 1] == "g":
        new = "üe"
    return stem[:start] + new + stem[end:]


def _participle(infinitive: str) -> str:
    return next((infinitive.removesuffix(end) + form for end, form in PARTICIPLES if infinitive.endswith(end)), "")


def _forms(infinitive: str, kind: str, parts: VerbParts) -> Iterator[str]:
    stem = infinitive[:-2]
    first = parts.first or _before_back_vowel(stem, kind)
    strong = parts.strong or stem
    yield from parts.more.split()
    yield first + "o"
    for ending in _PRESENT[kind].split():
        yield _join(strong, ending, kind)
    for ending in _WEAK[kind].split():
        yield _join(stem, ending, kind)
    stressed, unstressed = _SUBJUNCTIVE[kind]
    for ending in stressed.split():
        yield _join(first, ending, kind)
    for ending in unstressed.split():
        yield _join(_unstressed_subjunctive_stem(stem, kind, parts), ending, kind)
    for ending in _FUTURE.split():
        yield (parts.future or infinitive.replace("í", "i")) + ending
    yield from _past(stem, kind, parts)
    yield from _participles(stem, kind, parts)


def _unstressed_subjunctive_stem(stem: str, kind: str, parts: VerbParts) -> str:
    """The stem of *contemos, sintamos*; an irregular first person keeps its own: *tengamos*."""
    first = parts.first or _before_back_vowel(stem, kind)
    if stem.endswith(("re", "fre")) and first.endswith("rí"):
        return first  # its own forms are among `more`
    if first != _before_back_vowel(parts.strong or stem, kind) or first.endswith("y"):
        return first
    return _before_back_vowel((kind == "i" and parts.weak) or stem, kind)


def _past(stem: str, kind: str, parts: VerbParts) -> Iterator[str]:
    """Preterite and the tenses made of its third person plural."""
    if parts.preterite:
        endings, stems = _STRONG_PRETERITE.split(), [parts.preterite] * 6
    else:
        weak = parts.weak or stem
        endings, stems = _PRETERITE[kind].split(), [stem, stem, weak, stem, stem, weak]
    forms = [_join(each, ending, kind) for each, ending in zip(stems, endings, strict=True)]
    yield from forms
    base = forms[-1].removesuffix("ron")
    for ending in _PAST_SUBJUNCTIVE.split():
        yield base + ending
    for ending in _PAST_SUBJUNCTIVE_WE.split():
        yield base[:-1] + base[-1].translate(_ACUTE) + ending


def _participles(stem: str, kind: str, parts: VerbParts) -> Iterator[str]:
    yield _join(parts.weak or stem, "ando" if kind == "a" else "iendo", kind)
    regular = _join(stem, "ado" if kind == "a" else "ido", kind)
    participles = {parts.participle or regular}
    if parts.participle.endswith(("impreso", "frito", "provisto", "vuelto")) or not parts.participle:
        participles.add(regular)
    for participle in participles:
        for ending in ("o", "a", "os", "as"):
            yield participle[:-1] + ending


def _before_back_vowel(stem: str, kind: str) -> str:
    """The stem as it is spelled before a and o: *cog-* is coj-, *distingu-* is disting-, *venc-* is venz-."""
    if kind != "a":
        for old, new in (("gu", "g"), ("qu", "c"), ("c", "z"), ("g", "j")):
            if stem.endswith(old) and not (old == "c" and stem.endswith("zc")):
                return stem[: -len(old)] + new
    return stem


def _join(stem: str, ending: str, kind: str) -> str:
    """Stem and ending in Spanish spelling: *busc-e* is busque, *le-ió* is leyó."""
    if kind == "a":
        if ending[0] in "eé":
            for old, new in (("gu", "gü"), ("c", "qu"), ("g", "gu"), ("z", "c")):
                if stem.endswith(old):
                    return stem[: -len(old)] + new + ending
        return stem + ending
    return _with_glide(stem, ending)


def _with_glide(stem: str, ending: str) -> str:
    if ending[:2] in ("ie", "ió"):
        if stem.endswith(("ñ", "ll", "j")):
            return stem + ending[1:]
        if re.search("[aeo]$|[^gq]u$|ü$|^argu$", stem):
            return stem + "y" + ending[1:]
    if ending[0] == "i" and re.search("[aeo]$", stem):
        return stem + "í" + ending[1:]
    if stem.endswith("í") and ending[0] in "ií":
        return stem[:-1] + ending
    return stem + ending
