"""A JSON Schema as judge: draft 2020-12 by `jsonschema`, patterns by RE2, no reference out of it, and values that nobody knows stay unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from gatekeeper.link.contract.demand.fault import compile_pattern
from gatekeeper.model.data import DataKind, DataNode

STEPS_LIMIT = 300_000
COMPUTED = "computed"
_DESCENDS = {"$ref", "$dynamicRef", "allOf"}
# One objection for each key, which is its message.
_BY_KEY = {"additionalProperties", "dependentRequired", "required"}
# Where part of a value is not known: these hold if they hold by what is known; those cannot be told.
_BY_KNOWN = {"anyOf", "const", "contains", "enum", "minItems", "minProperties"}
_NOT_TOLD = {"if", "maxItems", "maxProperties", "not", "oneOf", "uniqueItems"}
_OF_OPEN_MAPPINGS = {"additionalProperties", "patternProperties", "propertyNames", "unevaluatedProperties"}
_OF_OPEN_LISTS = {"items", "prefixItems", "unevaluatedItems"}


class TooCostlyError(Exception):
    """A schema asks for more steps than a run has."""


class _Unknown:
    """A value that only running the code would tell."""


class _OpenMapping(dict[str, Any]):
    """A mapping that may have more keys than are written."""


class _OpenList(list[Any]):
    """A list that may have more entries than are written."""


class Objection(Struct, frozen=True):
    """What a schema has against a value.

    Attributes:
        word: the keyword that objects; COMPUTED when it cannot be told whether one does.
        path: the way to the value, keys and indices.
        value: what the keyword asks for.
        text: the judge's own words.
        subject: the key that is missing or too much; "" for other keywords.
    """

    word: str
    path: tuple[str | int, ...]
    value: Any
    text: str
    subject: str = ""


def object_to(schema: Mapping[str, object] | bool, node: DataNode) -> list[Objection]:
    """Everything that a schema has against a value, in the order of the schema.

    Raises:
        TooCostlyError: judging takes more steps than a run has.
    """
    return Judge(schema).object_to(_plain(node))


class Judge:
    """A JSON Schema that judges any number of values, with the steps that all of them share."""

    def __init__(self, schema: Mapping[str, object] | bool, steps: int = STEPS_LIMIT) -> None:
        self._steps = _Steps(steps)
        self._validator = _validator(schema, self._steps)

    def grant(self, steps: int) -> None:
        """Adds to the steps that are left."""
        self._steps.left += steps

    def object_to(self, instance: Any) -> list[Objection]:
        """Everything that the schema has against a value of dict, list and scalars, in the order of the schema.

        Raises:
            TooCostlyError: judging takes more steps than are left.
        """
        found: dict[tuple[object, ...], Objection] = {}
        try:
            for error in self._validator.iter_errors(instance):
                objection = _objection(error)
                is_told = objection.word != COMPUTED
                key = (objection.word, objection.path, is_told and (objection.subject, objection.text))
                found.setdefault(key, objection)
        except (RecursionError, OverflowError):
            raise TooCostlyError from None
        return list(found.values())


def _objection(error: Any) -> Objection:
    path = tuple(error.absolute_path)
    word = str(error.validator)
    if word != COMPUTED and any(_leads_to_unknown(inner) for inner in error.context or ()):
        word = COMPUTED
    subject = str(error.message) if word in _BY_KEY else ""
    return Objection(word, path, error.validator_value, error.message, subject)


def _leads_to_unknown(error: Any) -> bool:
    stack = [error]
    while stack:
        one = stack.pop()
        if one.validator == COMPUTED:
            return True
        stack.extend(one.context or ())
    return False


def _validator(schema: Mapping[str, object] | bool, steps: _Steps) -> Any:
    from jsonschema import Draft202012Validator, validators
    from referencing import Registry

    own: dict[str, Callable[..., Any]] = {
        "additionalProperties": _additional,
        "dependentRequired": _dependent_required,
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "required": _required,
    }
    words = {**Draft202012Validator.VALIDATORS, **own}
    guarded = {word: _guarded(word, check, steps) for word, check in words.items()}
    kind = validators.extend(Draft202012Validator, guarded)  # type: ignore[no-untyped-call]
    return kind(schema, registry=Registry(), format_checker=None)


class _Steps:
    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooCostlyError


def _guarded(word: str, check: Callable[..., Any], steps: _Steps) -> Callable[..., Iterator[Any]]:
    """A keyword that says so where it cannot tell."""

    def guard(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:
        steps.spend()
        if isinstance(instance, _Unknown) and word not in _DESCENDS:
            yield _not_told()
            return
        errors = list(check(validator, value, instance, schema) or ())
        if word in _BY_KNOWN | _NOT_TOLD and _holds_unknown(instance):
            is_told = not errors if word in _BY_KNOWN else False
            yield from () if is_told else (_not_told(),)
            return
        if isinstance(instance, _OpenMapping):
            errors = list(_with_open_mapping(word, value, instance, errors))
        elif isinstance(instance, _OpenList) and word in _OF_OPEN_LISTS:
            errors.append(_not_told())
        yield from errors

    return guard


def _with_open_mapping(word: str, value: Any, instance: _OpenMapping, errors: list[Any]) -> Iterator[Any]:
    """What an open mapping is blamed for: not for keys that may be behind the spread."""
    if word in ("required", "dependentRequired"):
        yield from (_not_told() for _ in errors[:1])
        return
    yield from errors
    if word in _OF_OPEN_MAPPINGS or (word == "properties" and any(name not in instance for name in value)):
        yield _not_told()


def _not_told() -> Any:
    from jsonschema import ValidationError

    return ValidationError("cannot be told", validator=COMPUTED, validator_value="")


def _holds_unknown(instance: Any) -> bool:
    stack = [instance]
    while stack:
        one = stack.pop()
        if isinstance(one, _Unknown | _OpenMapping | _OpenList):
            return True
        if isinstance(one, dict):
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)
    return False


_compiled = cache(compile_pattern)


def _pattern(validator: Any, value: str, instance: Any, schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError

    if validator.is_type(instance, "string") and not _compiled(value).search(instance):
        yield ValidationError(f"{instance!r} does not match {value!r}")


def _pattern_properties(validator: Any, value: Mapping[str, Any], instance: Any, schema: Any) -> Iterator[Any]:
    if not validator.is_type(instance, "object"):
        return
    for pattern, inner in value.items():
        for name, one in instance.items():
            if _compiled(pattern).search(str(name)):
                yield from validator.descend(one, inner, path=name, schema_path=pattern)


def _additional(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError

    if not validator.is_type(instance, "object"):
        return
    extras = [name for name in instance if not _is_named(name, schema)]
    if isinstance(value, Mapping):
        for name in extras:
            yield from validator.descend(instance[name], value, path=name)
    elif value is False:
        yield from (ValidationError(str(name)) for name in extras)


def _required(validator: Any, value: list[str], instance: Any, schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError

    if validator.is_type(instance, "object"):
        yield from (ValidationError(name) for name in value if name not in instance)


def _dependent_required(validator: Any, value: Mapping[str, list[str]], instance: Any, schema: Any) -> Iterator[Any]:
    if validator.is_type(instance, "object"):
        for name, needed in value.items():
            yield from _required(validator, needed if name in instance else [], instance, schema)


def _is_named(name: str, schema: Mapping[str, Any]) -> bool:
    if name in schema.get("properties", {}):
        return True
    return any(_compiled(pattern).search(str(name)) for pattern in schema.get("patternProperties", {}))


def _plain(node: DataNode) -> Any:
    """The value as the judge takes it."""
    if node.kind is DataKind.MAPPING:
        pairs = {str(key.scalar): _plain(value) for key, value in node.pairs if key.kind is not DataKind.COMPUTED}
        return _OpenMapping(pairs) if len(pairs) < len(node.pairs) else pairs
    if node.kind is DataKind.SEQUENCE:
        entries = [_plain(entry) for entry in node.entries if not entry.is_many]
        return _OpenList(entries) if len(entries) < len(node.entries) else entries
    return _Unknown() if node.kind is DataKind.COMPUTED else node.scalar
