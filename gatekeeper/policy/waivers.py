"""The file that lists waivers, and the sections of a policy that speak of exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from msgspec.structs import replace
from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, model_validator

from gatekeeper.model.data import DataKind
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.exception.waiver import DAYS_LIMIT, Baseline, FaultKind, Waiver, WaiverFault, WaiverLaw
from gatekeeper.model.fault import Fault
from gatekeeper.model.finding import Location
from gatekeeper.model.report import PolicyLine
from gatekeeper.model.text import Position, SourceText
from gatekeeper.policy.faults import Faults, shown
from gatekeeper.policy.rules import RuleName
from gatekeeper.policy.section import Section, fault
from gatekeeper.policy.source.layer import Layer
from gatekeeper.policy.source.value import Value
from gatekeeper.policy.source.wording import read_model
from gatekeeper.policy.terms import Terms

_SCOPE = ("path", "item", "gate")


def _inside(path: str) -> str:
    if any(part in ("", ".", "..") for part in path.split("/")) or any(sign in path for sign in "\\\0:"):
        raise fault(
            "read {read}, expected the path of a file inside of the repository",
            "write it from the root on, with forward slashes",
        )
    return path


def _said(text: str) -> str:
    if not text.strip():
        raise fault("read {read}, expected words", "write a word, in quotes if need be")
    return " ".join(text.split())


FilePath = Annotated[StrictStr, AfterValidator(_inside)]
Words = Annotated[StrictStr, AfterValidator(_said)]


class WaiversSection(Section):
    """What the policy asks of waivers."""

    what = "waivers"

    file: FilePath = Field(default="waivers.yml", description="Path of the file that lists the waivers.")
    max_days: Annotated[StrictInt, Field(ge=1)] = Field(
        default=DAYS_LIMIT, description="How many days from today a waiver may run at most."
    )
    unwaivable: tuple[RuleName, ...] = Field(default=(), description="Rules that cannot be waived, by code or name.")
    require_ticket: StrictBool = Field(default=False, description="Whether each waiver must name a ticket.")
    require_approver: StrictBool = Field(default=False, description="Whether each waiver must name who approved it.")


class BaselineSection(Section):
    """Where the accepted past findings stand."""

    what = "baseline"

    file: FilePath = Field(default=Baseline().path, description="Path of the file that `gatekeeper baseline` writes.")


class WaiverEntry(Section):
    """One waiver of the file."""

    what = "the waiver"

    rule: Words = Field(description="Code or name of the rule.")
    path: Words | None = Field(default=None, description="Gitignore pattern of the documents that it covers.")
    item: Words | None = Field(
        default=None,
        description="Id of the item that it covers, with what is indented below it or stands under its heading.",
    )
    gate: Words | None = Field(default=None, description="Name or id of the gate that it covers.")
    reason: Words = Field(description="Why the finding is accepted for now.")
    owner: Words = Field(description="Who sees to it that the finding is mended.")
    author: Words | None = Field(default=None, description="Who asked for the waiver, where that is not its owner.")
    approved_by: Words | None = Field(
        default=None, description="Who approved it; neither its author nor, without one, its owner."
    )
    ticket: Words | None = Field(default=None, description="Where the mending is tracked.")
    expires: Words | None = Field(default=None, description="The last day on which it holds, as 2026-12-31.")

    @model_validator(mode="after")
    def _has_scope(self) -> WaiverEntry:
        if not any((self.path, self.item, self.gate)):
            message = f"the waiver has no scope, expected at least one of {', '.join(_SCOPE)}"
            raise fault(message, "say what it covers: a rule cannot be waived everywhere")
        return self


def merge_waivers(layers: Iterable[Layer], codes: dict[str, str]) -> tuple[WaiverLaw, tuple[PolicyLine, ...]]:
    """What all layers ask of waivers, later ones over earlier ones, with its places; rules that cannot be waived add up."""
    lines = _merge(layers, "waivers")
    rules = [rule for layer in layers for rule in layer.model.waivers.unwaivable]  # type: ignore[attr-defined]
    values = {str(line.path[1]).replace("-", "_"): line.value for line in lines}
    values["unwaivable"] = frozenset(codes.get(rule, rule) for rule in rules)
    return WaiverLaw(**values), lines  # type: ignore[arg-type]  # the section's model has checked each


def merge_baseline(layers: Iterable[Layer]) -> tuple[str, tuple[PolicyLine, ...]]:
    """The path of the baseline as the last layer that names one says, with its place."""
    lines = _merge(layers, "baseline")
    return (str(lines[-1].value) if lines else Baseline().path), lines


def _merge(layers: Iterable[Layer], section: str) -> tuple[PolicyLine, ...]:
    found: dict[str, PolicyLine] = {}
    for layer in layers:
        value, model = layer.root.find(section), getattr(layer.model, section)
        for word, name, _ in value.named() if value else ():
            found[word] = PolicyLine((section, word), getattr(model, word.replace("-", "_")), name.where)
    return tuple(found.values())


def waivers_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file, for editors."""
    entry = WaiverEntry.model_json_schema()
    for name, described in entry["properties"].items():
        # An id may look like a number; it is taken as it is written.
        kind = ["string", "integer"] if name in ("item", "gate", "ticket") else "string"
        entry["properties"][name] = {"type": kind, "minLength": 1, "description": described["description"]}
    entry.pop("title")
    entry["anyOf"] = [{"required": [name]} for name in _SCOPE]
    entry["required"] = [*entry["required"], "expires"]
    listed = {"type": "array", "items": {"$ref": "#/$defs/Waiver"}}
    named = {"waivers": {**listed, "description": "The waivers."}}
    whole = {"type": "object", "properties": named, "required": ["waivers"], "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Waivers: findings that are accepted for a time",
        "anyOf": [listed, whole],
        "$defs": {"Waiver": entry},
    }


def read_waivers(source: SourceText, root: Value | None, terms: Terms) -> Iterator[Waiver | WaiverFault]:
    """The waivers of a file in file order, and what is wrong with the others; none in an empty file.

    The file is a list, or a mapping whose one key `waivers` holds it.
    """
    if root is not None and [word for word, _, _ in root.named()] == ["waivers"]:
        root = root.find("waivers")
    if root is None or root.kind is DataKind.NULL:
        return
    if root.kind is not DataKind.SEQUENCE:
        told = Fault(root.where, f"read {shown(root)}, expected a list of waivers", "begin each with `- rule:`")
        yield _malformed(source, told, "the list")
        return
    for number, entry in enumerate(root.entries, 1):
        yield _read(source, entry, number, terms)


def _read(source: SourceText, value: Value, number: int, terms: Terms) -> Waiver | WaiverFault:
    if value.kind is not DataKind.MAPPING:
        told = Fault(value.where, f"read {shown(value)}, expected a waiver, a mapping", "begin it with `- rule:`")
        return _malformed(source, told, f"waiver {number}")
    faults = Faults()
    entry = read_model(WaiverEntry, _as_written(value), faults)
    if entry is None:
        return _malformed(source, _first(faults, value), f"waiver {number}")
    given: dict[str, Any] = {name: text or "" for name, text in entry.model_dump().items()}
    code = given.pop("rule")
    waiver = Waiver(code=code, location=_location(source, value.where), **given)
    return terms.accept(waiver, lambda term: _location(source, (value.find(term) or value).where))


def _as_written(value: Value) -> Value:
    """The entry with its scalars as words, so that ids and dates stay as their author wrote them."""
    words = (DataKind.NUMBER, DataKind.BOOLEAN)
    pairs = (
        (name, replace(inner, kind=DataKind.STRING, scalar=inner.word) if inner.kind in words else inner)
        for name, inner in value.pairs
    )
    return replace(value, pairs=tuple(pairs))


def _first(faults: Faults, value: Value) -> Fault:
    """The fault to tell: a slip in a key or a value before what is missing because of it."""
    try:
        faults.settle()
    except PolicyError as error:
        return next((one for one in error.faults if one.where != value.where), error.faults[0])
    raise AssertionError("a waiver without faults was not read")


def _malformed(source: SourceText, told: Fault, subject: str) -> WaiverFault:
    return WaiverFault(FaultKind.MALFORMED, _location(source, told.where), told.message, told.hint, subject)


def _location(source: SourceText, where: str) -> Location:
    """A place with the rest of its line."""
    _, line, column = where.rsplit(":", 2)
    excerpt = source.slice(source.line_span(int(line)))
    start = Position(int(line), int(column))
    return Location(source.path, start, Position(start.line, max(start.column, len(excerpt.rstrip()) + 1)), excerpt)
