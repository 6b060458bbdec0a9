"""The demand `schema`: each objection of the judge at its place, in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gatekeeper.link.contract.demand.judge import COMPUTED, Objection, TooCostlyError, object_to
from gatekeeper.link.contract.facts import Facts
from gatekeeper.model.contract.fact import Violation, ViolationKind
from gatekeeper.model.contract.law import Contract
from gatekeeper.model.data import DataKind, DataNode

_KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "a string",
}
_BOUNDS = {
    "exclusiveMaximum": "less than {}",
    "exclusiveMinimum": "more than {}",
    "maxItems": "at most {} entries",
    "maxLength": "at most {} characters",
    "maximum": "at most {}",
    "minItems": "at least {} entries",
    "minLength": "at least {} characters",
    "minimum": "at least {}",
    "multipleOf": "a multiple of {}",
    "pattern": "a match of `{}`",
}
_SHOWN_LIMIT = 80


def check_schema(contract: Contract, facts: Facts) -> Iterator[Violation]:
    """Everything that the contract's schema has against the facts."""
    if contract.schema is None:
        return
    try:
        objections = object_to(contract.schema, facts.node)
    except TooCostlyError:
        message = f"{facts.name} cannot be judged: the schema asks for too many steps"
        yield facts.violation(ViolationKind.UNJUDGED, message, "make the schema simpler", facts.node.span, "schema")
        return
    for objection in objections:
        yield _violation(facts, objection)


def _violation(facts: Facts, objection: Objection) -> Violation:
    node = _at(facts.node, objection.path)
    label = _label(facts, objection.path)
    subject = ".".join(str(part) for part in (*objection.path, objection.subject) if part != "")
    if objection.word == COMPUTED:
        return facts.unjudged(node, label, subject or facts.subject)
    if objection.word in ("required", "dependentRequired"):
        message = f"{label} has no `{objection.subject}`"
        return facts.broken(message, f"add `{objection.subject}`", node.span, subject)
    if objection.word == "additionalProperties":
        key = next((key for key, _ in node.pairs if key.scalar == objection.subject), node)
        message = f"{label} has `{objection.subject}`, which the contract does not know"
        return facts.broken(message, f"remove `{objection.subject}`", key.span, subject)
    expected = expected_of(objection)
    message = f"{label} is {shown(node)}, expected {expected}"
    return facts.broken(message, f"make it {expected}", node.span, subject or facts.subject)


def expected_of(objection: Objection) -> str:
    """What a schema asks for where it objects, in words."""
    word, value = objection.word, objection.value
    if word == "type":
        return " or ".join(_KINDS.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))
    if word in _BOUNDS:
        return _BOUNDS[word].format(short(value) if word != "pattern" else str(value)[:_SHOWN_LIMIT])
    if word == "const":
        return short(value)
    if word == "enum" and isinstance(value, list):
        return f"one of {', '.join(short(one) for one in value[:12])}" + (" ..." if len(value) > 12 else "")
    return f"what the schema's `{word}` asks for: {' '.join(objection.text.split())[:_SHOWN_LIMIT]}"


def _at(node: DataNode, path: tuple[str | int, ...]) -> DataNode:
    """The value at a path; the last one on the way where it ends early."""
    for part in path:
        if isinstance(part, int):
            known = [entry for entry in node.entries if not entry.is_many]
            node = known[part] if part < len(known) else node
        else:
            node = node.find(part) or node
    return node


def _label(facts: Facts, path: tuple[str | int, ...]) -> str:
    """How a message names a value: by its way from the facts on."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
    return f"`{words}`" if words else facts.name


def shown(node: DataNode) -> str:
    """A value as a message quotes it: short, on one line."""
    if node.kind is DataKind.MAPPING:
        return f"a mapping of {len(node.pairs)} keys"
    if node.kind is DataKind.SEQUENCE:
        return f"a list of {len(node.entries)} entries"
    return str(node.scalar) if node.kind is DataKind.COMPUTED else short(node.scalar)


def short(value: Any) -> str:
    """A plain value as a message quotes it: JSON in backticks, cut to a length."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return f"`{text}`" if len(text) <= _SHOWN_LIMIT else f"`{text[: _SHOWN_LIMIT - 3]}...`"
