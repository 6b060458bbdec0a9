"""The section `gates`: checkpoints in their order, and what each needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    Tag,
)

from gatekeeper.model.gate.law import ApprovalLaw, ArtifactLaw, GateLaw, Named, PackLaw, ScopeLaw
from gatekeeper.policy.assertion.section import SelectEntry
from gatekeeper.policy.faults import Faults, quoted, remedy
from gatekeeper.policy.section import BY_SHAPE, MAPPING, OR_NO_ENTRIES, OR_NO_NAMES, SCALAR, Glob, Section, fault
from gatekeeper.policy.source.layer import Entry, Layer
from gatekeeper.policy.source.value import KEY, Origin


def _relative(value: str) -> str:
    if not value.strip() or value.startswith(("/", "../", "./")) or "\\" in value or "/../" in value or "\0" in value:
        raise fault("read {read}, expected a path from the root of the repository", "write it without ./ and ../")
    return value


def _said(value: str) -> str:
    if not value.strip():
        raise fault("read {read}, expected words", "write a word, in quotes if need be")
    return " ".join(value.split())


Words = Annotated[StrictStr, AfterValidator(_said)]
FilePath = Annotated[StrictStr, AfterValidator(_relative)]
Count = Annotated[StrictInt, Field(ge=0)]


class PackEntry(Section):
    """A document that must be filled in."""

    what = "a pack"

    path: FilePath = Field(description="Path or glob of tracked documents.")
    sections: Annotated[tuple[Words, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Titles of sections that must be there and hold something."
    )
    sign_offs: StrictBool = Field(default=False, description="Whether it must hold sign-offs, all of them given.")


class FindingsEntry(Section):
    """How many findings may be active, and where."""

    what = "findings"

    paths: Annotated[tuple[Glob, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Gitignore patterns of what is meant; without any, the whole repository."
    )
    errors: Count = Field(default=0, description="How many errors at most.")
    warnings: Count | None = Field(default=None, description="How many warnings at most; without it any number.")


class ArtifactEntry(Section):
    """A report that a machine made: JUnit, Cobertura, LCOV, SARIF or JSON."""

    what = "an artifact"

    path: FilePath = Field(description="Path or glob. What is not tracked must be something that .gitignore names.")
    max_age_days: Annotated[StrictInt, Field(ge=0, le=3650)] | None = Field(
        default=None, description="How many days it counts, from the day that it gives or its last commit on."
    )
    same_commit: StrictBool = Field(default=False, description="Whether it must name the commit that is checked out.")
    failures: Count | None = Field(default=None, description="How many tests may have failed.")
    coverage: Annotated[StrictInt | StrictFloat, Field(ge=0, le=100)] | None = Field(
        default=None, description="Percent of the lines that must be covered at least."
    )
    results: Count | None = Field(default=None, description="How many results a list of findings (SARIF) may have.")
    values: Annotated[dict[str, StrictStr | StrictInt | StrictFloat], OR_NO_NAMES] = Field(
        default={}, description="Dotted paths of a JSON report, and the value that each must have."
    )


class ApprovalEntry(Section):
    """A sign-off."""

    what = "an approval"

    role: Words = Field(description="Who must sign: a role or a name, as the document writes it.")
    in_: FilePath | None = Field(
        default=None, alias="in", description="The document in which they sign; without it any of the gate's."
    )


_Item = Annotated[Annotated[Words, Tag(SCALAR)] | Annotated[SelectEntry, Tag(MAPPING)], BY_SHAPE]
_Pack = Annotated[Annotated[FilePath, Tag(SCALAR)] | Annotated[PackEntry, Tag(MAPPING)], BY_SHAPE]
_Artifact = Annotated[Annotated[FilePath, Tag(SCALAR)] | Annotated[ArtifactEntry, Tag(MAPPING)], BY_SHAPE]
_Approval = Annotated[Annotated[Words, Tag(SCALAR)] | Annotated[ApprovalEntry, Tag(MAPPING)], BY_SHAPE]


class RequiresEntry(Section):
    """What a gate needs."""

    what = "requires"

    items: Annotated[tuple[_Item, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Ids of items, units of work, or selectors of items; all that is meant must be done."
    )
    evidence: StrictBool = Field(
        default=False,
        description="Whether the items must offer evidence that is found; what they offer must be anyway.",
    )
    packs: Annotated[tuple[_Pack, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Documents without blank places, with their sections, and with every sign-off given."
    )
    criteria: Annotated[tuple[FilePath, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Documents or sections (path#heading) in which every box must be ticked."
    )
    contracts: Annotated[tuple[Words, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Names of contracts that must be met."
    )
    findings: FindingsEntry | None = Field(default=None, description="How many findings may be active.")
    artifacts: Annotated[tuple[_Artifact, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Reports that machines make."
    )
    approvals: Annotated[tuple[_Approval, ...], OR_NO_ENTRIES] = Field(default=(), description="Who must sign.")


class GateEntry(Section):
    """A checkpoint: how documents call it, and what it needs."""

    what = "a gate"

    aliases: Annotated[tuple[Words, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Names by which documents call it."
    )
    unit: Words | None = Field(default=None, description="The unit of work that it closes, such as Sprint 4.")
    owner: Words | None = Field(default=None, description="Who answers for it.")
    requires: Annotated[RequiresEntry, OR_NO_NAMES] = Field(
        default=RequiresEntry(),
        description="What it needs; what stands here of one kind takes the place of what documents bring of that kind.",
    )

    def build(self, name: str, origin: Origin, where: str) -> GateLaw:
        """What the entry means; `where` is the place of its name."""
        asked = self.requires

        def named(word: str, *at: str | int) -> Named:
            return Named(word, origin(at))

        def needs(*at: str | int) -> str:
            return origin(("requires", *at))

        def each(part: str, values: Iterable[Any]) -> Iterator[tuple[Any, str]]:
            return ((value, needs(part, number)) for number, value in enumerate(values))

        return GateLaw(
            name=name,
            where=where,
            aliases=self.aliases,
            unit=None if self.unit is None else named(self.unit, "unit"),
            owner=self.owner or "",
            items=tuple(Named(one, at) for one, at in each("items", asked.items) if isinstance(one, str)),
            select=tuple((one.build(), at) for one, at in each("items", asked.items) if not isinstance(one, str)),
            evidence=needs("evidence") if asked.evidence else "",
            packs=tuple(_pack(one, at) for one, at in each("packs", asked.packs)),
            criteria=tuple(Named(one, at) for one, at in each("criteria", asked.criteria)),
            contracts=tuple(Named(one, at) for one, at in each("contracts", asked.contracts)),
            findings=None if asked.findings is None else _scope(asked.findings, needs("findings")),
            artifacts=tuple(_artifact(one, at) for one, at in each("artifacts", asked.artifacts)),
            approvals=tuple(_approval(one, at) for one, at in each("approvals", asked.approvals)),
        )


def _pack(one: str | PackEntry, where: str) -> PackLaw:
    if isinstance(one, str):
        return PackLaw(Named(one, where))
    return PackLaw(Named(one.path, where), tuple(Named(title, where) for title in one.sections), one.sign_offs)


def _scope(one: FindingsEntry, where: str) -> ScopeLaw:
    return ScopeLaw(where, one.paths, one.errors, one.warnings)


def _artifact(one: str | ArtifactEntry, where: str) -> ArtifactLaw:
    if isinstance(one, str):
        return ArtifactLaw(Named(one, where))
    coverage = None if one.coverage is None else float(one.coverage)
    return ArtifactLaw(
        Named(one.path, where), one.max_age_days, one.same_commit, one.failures, coverage, one.results, one.values
    )


def _approval(one: str | ApprovalEntry, where: str) -> ApprovalLaw:
    if isinstance(one, str):
        return ApprovalLaw(Named(one, where))
    return ApprovalLaw(Named(one.role, where), None if one.in_ is None else Named(one.in_, where))


def _one_name(gates: dict[str, GateEntry]) -> dict[str, GateEntry]:
    """Names and aliases that mean one gate each."""
    seen: dict[str, str] = {}
    for name, gate in gates.items():
        for word in (name, *gate.aliases):
            known = seen.setdefault(" ".join(word.split()).casefold(), name)
            if known != name:
                message = f"{quoted(word)} is also a name of the gate {quoted(known)}"
                raise fault(message, "give each gate names of its own", (name, KEY))
    return gates


Gates = Annotated[dict[str, GateEntry], OR_NO_NAMES, AfterValidator(_one_name)]
"""Gates by name, in their order."""


def iter_gates(entries: Iterable[Entry]) -> Iterator[GateLaw]:
    """The gates of the law, in its order."""
    for entry in entries:
        assert isinstance(entry.model, GateEntry)
        yield entry.model.build(entry.word, entry.origin, entry.name.where)


def check_contract_names(layers: Sequence[Layer], faults: Faults) -> None:
    """Notes every contract that a gate names and no layer has."""
    known = [entry.word for layer in layers for entry in layer.entries("contracts")]
    for layer in layers:
        for entry in layer.entries("gates"):
            assert isinstance(entry.model, GateEntry)
            for number, name in enumerate(entry.model.requires.contracts):
                if name not in known:
                    hint = remedy(name, known, "name one of the section `contracts`")
                    faults.add(
                        entry.value.at(("requires", "contracts", number)), f"there is no contract {quoted(name)}", hint
                    )
