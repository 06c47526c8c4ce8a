"""Request parameters: models that read an address, refuse bad values, and describe themselves to OpenAPI."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Self, get_origin
from unicodedata import normalize

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic.config import JsonDict
from werkzeug.datastructures import MultiDict

from searchidx import FACETS, FIELDS, MAX_PER_PAGE, MAX_QUERY_LENGTH, MAX_WINDOW, Level, Sort, period_days
from web.problems import ParameterError

Arguments = MultiDict[str, str]

MAX_PAGE_QUERY = 4_096
"""Characters that a person may paste. Beyond `MAX_QUERY_LENGTH` the query is cut with a warning, not refused."""

MAX_FILTER_VALUES = 100

_whole_number = re.compile(r"[0-9]{1,9}\Z", re.ASCII)

_quoted = re.compile("'([^']*)'")

_YEAR = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_MONTH = "(?:0[1-9]|1[0-2])"
_PERIOD_PATTERNS = {"year": f"^{_YEAR}$", "month": f"^{_YEAR}-{_MONTH}$"}
_FACET = f" *(?:{'|'.join(FACETS)})? *"


def _check_whole_number(value: object) -> object:
    if isinstance(value, str) and not _whole_number.match(value):
        raise ValueError("must be a whole number")
    return value


def _check_switch(value: object) -> object:
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


def _split_facets(value: object) -> object:
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


WHOLE_NUMBER = BeforeValidator(_check_whole_number)
"""Refuses the text of a parameter that is not a whole number."""

Switch = Annotated[bool, BeforeValidator(_check_switch)]
Query = Annotated[str, Field(max_length=MAX_QUERY_LENGTH), BeforeValidator(_nfc)]
PageQuery = Annotated[str, Field(max_length=MAX_PAGE_QUERY), BeforeValidator(_nfc)]
FilterValues = Annotated[list[str], Field(max_length=MAX_FILTER_VALUES), AfterValidator(_distinct)]
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
    BeforeValidator(_split_facets),
    WithJsonSchema({"type": "string", "pattern": rf"^{_FACET}(?:,{_FACET})*$"}),
]


class RequestParams(BaseModel):
    """The parameters of one request."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    @classmethod
    def read(cls, arguments: Arguments) -> Self:
        """The parameters of an address; ParameterError for a value that cannot be read.

        Unknown parameters are ignored. A parameter without a value is as one that is not given, except the query
        where it is required: a form sends those.
        """
        given: dict[str, Any] = {}
        for name, field in cls.model_fields.items():
            key = field.alias or name
            values = arguments.getlist(key)
            if get_origin(field.annotation) is list:
                given[key] = values
            elif values and (_single(key, values) or field.is_required()):
                given[key] = values[0]
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise _parameter_error(error) from error


def _single(name: str, values: list[str]) -> str:
    if len(set(values)) > 1:
        raise ParameterError("invalid_parameter", name, f"'{name}' may be given once only.")
    return values[0]


def _parameter_error(error: ValidationError) -> ParameterError:
    """The first error, in words for the author of the address."""
    first = error.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0])
    context = first.get("ctx", {})
    code = "invalid_parameter"
    match first["type"]:
        case "missing":
            code, reason = "missing_parameter", "is missing: it holds the query"
        case "string_too_long":
            code, reason = "query_too_long", f"may have at most {context['max_length']} characters"
        case "literal_error":
            reason = f"must be one of: {', '.join(_quoted.findall(context['expected']))}"
        case "greater_than_equal":
            reason = f"must be a whole number from {context['ge']}"
        case "less_than_equal":
            reason = f"must be a whole number up to {context['le']}"
        case "too_long":
            reason = f"may be given at most {context['max_length']} times"
        case "value_error":
            reason = str(context["error"])
        case _:
            reason = "cannot be read"
    return ParameterError(code, name, f"'{name}' {reason}.")


_FILTER_NOTES = {"language": " A BCP 47 tag.", "month": " A month stands for its year."}
"""What the description of a filter says besides the name of its field."""


def _filter_field(name: str) -> Any:
    """The parameter that filters by a field or a period, as `create_model` reads it."""
    label = FIELDS[name].label_en.lower() if name in FIELDS else name
    description = f"Keep hits with this {label}; repeated, with any of several.{_FILTER_NOTES.get(name, '')}"
    pattern = _PERIOD_PATTERNS.get(name)
    extra: JsonDict | None = {"items": {"type": "string", "pattern": pattern}} if pattern else None
    return FilterValues, Field(default_factory=list, description=description, json_schema_extra=extra)


FilterParams: type[RequestParams] = create_model(
    "FilterParams", __base__=RequestParams, **{name: _filter_field(name) for name in FACETS}
)
"""One parameter for each field and period that can be counted: a list of values, any of which passes.

A month stands for its year. The path is left out: whoever knows a path has the document.
"""


class SearchParams(RequestParams):
    """The parameters that every search reads besides `FilterParams`; the names are those of `SearchOptions`."""

    q: PageQuery = ""
    level: Level = Field("document", description="What is searched for.")
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
    facets: Facets = Field((), description="What to count over all hits, separated by commas.")


class PageSearchParams(SearchParams):
    """A search on the search page."""

    page: Annotated[int, Field(ge=1, le=MAX_WINDOW), WHOLE_NUMBER] = Field(
        1, description=f"Of the results; the first {MAX_WINDOW} hits can be reached."
    )
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE), WHOLE_NUMBER] = Field(10, description="Hits on a page.")
    sort: Sort = Field("relevance", description="`date` gives the oldest first, `-date` the newest.")
    explain: Switch = Field(False, description="Say how the query was read and what gave each score.")


class ApiSearchParams(PageSearchParams):
    """A search on the JSON API."""

    q: Query = Field(..., description="The query; every string is one.")
    prefix_fallback: Switch = Field(
        False, description="When nothing has all words, find words that begin as the last one too."
    )


class FacetsParams(SearchParams):
    """The counts of a search without its hits."""

    q: Query = Field(..., description="The query.")
    facets: Facets = Field(FACETS, description="What to count, separated by commas; all without it.")


class SuggestParams(RequestParams):
    """Completions of a text."""

    q: Query = Field(..., description="What was typed so far.")
    limit: Annotated[int, Field(ge=1, le=20), WHOLE_NUMBER] = Field(8, description="How many.")


class SimilarParams(RequestParams):
    """Documents similar to one."""

    limit: Annotated[int, Field(ge=1, le=100), WHOLE_NUMBER] = Field(10, description="How many.")


class DocumentParams(RequestParams):
    """One document on the JSON API."""

    q: Query = Field("", description="What to mark in it.")


class PageDocumentParams(RequestParams):
    """One document on its page."""

    q: PageQuery = ""
