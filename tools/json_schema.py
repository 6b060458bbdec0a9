"""JSON Schemas (draft 2020-12) from the TypedDicts that describe the JSON outputs."""

from __future__ import annotations

import json
from enum import Enum, EnumMeta
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}

Schema = dict[str, Any]


def schema_text(shape: type) -> str:
    """The schema of a TypedDict as JSON text; fields that it does not name are allowed, since fields may be added."""
    definitions: dict[str, Schema] = {}
    body = _object(shape, definitions)
    title = body.pop("description").replace("`", "").rstrip(".")
    head: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    schema = {**head, **body, "$defs": dict(sorted(definitions.items()))}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object(shape: type, definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(shape, include_extras=True)
    return {
        "description": (shape.__doc__ or "").split("\n", 1)[0],
        "type": "object",
        "properties": {name: _schema(hint, definitions) for name, hint in hints.items()},
        "required": list(hints),
    }


def _schema(hint: Any, definitions: dict[str, Schema]) -> Schema:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return {**_schema(arguments[0], definitions), "description": arguments[1]}
    if origin is UnionType:
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if origin is Literal:
        return {"enum": list(arguments)}
    if isinstance(hint, EnumMeta):
        members: list[Enum] = list(hint)
        return {"enum": [member.value for member in members]}
    if is_typeddict(hint):
        return _reference(hint, definitions)
    return {} if hint is object else {"type": _TYPES[hint]}


def _reference(shape: type, definitions: dict[str, Schema]) -> Schema:
    name = shape.__name__.removesuffix("Json")
    if name not in definitions:
        definitions[name] = _object(shape, definitions)
    return {"$ref": f"#/$defs/{name}"}
