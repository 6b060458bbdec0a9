"""JSON Schemas that are not taken: damaged ones, other drafts, references out of the policy, patterns that RE2 refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMED = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_SINGLE = (
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_SEVERAL = ("allOf", "anyOf", "oneOf", "prefixItems")


def find_schema_fault(schema: object) -> str:
    """What keeps a schema from being used, with a JSON pointer to the place; "" when nothing does."""
    for pointer, part in _iter_parts(schema, ""):
        fault = _fault_of(part, pointer)
        if fault:
            return f"at {pointer or '/'}: {fault}"
    return _damage(schema)


def compile_pattern(pattern: str) -> Any:
    """A regular expression of RE2, which no text can make slow.

    Raises:
        ValueError: it is none, or is of a kind that RE2 does not have.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else "no pattern"
        raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from None


def iter_patterns(schema: object) -> Iterator[str]:
    """Every regular expression of a schema."""
    for _, part in _iter_parts(schema, ""):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        if isinstance(part.get("patternProperties"), Mapping):
            yield from part["patternProperties"]


def _iter_parts(schema: object, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every subschema that is a mapping, with a JSON pointer to it; values that are only compared with are no schemas."""
    stack: list[tuple[str, object]] = [(pointer, schema)]
    while stack:
        place, part = stack.pop()
        if not isinstance(part, Mapping):
            continue
        yield place, part
        for word in _NAMED:
            inner = part.get(word)
            if isinstance(inner, Mapping):
                stack.extend((f"{place}/{word}/{name}", one) for name, one in inner.items())
        for word in _SEVERAL:
            inner = part.get(word)
            if isinstance(inner, list | tuple):
                stack.extend((f"{place}/{word}/{index}", one) for index, one in enumerate(inner))
        stack.extend((f"{place}/{word}", part[word]) for word in _SINGLE if word in part)


def _fault_of(part: Mapping[str, Any], pointer: str) -> str:
    for word in ("$ref", "$dynamicRef"):
        if word in part and not str(part[word]).startswith("#"):
            return f"`{word}` leads out of the policy; only references that begin with # are followed"
    for word in ("$id", "$anchor", "$dynamicAnchor"):
        if word in part:
            return f"`{word}` is not taken; name parts under $defs"
    if "$schema" in part and (pointer or part["$schema"] != _DIALECT):
        return "`$schema` may only stand at the top and say draft 2020-12"
    if "unevaluatedProperties" in part and any(True for _ in iter_patterns(part)):
        return "`unevaluatedProperties` is not taken beside patterns"
    for pattern in (part.get("pattern"), *_names(part.get("patternProperties"))):
        if isinstance(pattern, str):
            try:
                compile_pattern(pattern)
            except ValueError as error:
                return f"the pattern {pattern[:60]!r} is not of RE2: {error}"
    return ""


def _names(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, Mapping) else ()


def _damage(schema: object) -> str:
    """What the meta-schema of the draft has against a schema."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema, format_checker=None)  # type: ignore[arg-type]
    except SchemaError as error:
        place = "/".join(["", *map(str, error.absolute_path)])
        return f"at {place or '/'}: {' '.join(str(error.message).split())[:200]}"
    except RecursionError:
        return "it is nested too deep"
    return ""
