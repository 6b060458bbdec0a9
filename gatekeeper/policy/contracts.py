"""The section `contracts`: what files must say. Each entry takes facts out of a file and names what they must satisfy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    Tag,
    WithJsonSchema,
    model_validator,
)

from gatekeeper.model.contract.law import (
    CONTRACT_RULES,
    EVERYWHERE,
    Contract,
    Direction,
    Extractor,
    PathBase,
    Selector,
    Tightening,
)
from gatekeeper.model.finding import Severity
from gatekeeper.policy.section import BY_SHAPE, MAPPING, OR_NO_NAMES, SCALAR, Section, fault, one_of
from gatekeeper.policy.source.layer import Entry

_LEVELS = {"enum": [EVERYWHERE, *range(1, 7)]}
_BASES = {"enum": [True, "root", "beside"]}
_PATH_EXISTS = {True: PathBase.ROOT, "root": PathBase.ROOT, "beside": PathBase.BESIDE}


def _pointer(value: str) -> str:
    if value and not value.startswith("/"):
        raise fault("read {read} as a JSON pointer, expected one that begins with /", "write it as /limits/rate")
    return value


def _relative(value: str) -> str:
    if value.startswith(("/", "../", "./")) or "\\" in value or "/../" in value or "\0" in value:
        raise fault("read {read}, expected a path from the root of the repository", "write it without ./ and ../")
    return value


def _level(value: object) -> object:
    if value == EVERYWHERE or (type(value) is int and 1 <= value <= 6):
        return str(value)
    raise fault('read {read} as the headings that are meant, expected "*" or a level from 1 to 6', 'write "*"')


def _base(value: object) -> object:
    if value is True or value in ("root", "beside"):
        return _PATH_EXISTS[value]
    raise fault("read {read} as what paths are relative to, expected true, root or beside", "write true")


def _json_schema(value: object) -> object:
    if isinstance(value, dict | bool):
        return value
    raise fault("read {read} as a JSON Schema, expected a mapping, true or false", "write it as schema: {type: object}")


def _one_pair(value: dict[str, Any]) -> dict[str, Any]:
    if len(value) != 1:
        raise fault("expected one key with its value in each entry", "write a line of its own for each key")
    return value


Name = StrictStr
FilePath = Annotated[StrictStr, AfterValidator(_relative)]
Plain = StrictStr | StrictBool | StrictInt | StrictFloat
Wanted = Annotated[
    Annotated[Plain, Tag(SCALAR)] | Annotated[dict[str, Plain], AfterValidator(_one_pair), Tag(MAPPING)], BY_SHAPE
]
_OWN_WORDS = {"list_": "list", "schema_": "schema"}


class SelectorEntry(Section):
    """A file, and what of it is meant: one of `data`, `constant`, `union`, `strings`, `sections`, `list`, `table`."""

    what = "a place"

    file: FilePath = Field(
        description="Path or glob from the root of the repository; an empty one, or an empty name below, takes the entry out of force."
    )
    data: Annotated[StrictStr, AfterValidator(_pointer)] | None = Field(
        default=None, description="JSON pointer into a JSON, YAML or TOML file; * stands for every key or index."
    )
    constant: Name | None = Field(
        default=None,
        description="Name of a constant in TypeScript, JavaScript or Python, with dots for what lies in it.",
    )
    union: Name | None = Field(
        default=None,
        description="Name of a union of strings: a type, z.enum, Literal, an enum, a list, or Interface.property.",
    )
    strings: Name | None = Field(
        default=None, description='Every string in a declaration of source code; "*" for the whole file.'
    )
    sections: Annotated[StrictStr, BeforeValidator(_level), WithJsonSchema(_LEVELS)] | None = Field(
        default=None, description='Headings of a Markdown page: "*" for all, or those of one level from 1 to 6.'
    )
    list_: Name | None = Field(
        default=None, alias="list", description="Title of a section of a Markdown page; its list items are meant."
    )
    table: Name | None = Field(
        default=None, description="Title of a section of a Markdown page; the rows of its table are meant."
    )
    column: Name | None = Field(default=None, description="Beside table: the one column that is meant.")

    @model_validator(mode="after")
    def _names_one(self) -> SelectorEntry:
        given = [kind.value for kind in Extractor if self._word(kind) is not None]
        choices = ", ".join(kind.value for kind in Extractor)
        if len(given) != 1:
            read = " and ".join(f'"{word}"' for word in given) or "none"
            raise fault(f"expected one of {choices}, read {read}", "say what is taken out of the file, once")
        if self.column is not None and self.table is None:
            raise fault('"column" needs a "table"', "name the section of the table", ("column",))
        return self

    def _word(self, kind: Extractor) -> str | None:
        field = {word: name for name, word in _OWN_WORDS.items()}.get(kind.value, kind.value)
        word: str | None = getattr(self, field)
        return word

    @property
    def is_meant(self) -> bool:
        """Whether it names a file and what of it is meant; a pack's parameters may leave both empty."""
        return bool(self.file) and all(self._word(kind) != "" or kind is Extractor.DATA for kind in Extractor)

    def selector(self) -> Selector:
        """What the entry means."""
        kind = next(kind for kind in Extractor if self._word(kind) is not None)
        return Selector(self.file, kind, self._word(kind) or "", self.column or "")


class TightensEntry(Section):
    """Thresholds that never loosen from row to row."""

    what = "tightens"

    columns: Annotated[dict[Name, Annotated[Literal["up", "down"], one_of(Direction, "a direction")]], OR_NO_NAMES] = (
        Field(
            default={},
            description="Columns and which way each becomes stricter, up or down; without any, every column with signs (>=, <=).",
        )
    )

    def build(self) -> Tightening:
        """The demand."""
        return Tightening({name: Direction(way) for name, way in self.columns.items()})


class ContractEntry(SelectorEntry):
    """What a file must say: the facts that are taken out of it, and at least one demand."""

    what = "a contract"

    rule: Annotated[str, one_of(CONTRACT_RULES, "the rule of a contract")] = Field(
        default=CONTRACT_RULES[0], description="Code of the rule whose finding a broken contract is."
    )
    schema_: Annotated[dict[str, Any] | StrictBool, BeforeValidator(_json_schema)] | None = Field(
        default=None,
        alias="schema",
        description="JSON Schema (draft 2020-12) that the facts must satisfy; references inside of it only, patterns of RE2.",
    )
    includes: tuple[Wanted, ...] | None = Field(
        default=None,
        description="Values that must be among the facts; for a mapping keys, or `key: value` pairs.",
    )
    path_exists: Annotated[PathBase, BeforeValidator(_base), WithJsonSchema(_BASES)] | None = Field(
        default=None,
        description="Every fact is a path to something tracked: true or root for paths from the root, beside for paths from the file's folder.",
    )
    tightens: TightensEntry | None = Field(
        default=None, description="Beside table: thresholds that never loosen from one row to the next."
    )
    same_as: Annotated[tuple[SelectorEntry, ...], Field(min_length=1)] | None = Field(
        default=None, description="Other places that must hold the same set of values."
    )
    within: Annotated[tuple[SelectorEntry, ...], Field(min_length=1)] | None = Field(
        default=None, description="Other places; every value must stand in one of them."
    )
    message: StrictStr = Field(
        default="", description="What is said to whoever breaks it, in place of the rule's remedy."
    )
    severity: Annotated[Literal["error", "warning", "note"], one_of(Severity, "a severity")] | None = Field(
        default=None, description="How bad it is; without it as bad as the rule is."
    )

    @model_validator(mode="after")
    def _demands_something(self) -> ContractEntry:
        demands = (self.schema_, self.includes, self.path_exists, self.tightens, self.same_as, self.within)
        if all(demand is None for demand in demands):
            names = "schema, includes, path-exists, tightens, same-as, within"
            raise fault("the contract demands nothing", f"add one of {names}")
        if self.tightens is not None and (self.table is None or self.column is not None):
            raise fault(
                '"tightens" needs a "table" with all its columns', "name the section of the table", ("tightens",)
            )
        return self

    def build(self, name: str, where: str) -> Contract | None:
        """The contract, which stands at `where` ("path:line:column"); None where it leaves its file, name or demands empty."""
        same = tuple(entry.selector() for entry in self.same_as or () if entry.is_meant)
        within = tuple(entry.selector() for entry in self.within or () if entry.is_meant)
        plain = (self.schema_, self.includes or None, self.path_exists, self.tightens)
        if not self.is_meant or not (same or within or any(demand is not None for demand in plain)):
            return None
        return Contract(
            name=name,
            selector=self.selector(),
            rule=self.rule,
            schema=self.schema_,
            includes=tuple(_wanted(one) for one in self.includes or ()),
            path_exists=self.path_exists,
            tightens=None if self.tightens is None else self.tightens.build(),
            same_as=same,
            within=within,
            message=self.message,
            severity=self.severity and Severity(self.severity),
            where=where,
        )


def _wanted(value: Any) -> Any:
    """A value that must be there, or a key with its value."""
    return next(iter(value.items())) if isinstance(value, dict) else value


Contracts = Annotated[dict[str, ContractEntry], OR_NO_NAMES]
"""Contracts by name."""


def iter_contracts(entries: Iterable[Entry]) -> Iterator[Contract]:
    """The contracts that are in force."""
    for entry in entries:
        assert isinstance(entry.model, ContractEntry)
        contract = entry.model.build(entry.word, entry.name.where)
        if contract is not None:
            yield contract
