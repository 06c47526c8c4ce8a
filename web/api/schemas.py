"""JSON Schemas of the typed shapes of responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import is_typeddict

from searchidx import FIELDS, METADATA_FIELDS, DocumentJson, HitJson

JsonSchema = dict[str, Any]

_CONFIG = ConfigDict(use_attribute_docstrings=True, extra="forbid")
_REFERENCE = "#/components/schemas/{model}"
_WITH_METADATA = (HitJson, DocumentJson)
"""The shapes that have each metadata field of the schema as a key, which no static type can say."""


@cache
def json_schemas(shapes: frozenset[Any]) -> tuple[Mapping[Any, JsonSchema], Mapping[str, JsonSchema]]:
    """The schema of each shape, a TypedDict or another type of a payload; and by name the schemas they refer to.

    The docstrings below the keys of a TypedDict become descriptions; other keys than its own are not allowed.
    """
    for shape in shapes:
        for typed_dict in _typed_dicts(shape):
            with_config(_CONFIG)(typed_dict)
    adapters = [(shape, "serialization", TypeAdapter(shape)) for shape in sorted(shapes, key=str)]
    schemas, definitions = TypeAdapter.json_schemas(adapters, ref_template=_REFERENCE)  # type: ignore[arg-type]
    components = definitions["$defs"]
    for shape in _WITH_METADATA:
        if shape.__name__ in components:
            _add_metadata_keys(components[shape.__name__])
    return {shape: schemas[shape, "serialization"] for shape in shapes}, components


def _typed_dicts(shape: Any) -> Iterator[Any]:
    """The TypedDicts that a type is or holds."""
    if is_typeddict(shape):
        yield shape
    for inner in get_type_hints(shape).values() if is_typeddict(shape) else get_args(shape):
        yield from _typed_dicts(inner)


def _add_metadata_keys(schema: JsonSchema) -> None:
    for name in METADATA_FIELDS:
        schema["properties"][name] = {
            "type": "string",
            "description": f"{FIELDS[name].label_en}; empty when unknown.",
        }
        schema["required"].append(name)
