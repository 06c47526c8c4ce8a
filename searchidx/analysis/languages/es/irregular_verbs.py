"""Irregular Spanish verbs: their principal parts, the verbs made of them, participles, and changes of vowels.

After the conjugation tables of the Real Academia Española (Nueva gramática de la lengua española, 2009, §4).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VerbParts:
    """The principal parts of a verb, which it does not take from its infinitive; an empty part is regular."""

    first: str = ""  # stem of the first person, and of the subjunctive
    strong: str = ""  # stem of the other stressed forms
    preterite: str = ""
    future: str = ""
    participle: str = ""
    weak: str = ""  # stem of the third persons of the preterite and of the gerund
    more: str = ""  # further forms, in full


IRREGULAR = {
    "tener": VerbParts("teng", "tien", "tuv", "tendr", more="ten"),
    "venir": VerbParts("veng", "vien", "vin", "vendr", weak="vin", more="ven"),
    "poner": VerbParts("pong", "", "pus", "pondr", "puesto", more="pon pón"),
    "salir": VerbParts("salg", "", "", "saldr", more="sal"),
    "valer": VerbParts("valg", "", "", "valdr"),
    "hacer": VerbParts("hag", "", "hic", "har", "hecho", more="hizo haz"),
    "satisfacer": VerbParts("satisfag", "", "satisfic", "satisfar", "satisfecho", more="satisfizo satisfaz"),
    "decir": VerbParts("dig", "dic", "dij", "dir", "dicho", weak="dic", more="di"),
    "bendecir": VerbParts("bendig", "bendic", "bendij", "", "", weak="bendic", more="bendito"),
    "maldecir": VerbParts("maldig", "maldic", "maldij", "", "", weak="maldic", more="maldito"),
    "traer": VerbParts("traig", "", "traj", weak="tra"),
    "caer": VerbParts("caig"),
    "raer": VerbParts("raig"),
    "oír": VerbParts("oig", "oy", more="oye oyes oyen"),
    "ver": VerbParts("ve", "", "", "", "visto", more="veía veías veíamos veíais veían ve vi vio veis"),
    "querer": VerbParts("quier", "quier", "quis", "querr"),
    "poder": VerbParts("pued", "pued", "pud", "podr", weak="pud"),
    "saber": VerbParts("sep", "", "sup", "sabr", more="sé"),
    "caber": VerbParts("quep", "", "cup", "cabr"),
    "andar": VerbParts("", "", "anduv"),
    "asir": VerbParts("asg"),
    "yacer": VerbParts("yazc", more="yazgo yazga yazgas yazgan yago yaga"),
    "morir": VerbParts("muer", "muer", "", "", "muerto", weak="mur"),
    "erguir": VerbParts("yerg", "yergu", weak="irgu", more="irgo irgue irgues irguen irga irgan irgamos irgáis"),
    "reír": VerbParts("rí", "rí", weak="r", more="riamos riáis"),
    "roer": VerbParts("ro", more="roigo royo roiga roya"),
    "podrir": VerbParts("pudr", "pudr", "", "pudrir", "podrido", weak="pudr", more="pudrió pudrir"),
}
"""A verb, and all that end like it where `COMPOUNDS` says so."""

COMPOUNDS = ("tener", "venir", "poner", "hacer", "decir", "traer", "caer", "oír", "salir", "valer", "reír")
COMPOUNDS_OF = dict.fromkeys(("prever", "entrever", "rever"), "ver") | {
    "desandar": "andar",
    "freír": "reír",
    "bienquerer": "querer",
    "malquerer": "querer",
    "resaber": "saber",
    "desasir": "asir",
}

IN_FULL = {
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

PARTICIPLES = (
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

VOWEL_CHANGES_BY_ENDING = (
    ("ie", "sentir mentir vertir ferir gerir herir hervir pentir cernir discernir"),
    ("i", ("pedir medir servir vestir elegir regir seguir petir gemir rendir reñir teñir ceñir streñir concebir "
    "derretir henchir embestir colegir")),
    ("ue", "dormir morir"),
)  # fmt: skip
"""The other vowel of verbs in -ir → how they end; dictionaries have too few of their forms."""
