"""What may a client ask for? One model a request, which reads an address, refuses what cannot be meant, and
describes itself in the OpenAPI document."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Self, get_origin
from unicodedata import normalize

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic.config import JsonDict
from werkzeug.datastructures import MultiDict

from searchidx import FILTERS, MAX_WINDOW, Level, Sort, period_days
from web.problems import ParameterError

Arguments = MultiDict[str, str]

MAX_QUERY = 512
"""Characters that a program may send: what the parser reads."""

MAX_PAGE_QUERY = 4_096
"""Characters that a person may paste: beyond the parser's limit the query is cut with a warning, not refused."""

MAX_PER_PAGE = 100
MAX_FILTER_VALUES = 100

FACETS = tuple(name for name in FILTERS if name != "path")
"""What can be filtered by and counted: whoever knows a path has the document."""

_whole_number = re.compile(r"[0-9]{1,9}\Z", re.ASCII)

_quoted = re.compile("'([^']*)'")

_FACET = f" *(?:{'|'.join(FACETS)})? *"


def _count(value: object) -> object:
    if isinstance(value, str) and not _whole_number.match(value):
        raise ValueError("must be a whole number")
    return value


def _switch(value: object) -> object:
    if value not in ("true", "false", True, False):
        raise ValueError("must be true or false")
    return value


def _first_day(value: object) -> object:
    return _day(value, 0)


def _last_day(value: object) -> object:
    return _day(value, 1)


def _day(value: object, end: int) -> object:
    if not isinstance(value, str):
        return value
    days = period_days(value)
    if days is None:
        raise ValueError("must be a date: YYYY-MM-DD, YYYY-MM or YYYY")
    return days[end]


def _facets(value: object) -> object:
    if not isinstance(value, str):
        return value
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    if not set(names) <= set(FACETS):
        raise ValueError(f"may name: {', '.join(FACETS)}")
    return names


def _nfc(value: object) -> object:
    return normalize("NFC", value) if isinstance(value, str) else value


def _distinct(values: list[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]


AS_COUNT = BeforeValidator(_count)
"""What turns the text of a parameter into a whole number, or refuses it."""

Switch = Annotated[bool, BeforeValidator(_switch)]
Query = Annotated[str, Field(max_length=MAX_QUERY), BeforeValidator(_nfc)]
PageQuery = Annotated[str, Field(max_length=MAX_PAGE_QUERY), BeforeValidator(_nfc)]
Values = Annotated[list[str], Field(max_length=MAX_FILTER_VALUES), AfterValidator(_distinct)]
_YEAR = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_MONTH = "(?:0[1-9]|1[0-2])"
_PERIOD = WithJsonSchema(
    {
        "type": "string",
        "anyOf": [
            {"type": "string", "format": "date"},
            {"type": "string", "pattern": f"^{_YEAR}(?:-{_MONTH})?$"},
        ],
    }
)
Facets = Annotated[
    tuple[str, ...],
    BeforeValidator(_facets),
    WithJsonSchema({"type": "string", "pattern": rf"^{_FACET}(?:,{_FACET})*$"}),
]


def _values(described: str, pattern: str = "") -> Any:
    item: JsonDict | None = {"items": {"type": "string", "pattern": pattern}} if pattern else None
    return Field(default_factory=list, description=described, json_schema_extra=item)


class Asked(BaseModel):
    """The parameters of one request."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    @classmethod
    def read(cls, arguments: Arguments) -> Self:
        """What an address asks for; ParameterError for what cannot be meant.

        Unknown parameters are ignored, as is one without a value where that says nothing: a form sends those.
        """
        given: dict[str, Any] = {}
        for name, field in cls.model_fields.items():
            key = field.alias or name
            values = arguments.getlist(key)
            if get_origin(field.annotation) is list:
                given[key] = values
            elif values and (_only(key, values) or field.is_required()):
                given[key] = values[0]
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise _refusal(error) from error


def _only(name: str, values: list[str]) -> str:
    if len(set(values)) > 1:
        raise ParameterError("invalid_parameter", name, f"'{name}' may be given once only.")
    return values[0]


def _refusal(error: ValidationError) -> ParameterError:
    """The first thing that is wrong, in words for whoever wrote the address."""
    first = error.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0])
    context = first.get("ctx", {})
    code = "invalid_parameter"
    match first["type"]:
        case "missing":
            code, says = "missing_parameter", "is missing: it holds the query"
        case "string_too_long":
            code, says = "query_too_long", f"may have at most {context['max_length']} characters"
        case "literal_error":
            says = f"must be one of: {', '.join(_quoted.findall(context['expected']))}"
        case "greater_than_equal":
            says = f"must be a whole number from {context['ge']}"
        case "less_than_equal":
            says = f"must be a whole number up to {context['le']}"
        case "too_long":
            says = f"may be given at most {context['max_length']} times"
        case "value_error":
            says = str(context["error"])
        case _:
            says = "cannot be read"
    return ParameterError(code, name, f"'{name}' {says}.")


class Narrowed(Asked):
    """What every search may be narrowed by, and how its words are taken."""

    q: PageQuery = ""
    level: Level = Field("document", description="What is searched for.")
    source: Values = _values("Keep hits of this agency, newspaper or site; repeated, of any of several.")
    place: Values = _values("Keep hits of this place.")
    author: Values = _values("Keep hits of this author.")
    language: Values = _values("Keep hits in this language (BCP 47).")
    year: Values = _values("Keep hits of this year.", f"^{_YEAR}$")
    month: Values = _values("Keep hits of this month; a month stands for its year.", f"^{_YEAR}-{_MONTH}$")
    since: Annotated[dt.date | None, BeforeValidator(_first_day), _PERIOD] = Field(
        None, alias="from", description="Keep hits from this day on; of a month or a year, from its first."
    )
    until: Annotated[dt.date | None, BeforeValidator(_last_day), _PERIOD] = Field(
        None,
        alias="to",
        description="Keep hits up to this day, which is included; of a month or a year, its last.",
    )
    variants: Switch = Field(True, description="Find other spellings of names too.")
    synonyms: Switch = Field(True, description="Find other names of the same thing too.")
    facets: Facets = Field((), description="What to count over all hits, parted by commas.")


class PageSearchAsked(Narrowed):
    """A search as the search page reads it."""

    page: Annotated[int, Field(ge=1, le=MAX_WINDOW), AS_COUNT] = Field(
        1, description=f"Of the results; the first {MAX_WINDOW} hits can be reached."
    )
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE), AS_COUNT] = Field(10, description="Hits on a page.")
    sort: Sort = Field("relevance", description="`date` gives the oldest first, `-date` the newest.")
    explain: Switch = Field(False, description="Tell how the query was read and what gave each score.")


class SearchAsked(PageSearchAsked):
    """A search as the endpoint reads it."""

    q: Query = Field(..., description="The query; every string is one.")


class FacetsAsked(Narrowed):
    """The counts of a search without its hits."""

    q: Query = Field(..., description="The query.")
    facets: Facets = Field(FACETS, description="What to count, parted by commas; all without it.")


class SuggestAsked(Asked):
    """How what is being typed may go on."""

    q: Query = Field(..., description="What is typed so far.")
    limit: Annotated[int, Field(ge=1, le=20), AS_COUNT] = Field(8, description="How many.")


class SimilarAsked(Asked):
    """Documents like one."""

    limit: Annotated[int, Field(ge=1, le=100), AS_COUNT] = Field(10, description="How many.")


class DocumentAsked(Asked):
    """One document."""

    q: Query = Field("", description="What to mark in it.")


class PageDocumentAsked(Asked):
    """One document, as its page reads it."""

    q: PageQuery = ""
