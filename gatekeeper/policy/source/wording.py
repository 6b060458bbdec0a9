"""What a model says against a value, in plain words and at the value's place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gatekeeper.policy.faults import Faults, listed, quoted, remedy, shown
from gatekeeper.policy.section import OURS, Section
from gatekeeper.policy.source.value import KEY, Value

M = TypeVar("M", bound=Section)

_EXPECTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "finite": "a finite number",
    "bool": "true or false",
    "list": "a list",
    "tuple": "a list",
    "set": "a list",
    "frozen": "a list",
    "date": "a date such as 2026-02-28",
    "none": "nothing",
}
_BOUNDS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "multiple_of": "a multiple of {multiple_of}",
    "string_too_short": "text of {min_length} characters or more",
    "string_too_long": "text of {max_length} characters or less",
    "too_short": "{min_length} entries or more",
    "too_long": "{max_length} entries or less",
    "string_pattern_mismatch": "text of the form {pattern}",
}
_MAPPINGS = {"dict_type", "model_type", "model_attributes_type", "mapping_type"}
_HINTS = {"string": "put it in quotes", "list": 'write it as a list: {name}: ["..."]'}
_HINTS |= {"tuple": _HINTS["list"], "set": _HINTS["list"], "frozen": _HINTS["list"]}
_SHAPES = {"::scalar": "a word", "::mapping": "a mapping", "::list": "a list"}
_TOLD_LIMIT = 200
_WORD = re.compile(r"'((?:[^'\\]|\\.)*)'")


def read_model(model: type[M], root: Value, faults: Faults, context: Mapping[str, Any] | None = None) -> M | None:
    """What a mapping holds, as its model; None when it has faults, which are noted.

    Args:
        model: what the mapping must be.
        root: the mapping.
        faults: takes what is wrong.
        context: what the model's validators may ask for.
    """
    before = len(faults)
    _note_tree(root, model.what, faults)
    try:
        found = model.model_validate(root.plain(), context=context)
    except ValidationError as error:
        places = [(root.at(one["loc"]).span.start, one) for one in error.errors(include_url=False)]
        ordered = sorted(places, key=lambda place: place[0])
        for _, one in ordered[:_TOLD_LIMIT]:
            _note(one, model, root, faults)
        faults.count(len(ordered[_TOLD_LIMIT:]))
        return None
    return found if len(faults) == before else None


def _note_tree(value: Value, what: str, faults: Faults) -> None:
    """Notes names that are none or, their parameters filled in, stand twice; and numbers that are none."""
    if isinstance(value.scalar, float) and not math.isfinite(value.scalar):
        faults.add(
            value, f"read {shown(value)}, a number beyond what can be counted", "put it in quotes, or make it smaller"
        )
    seen: set[str] = set()
    for name, inner in value.pairs:
        if name.is_container or not name.word.strip():
            faults.add(name, f"read {shown(name)} as a name in {what}", "give the line a name")
        elif name.word in seen:
            faults.add(name, f"the name {quoted(name.word)} stands twice", "keep one of the two lines")
        seen.add(name.word)
        _note_tree(inner, " ".join(name.word.split()) or what, faults)
    for entry in value.entries:
        _note_tree(entry, what, faults)


def _note(error: ErrorDetails, model: type[Section], root: Value, faults: Faults) -> None:
    location, context = list(error["loc"]), dict(error.get("ctx", {}))
    if error["type"] == OURS:
        value = root.at([*location, *context["at"]])
        faults.add(value, context["message"].replace("{read}", shown(value)), context["hint"])
    elif error["type"] == "extra_forbidden":
        _note_unknown(str(location[-1]), location, model, root, faults)
    elif error["type"] == "missing":
        owner = _model_at(model, location[:-1])
        name = str(location[-1])
        told = next((f.description for f in owner.model_fields.values() if f.alias == name and f.description), "")
        hint = f'add "{name}: ...": {told}' if told else f'add "{name}: ..."'
        faults.add(root.at(location[:-1]), f'{owner.what} lacks "{name}"', hint)
    else:
        value = root.at(location)
        message, hint = _plain_words(error, context, value, _name_of(location, model))
        faults.add(value, f"read {shown(value)}, expected {message}", hint)


def _note_unknown(word: str, location: list[str | int], model: type[Section], root: Value, faults: Faults) -> None:
    owner = _model_at(model, location[:-1])
    value = root.at([*location, KEY])
    names = [field.alias or name for name, field in owner.model_fields.items()]
    message = f"{quoted(word)} is not a key of {owner.what}, expected one of {listed(names)}"
    faults.add(value, message, remedy(word, names, "take the line out"))


def _plain_words(error: ErrorDetails, context: Mapping[str, Any], value: Value, name: str) -> tuple[str, str]:
    """What was expected, and what to do."""
    kind = error["type"]
    if kind in _MAPPINGS:
        return f"{name}, a mapping of names to values", 'write it as "name: value" lines'
    if kind in _BOUNDS:
        return _BOUNDS[kind].format(**context), f"the policy takes no other value for {name}"
    if kind in ("enum", "literal_error"):
        choices = _WORD.findall(str(context.get("expected", "")))
        return f"one of {listed(choices)}", remedy(value.word, choices, "use one of these words")
    if kind == "union_tag_invalid":
        shapes = [_SHAPES.get(tag, tag) for tag in _WORD.findall(str(context.get("expected_tags", "")))]
        return f"{' or '.join(shapes)} for {name}", "write it so"
    family = kind.split("_", 1)[0]
    expected = _EXPECTED.get(family)
    if expected is None:
        said = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        return said[:1].lower() + said[1:], f"the policy takes no other value for {name}"
    return expected, _HINTS.get(family, f"write {expected}").format(name=name)


def _name_of(location: list[str | int], model: type[Section]) -> str:
    """How a message names the value at a location: by the last name on the way to it."""
    names = [str(part) for part in location if isinstance(part, str) and not part.startswith("::") and part != KEY]
    return names[-1] if names else model.what


def _model_at(model: type[Section], location: list[str | int]) -> type[Section]:
    """The innermost model on the way that a location describes."""
    kinds: list[Any] = [model]
    last = model
    for part in location:
        inner = [found for kind in kinds for found in _step(kind, part)]
        kinds = inner or kinds
        last = next((kind for kind in kinds if _is_section(kind)), last)
    return last


def _step(kind: Any, part: str | int) -> Iterator[Any]:
    if _is_section(kind):
        for field in kind.model_fields.values():
            if field.alias == part:
                yield from _members(field.annotation)
        return
    arguments = get_args(kind)
    if get_origin(kind) in (dict, Mapping) or getattr(get_origin(kind), "__name__", "") == "Mapping":
        yield from _members(arguments[1])
    elif get_origin(kind) in (tuple, list):
        yield from _members(arguments[0])


def _members(kind: Any) -> Iterator[Any]:
    """The members of a union, or the type itself, without what only annotates them."""
    arguments = get_args(kind)
    if getattr(kind, "__metadata__", None) is not None:
        yield from _members(arguments[0])
    elif arguments and get_origin(kind) not in (dict, tuple, list, Mapping) and not isinstance(kind, type):
        origin = get_origin(kind)
        if getattr(origin, "__name__", "") == "Mapping":
            yield kind
        else:
            for member in arguments:
                yield from _members(member)
    else:
        yield kind


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)
