"""The forms of a Spanish verb: every simple tense, with voseo and the future subjunctive, and the participles.

The endings and the irregular verbs follow the conjugation tables of the Real Academia Española (Nueva gramática
de la lengua española, 2009, §4). Which regular verbs change the vowel of their stem (*contar, cuenta*)
cannot be seen in the infinitive: `conjugate` takes it from forms that a dictionary has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class _Irregular:
    """What an irregular verb does not take from its infinitive; an empty part is regular."""

    first: str = ""  # stem of the first person, and of the subjunctive
    strong: str = ""  # stem of the other stressed forms
    preterite: str = ""
    future: str = ""
    participle: str = ""
    weak: str = ""  # stem of the third persons of the preterite and of the gerund
    more: str = ""  # further forms, in full


_IRREGULAR = {
    "tener": _Irregular("teng", "tien", "tuv", "tendr", more="ten"),
    "venir": _Irregular("veng", "vien", "vin", "vendr", weak="vin", more="ven"),
    "poner": _Irregular("pong", "", "pus", "pondr", "puesto", more="pon pón"),
    "salir": _Irregular("salg", "", "", "saldr", more="sal"),
    "valer": _Irregular("valg", "", "", "valdr"),
    "hacer": _Irregular("hag", "", "hic", "har", "hecho", more="hizo haz"),
    "satisfacer": _Irregular("satisfag", "", "satisfic", "satisfar", "satisfecho", more="satisfizo satisfaz"),
    "decir": _Irregular("dig", "dic", "dij", "dir", "dicho", weak="dic", more="di"),
    "bendecir": _Irregular("bendig", "bendic", "bendij", "", "", weak="bendic", more="bendito"),
    "maldecir": _Irregular("maldig", "maldic", "maldij", "", "", weak="maldic", more="maldito"),
    "traer": _Irregular("traig", "", "traj", weak="tra"),
    "caer": _Irregular("caig"),
    "raer": _Irregular("raig"),
    "oír": _Irregular("oig", "oy", more="oye oyes oyen"),
    "ver": _Irregular("ve", "", "", "", "visto", more="veía veías veíamos veíais veían ve vi vio veis"),
    "querer": _Irregular("quier", "quier", "quis", "querr"),
    "poder": _Irregular("pued", "pued", "pud", "podr", weak="pud"),
    "saber": _Irregular("sep", "", "sup", "sabr", more="sé"),
    "caber": _Irregular("quep", "", "cup", "cabr"),
    "andar": _Irregular("", "", "anduv"),
    "asir": _Irregular("asg"),
    "yacer": _Irregular("yazc", more="yazgo yazga yazgas yazgan yago yaga"),
    "morir": _Irregular("muer", "muer", "", "", "muerto", weak="mur"),
    "erguir": _Irregular("yerg", "yergu", weak="irgu", more="irgo irgue irgues irguen irga irgan irgamos irgáis"),
    "reír": _Irregular("rí", "rí", weak="r", more="riamos riáis"),
    "roer": _Irregular("ro", more="roigo royo roiga roya"),
    "podrir": _Irregular("pudr", "pudr", "", "pudrir", "podrido", weak="pudr", more="pudrió pudrir"),
}
"""A verb, and all that end like it where `_COMPOUNDS` says so."""

_COMPOUNDS = ("tener", "venir", "poner", "hacer", "decir", "traer", "caer", "oír", "salir", "valer", "reír")
_COMPOUNDS_OF = dict.fromkeys(("prever", "entrever", "rever"), "ver") | {
    "desandar": "andar",
    "freír": "reír",
    "bienquerer": "querer",
    "malquerer": "querer",
    "resaber": "saber",
    "desasir": "asir",
}

_IN_FULL = {
    "ser": (
        "ser soy eres es somos sois son sos era eras éramos erais eran fui fuiste fue fuimos fuisteis fueron "
        "seré serás será seremos seréis serán sería serías seríamos seríais serían sea seas seamos seáis sean "
        "fuera fueras fuéramos fuerais fueran fuese fueses fuésemos fueseis fuesen fuere fueres fuéremos "
        "fuereis fueren sé sed siendo sido sidos"
    ),
    "ir": (
        "ir voy vas va vamos vais van iba ibas íbamos ibais iban fui fuiste fue fuimos fuisteis fueron iré "
        "irás irá iremos iréis irán iría irías iríamos iríais irían vaya vayas vayamos vayáis vayan fuera "
        "fueras fuéramos fuerais fueran fuese fueses fuésemos fueseis fuesen fuere fueres fuéremos fuereis "
        "fueren ve id yendo ido ida idos idas andá"
    ),
    "dar": (
        "dar doy das da damos dais dan daba dabas dábamos dabais daban di diste dio dimos disteis dieron daré "
        "darás dará daremos daréis darán daría darías daríamos daríais darían dé des demos deis den diera "
        "dieras diéramos dierais dieran diese dieses diésemos dieseis diesen diere dieres diéremos diereis "
        "dieren dad dando dado dada dados dadas"
    ),
    "estar": (
        "estar estoy estás está estamos estáis están estaba estabas estábamos estabais estaban estuve "
        "estuviste estuvo estuvimos estuvisteis estuvieron estaré estarás estará estaremos estaréis estarán "
        "estaría estarías estaríamos estaríais estarían esté estés estemos estéis estén estuviera estuvieras "
        "estuviéramos estuvierais estuvieran estuviese estuvieses estuviésemos estuvieseis estuviesen "
        "estuviere estuvieres estuviéremos estuviereis estuvieren estad estando estado estados"
    ),
    "haber": (
        "haber he has ha hay hemos habéis han había habías habíamos habíais habían hube hubiste hubo hubimos "
        "hubisteis hubieron habré habrás habrá habremos habréis habrán habría habrías habríamos habríais "
        "habrían haya hayas hayamos hayáis hayan hubiera hubieras hubiéramos hubierais hubieran hubiese "
        "hubieses hubiésemos hubieseis hubiesen hubiere hubieres hubiéremos hubiereis hubieren habed habiendo "
        "habido habida habidos habidas"
    ),
}

_PARTICIPLES = (
    ("scribir", "scrito"),
    ("abrir", "abierto"),
    ("cubrir", "cubierto"),
    ("volver", "vuelto"),
    ("solver", "suelto"),
    ("romper", "roto"),
    ("imprimir", "impreso"),
    ("freír", "frito"),
    ("proveer", "provisto"),
    ("morir", "muerto"),
)
"""Endings of infinitives with a participle of their own; *imprimir, freír, proveer* have the regular one too."""


def conjugate(infinitive: str, attested: Set[str] = frozenset()) -> frozenset[str]:
    """Every form of a verb, in lower case with its accents; `attested` are forms that a dictionary has of it.

    >>> {"cuenta", "cuento", "contare", "contado", "contás"} <= conjugate("contar", {"cuenta", "cuentan"})
    True
    """
    if infinitive in _IN_FULL:
        return frozenset(_IN_FULL[infinitive].split())
    kind = infinitive[-2].translate(str.maketrans("áéí", "aei"))
    forms = {infinitive, *_forms(infinitive, kind, _parts(infinitive, kind, attested))}
    return frozenset(forms - _wrong_forms(infinitive))


def _wrong_forms(infinitive: str) -> set[str]:
    """Forms that the endings would give, and that the verb does not have."""
    if infinitive == "ver" or _COMPOUNDS_OF.get(infinitive) == "ver":
        stem = infinitive[:-2]
        wrong = {stem + ending for ending in ["ía", "ías", "íamos", "íais", "ían"]}
        return wrong | {"vé", "vés"} if infinitive == "ver" else wrong
    return {"sepo", "haco"}


def _parts(infinitive: str, kind: str, attested: Set[str]) -> _Irregular:
    """The principal parts of a verb: irregular ones of its own or of the verb that it is made of."""
    base, prefix = infinitive, ""
    if infinitive in _COMPOUNDS_OF:
        base = _COMPOUNDS_OF[infinitive]
        prefix = infinitive.removesuffix(base) if infinitive.endswith(base) else infinitive[0]
    elif infinitive not in _IRREGULAR:
        base = next((each for each in _COMPOUNDS if infinitive.endswith(each)), infinitive)
        prefix = infinitive.removesuffix(base)
    if base in _IRREGULAR:
        parts = _IRREGULAR[base]
        if base == "ver" and prefix:
            parts = replace(parts, more="veía veías veíamos veíais veían vé vés vén")
        return _Irregular(
            first=parts.first and prefix + parts.first,
            strong=parts.strong and prefix + parts.strong,
            preterite=parts.preterite and prefix + parts.preterite,
            future=parts.future and prefix + parts.future,
            participle=prefix + parts.participle if parts.participle else _participle(infinitive),
            weak=parts.weak and prefix + parts.weak,
            more=" ".join(prefix + form for form in parts.more.split()),
        )
    return _regular_parts(infinitive, kind, attested)


def _regular_parts(infinitive: str, kind: str, attested: Set[str]) -> _Irregular:
    stem = infinitive[:-2]
    if infinitive.endswith("ducir"):
        return _Irregular(stem[:-1] + "zc", "", stem[:-1] + "j")
    if kind in "ei" and re.search("[aeiou]c$", stem) and not infinitive.endswith(("mecer", "cocer", "ecir")):
        return _Irregular(stem[:-1] + "zc", participle=_participle(infinitive))
    if infinitive.endswith("mecer"):
        return _Irregular(stem[:-1] + ("z" if infinitive == "mecer" else "zc"))
    if kind == "i" and re.search("[^gq]u$|ü$", stem):
        plain = stem.replace("ü", "u")
        return _Irregular(plain + "y", plain + "y", weak=plain)
    strong = _strong_stem(stem, kind, attested)
    weak = ""
    if strong and kind == "i":
        change = {"ie": "i", "i": "i", "ue": "u"}
        for old, new in (("e", "ie"), ("e", "i"), ("o", "ue")):
            if _changed(stem, old, new) == strong and not stem.endswith(("cern",)):
                weak = _changed(stem, old, change[new]) or ""
    first = strong and _before_back_vowel(strong, kind)
    return _Irregular(first, strong, participle=_participle(infinitive), weak=weak)


_VOWEL_CHANGES_BY_ENDING = (
    ("ie", "sentir mentir vertir ferir gerir herir hervir pentir cernir discernir"),
    ("i", ("pedir medir servir vestir elegir regir seguir petir gemir rendir reñir teñir ceñir streñir concebir "
    "derretir henchir embestir colegir")),
    ("ue", "dormir morir"),
)  # fmt: skip
"""The other vowel of verbs in -ir → how they end; dictionaries have too few of their forms."""


def _strong_stem(stem: str, kind: str, attested: Set[str]) -> str:
    """The stem with its other vowel, when a dictionary has two forms that show it; else ""."""
    for new, ends in _VOWEL_CHANGES_BY_ENDING:
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
    return next(
        (infinitive.removesuffix(end) + form for end, form in _PARTICIPLES if infinitive.endswith(end)), ""
    )


def _forms(infinitive: str, kind: str, parts: _Irregular) -> Iterator[str]:
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


def _unstressed_subjunctive_stem(stem: str, kind: str, parts: _Irregular) -> str:
    """The stem of *contemos, sintamos*; an irregular first person keeps its own: *tengamos*."""
    first = parts.first or _before_back_vowel(stem, kind)
    if stem.endswith(("re", "fre")) and first.endswith("rí"):
        return first  # its own forms are among `more`
    if first != _before_back_vowel(parts.strong or stem, kind) or first.endswith("y"):
        return first
    return _before_back_vowel((kind == "i" and parts.weak) or stem, kind)


def _past(stem: str, kind: str, parts: _Irregular) -> Iterator[str]:
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


def _participles(stem: str, kind: str, parts: _Irregular) -> Iterator[str]:
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
