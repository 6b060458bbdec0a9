"""The section `assertions`: own codes, what they select, what must be true of it, and examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from gatekeeper.model.assertion.law import FIELDS, PATTERNS, PER, Assertion, Count, Example, Select, What
from gatekeeper.model.assertion.trial import FORM, parse_expectation
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.exception.day import day_number
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import PolicyLine
from gatekeeper.model.status import Status
from gatekeeper.policy.faults import listed, quoted, remedy
from gatekeeper.policy.section import OR_NO_ENTRIES, OR_NO_NAMES, Glob, Regex, Section, fault, one_of
from gatekeeper.policy.source.layer import Entry
from gatekeeper.policy.source.value import KEY, Source

CODE = "^[A-Z]{3,12}[0-9]{1,4}$"
"""An own code; two letters are the families of the shipped rules, those of later versions too."""

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_FIELD = re.compile(r"(?<![\w.])(\w+)\.(\w+)(?!\w|\s*\()")
_COUNTED = ("count", "per", "min", "max")
_HEAD = ("path", "kind", "title", "owner")


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _code(word: str) -> str:
    if re.fullmatch(CODE, word):
        return word
    own = re.match("[A-Z]{2}[0-9]", word)
    hint = (
        "codes of two letters are gatekeeper's own, also those that are still to come: take a word of yours, as ACME001"
    )
    raise fault(
        "read {read} as an own code, expected three to twelve capital letters and a number",
        hint if own else "write it as ACME001",
    )


def _name(word: str, info: ValidationInfo) -> str:
    if not _NAME.fullmatch(word):
        raise fault("read {read} as a name, expected small letters, digits and -", "write it as done-names-evidence")
    return word


def _json_schema(value: object) -> object:
    if isinstance(value, dict | bool):
        return value
    raise fault("read {read} as a JSON Schema, expected a mapping, true or false", "write it as schema: {type: object}")


def _day(value: str) -> str:
    if day_number(value) is None:
        raise fault("read {read} as a day, expected a date such as 2026-02-28", "write year, month and day")
    return value


def _inside(path: str) -> str:
    if not path or any(part in ("", ".", "..") for part in path.split("/")) or any(sign in path for sign in "\\\0:"):
        hint = "write it from the root on, with forward slashes"
        raise fault("read {read}, expected the path of a file inside of the repository", hint)
    return path


def _expected(value: str) -> str:
    if parse_expectation(value) is None:
        raise fault("read {read} as a finding that is expected", f"write it as {FORM}: path, line and code")
    return value


def _said(value: str) -> str:
    if not value.strip():
        raise fault("read {read}, expected words", "write a word, in quotes if need be")
    return " ".join(value.split())


def _one_or_many(entry: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [entry, {"type": "array", "items": entry}]})


_KINDS = tuple(one.value for one in DocumentKind)
_STATUSES = tuple(one.value for one in Status)
_WORDS = {"type": "string", "minLength": 1}

_Kinds = Annotated[
    tuple[Annotated[str, one_of(_KINDS, "a kind of document")], ...],
    BeforeValidator(_several),
    OR_NO_ENTRIES,
    _one_or_many({"enum": list(_KINDS)}),
]
_Statuses = Annotated[
    tuple[Annotated[str, one_of(_STATUSES, "a status")], ...],
    BeforeValidator(_several),
    OR_NO_ENTRIES,
    _one_or_many({"enum": list(_STATUSES)}),
]
_Words = Annotated[tuple[StrictStr, ...], BeforeValidator(_several), OR_NO_ENTRIES, _one_or_many(_WORDS)]
_Globs = Annotated[tuple[Glob, ...], BeforeValidator(_several), OR_NO_ENTRIES, _one_or_many(_WORDS)]


class SelectEntry(Section):
    """Which things an assertion is about; all that is given must hold."""

    what = "select"

    what_: Annotated[str, one_of(What, "what is selected")] = Field(
        default=What.ITEM.value,
        alias="what",
        description="item (the default), document, entry (of a log), evidence or claim.",
        json_schema_extra={"enum": [one.value for one in What]},
    )
    path: _Globs = Field(default=(), description="Gitignore patterns of the documents that are meant.")
    document: _Kinds = Field(default=(), description="Kinds of the documents that are meant.")
    kind: _Words = Field(default=(), description="Kinds of the thing itself, as `gatekeeper parse` tells them.")
    status: _Statuses = Field(default=(), description="Statuses of the item, or of the item that offers the evidence.")
    id: Regex | None = Field(default=None, description="Regular expression (RE2) found somewhere in the id.")
    title: Regex | None = Field(default=None, description="Regular expression (RE2) found somewhere in the title.")
    gate: Regex | None = Field(default=None, description="Regular expression (RE2) found in the name of the gate.")
    owner: Regex | None = Field(default=None, description="Regular expression (RE2) found in the owner's name.")
    parent: Regex | None = Field(default=None, description="Regular expression (RE2) found in the parent's id.")
    target: Regex | None = Field(default=None, description="Regular expression (RE2) found in what evidence names.")
    state: Regex | None = Field(default=None, description="Regular expression (RE2) for found, missing, untracked ...")
    text: Regex | None = Field(default=None, description="Regular expression (RE2) found in the words of a claim.")
    verdict: Regex | None = Field(
        default=None, description="Regular expression (RE2) for verified, asserted or refuted."
    )

    @model_validator(mode="after")
    def _fits(self) -> SelectEntry:
        what = What(self.what_)
        has = {*PATTERNS[what], *(["kind"] if what is not What.ENTRY else [])}
        has |= {"status"} if what in (What.ITEM, What.EVIDENCE) else set()
        for name in self.model_fields_set - {"what_", "path", "document"}:
            if name not in has:
                names = listed(sorted({"path", "document", *has}))
                article = "an" if what.value[0] in "aeiou" else "a"
                raise fault(
                    f"{article} {what.value} has no {quoted(name)} to select by", f"it has {names}", (name, KEY)
                )
        return self

    def build(self) -> Select:
        """What is selected."""
        what = What(self.what_)
        given = {name: getattr(self, name) for name in PATTERNS[what]}
        return Select(
            what=what,
            paths=self.path,
            documents=self.document,
            kinds=self.kind,
            statuses=self.status,
            patterns={name: pattern for name, pattern in given.items() if pattern is not None},
        )


class CountEntry(Section):
    """How many of the selected things there must be."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["min"]}, {"required": ["max"]}]})

    what = "count"

    min: Annotated[StrictInt, Field(ge=0)] | None = Field(default=None, description="How many there must be at least.")
    max: Annotated[StrictInt, Field(ge=0)] | None = Field(default=None, description="How many there may be at most.")
    per: Annotated[str, one_of(PER, "what is counted by")] | None = Field(
        default=None,
        description="Count for each document, gate, owner ... that things of this sort have; without it all together.",
        json_schema_extra={"enum": list(PER)},
    )

    @model_validator(mode="after")
    def _has_bounds(self) -> CountEntry:
        if self.min is None and self.max is None:
            raise fault("the count has no bound", "say min, max, or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise fault(f"min is {self.min} and max is {self.max}, so that nothing fits", "swap them", ("min",))
        return self


class ExampleEntry(Section):
    """Documents, and the findings that they must give."""

    what = "an example"

    name: Annotated[StrictStr, AfterValidator(_said)] = Field(description="What it shows.")
    given: dict[Annotated[str, AfterValidator(_inside)], StrictStr] = Field(
        description="Files by their path, with their text."
    )
    expect: Annotated[tuple[Annotated[StrictStr, AfterValidator(_expected)], ...], OR_NO_ENTRIES] = Field(
        description="Findings, as docs/plan.md:3 ACME001; [] for none."
    )
    today: Annotated[StrictStr, AfterValidator(_day)] | None = Field(
        default=None, description="What counts as today, as 2026-02-28; without it the day of the run."
    )

    def build(self, where: str, only: Iterable[str] = ()) -> Example:
        """The example, which stands at `where`."""
        return Example(self.name, self.given, self.expect, frozenset(only), self.today or "", where)


class AssertionEntry(Section):
    """What must be true of everything that is selected."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": [one]} for one in ("schema", "cel", "count")]})

    what = "an assertion"

    name: Annotated[StrictStr, AfterValidator(_name)] = Field(
        description="Name in kebab case, as done-names-evidence.", json_schema_extra={"pattern": f"^{_NAME.pattern}$"}
    )
    message: StrictStr = Field(
        default="", description="What is said of a thing that it is not true of; {field} becomes what the thing says."
    )
    severity: Annotated[Literal["error", "warning", "note"], one_of(Severity, "a severity")] = Field(
        default="warning", description="How bad it is."
    )
    select: Annotated[SelectEntry, OR_NO_NAMES] = Field(
        default_factory=SelectEntry, description="Which things are meant; without it every item."
    )
    schema_: (
        Annotated[
            dict[str, Any] | StrictBool,
            BeforeValidator(_json_schema),
            WithJsonSchema({"anyOf": [{"type": "object"}, {"type": "boolean"}]}),
        ]
        | None
    ) = Field(
        default=None,
        alias="schema",
        description="JSON Schema (draft 2020-12) that each thing must satisfy; its fields are those of `gatekeeper parse --format json`.",
    )
    cel: Annotated[StrictStr, AfterValidator(_said)] | None = Field(
        default=None,
        description="Expression of CEL that must be true, about `item` (or `document`, `entry`, `evidence`, `claim`) and its `document`.",
    )
    count: CountEntry | None = Field(default=None, description="How many of the selected things there must be.")
    examples: Annotated[tuple[ExampleEntry, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Documents and what they must give; `gatekeeper policy test` runs them."
    )

    @model_validator(mode="after")
    def _demands_something(self) -> AssertionEntry:
        if self.schema_ is None and self.cel is None and self.count is None:
            raise fault("the assertion demands nothing", "add schema, cel or count")
        what = What(self.select.what_)
        known = (*FIELDS[what], *(_COUNTED if self.count else ()))
        for word in _PLACEHOLDER.findall(self.message):
            if word not in known:
                message = f"{{{word}}} in the message is no field of what is selected"
                raise fault(message, remedy(word, known, f"its fields are {listed(known)}"), ("message",))
        if self.cel is not None:
            _check_fields(self.cel, what)
        if isinstance(self.schema_, dict):
            _check_names(self.schema_, what)
        return self

    def build(self, code: str, entry: Entry, file: str) -> Assertion:
        """The assertion of this code; `file` is the policy that adopts it."""
        keys = ("schema", "cel", "select", "count")
        count = None if self.count is None else Count(self.count.min, self.count.max, self.count.per or "")
        return Assertion(
            code=code,
            name=self.name,
            severity=Severity(self.severity),
            select=self.select.build(),
            schema=self.schema_,
            cel=self.cel or "",
            count=count,
            message=self.message,
            examples=tuple(
                one.build(entry.origin(("examples", number)), [code]) for number, one in enumerate(self.examples)
            ),
            where=entry.name.where,
            places={key: entry.origin((key, KEY)) for key in keys},
            file=file,
        )


def _check_fields(expression: str, what: What) -> None:
    """Refuses a field that a thing never has, as in a run each thing would be blamed for it."""
    known = {What.DOCUMENT.value: _HEAD, what.value: FIELDS[what]}
    for name, field in _FIELD.findall(_STRING.sub("''", expression)):
        if name in known and field not in known[name]:
            hint = remedy(field, known[name], f"its fields are {listed(known[name])}")
            raise fault(f"{quoted(name)} has no field {quoted(field)}", hint, ("cel",))


def _check_names(schema: dict[str, Any], what: What) -> None:
    """Refuses a name that a thing never has at the top of a schema: what is said of it would hold of everything, or of nothing."""
    for word in ("properties", "required"):
        names = schema.get(word)
        for name in names if isinstance(names, dict | list) else ():
            if isinstance(name, str) and name not in FIELDS[what]:
                article = "an" if what.value[0] in "aeiou" else "a"
                hint = remedy(name, FIELDS[what], f"its fields are {listed(FIELDS[what])}")
                at = ("schema", word, name, KEY) if isinstance(names, dict) else ("schema", word)
                raise fault(f"{article} {what.value} has no field {quoted(name)}", hint, at)


def _codes(entries: dict[str, AssertionEntry], info: ValidationInfo) -> dict[str, AssertionEntry]:
    known: Mapping[str, str] = (info.context or {}).get(SHIPPED) or {}
    seen: dict[str, str] = {name: code for code, name in known.items()}
    for code, entry in entries.items():
        owner = seen.setdefault(entry.name, code)
        if owner != code:
            message = f"{quoted(entry.name)} is the name of {owner} already"
            raise fault(message, "give it a name of its own", (code, "name"))
    return entries


SHIPPED = "shipped"
"""In the context of a reading: code -> name of the shipped rules."""

Assertions = Annotated[dict[Annotated[str, AfterValidator(_code)], AssertionEntry], OR_NO_NAMES, AfterValidator(_codes)]
"""Assertions by code."""


def own_codes(sources: Iterable[Source]) -> dict[str, str]:
    """Code -> name of the assertions that sources write down, valid or not; what has no name goes by its code."""
    found: dict[str, str] = {}
    for source in sources:
        section = source.root and source.root.find("assertions")
        for code, _, value in section.named() if section else ():
            name = value.find("name")
            found[code] = name.word if name and name.word else code
    return found


def build_assertions(entries: Sequence[Entry], file: str) -> tuple[Assertion, ...]:
    """The assertions by code; `file` is the policy that adopts them."""
    made = []
    for entry in entries:
        assert isinstance(entry.model, AssertionEntry)
        made.append(entry.model.build(entry.word, entry, file))
    return tuple(sorted(made, key=lambda one: one.code))


def assertion_lines(entries: Sequence[Entry]) -> Iterable[PolicyLine]:
    """What `policy show` tells of them: everything but the examples, which are no law."""
    for entry in entries:
        value = entry.value.plain()
        assert isinstance(value, dict)
        law = {name: one for name, one in value.items() if name != "examples"}
        yield PolicyLine(("assertions", entry.word), law, entry.name.where)
