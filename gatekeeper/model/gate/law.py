"""What the law wants of a gate."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gatekeeper.model.assertion.law import Select


class Named(Struct, frozen=True):
    """A word of the law, and where it stands ("path:line:column")."""

    word: str
    where: str


class PackLaw(Struct, frozen=True):
    """A document that must be filled in.

    Attributes:
        path: path or glob of tracked documents.
        sections: titles of sections that must be there and hold something.
        sign_offs: whether it must hold sign-offs, all of them given; those that it has must be given in any case.
    """

    path: Named
    sections: tuple[Named, ...] = ()
    sign_offs: bool = False


class ScopeLaw(Struct, frozen=True):
    """How many findings may be active in a part of the tree.

    Attributes:
        paths: gitignore patterns; none for the whole tree.
        errors: how many at most; likewise warnings, None for any number.
    """

    where: str
    paths: tuple[str, ...] = ()
    errors: int = 0
    warnings: int | None = None


class ArtifactLaw(Struct, frozen=True):
    """A report that a machine made.

    Attributes:
        path: path or glob; what is not tracked must be something that the ignore rules name, as a run makes it.
        max_age_days: how many days it counts; None for no end.
        same_commit: whether it must name the commit that is checked out.
        failures: how many tests may have failed; None where nobody asks.
        coverage: percent of lines that must be covered at least; None where nobody asks.
        results: how many results a list of findings (SARIF) may have; None where nobody asks.
        values: dotted path of a value of JSON, and what it must be.
    """

    path: Named
    max_age_days: int | None = None
    same_commit: bool = False
    failures: int | None = None
    coverage: float | None = None
    results: int | None = None
    values: Mapping[str, str | int | float] = field(default_factory=dict)


class ApprovalLaw(Struct, frozen=True):
    """A sign-off.

    Attributes:
        role: who must sign, a role or a name as the document writes it.
        path: the document in which they sign; None for any document of the gate.
    """

    role: Named
    path: Named | None = None


class GateLaw(Struct, frozen=True):
    """What the law says of a gate; what it asks of one kind stands in place of what documents bring of that kind.

    Attributes:
        name: the policy's name for it.
        aliases: names that documents use.
        unit: the unit of work that it closes ("Sprint 4"); None without one.
        owner: "" when nobody is named.
        items: ids or units that must be done.
        select: selectors of items that must be done, each with its place.
        evidence: place of the line that asks for evidence; "" where the law leaves that to documents.
        packs: documents that must be filled in.
        criteria: `path` or `path#heading`, whose boxes must be ticked.
        contracts: names of contracts that must be met.
        findings: how many findings may be active where.
        artifacts: reports that machines make.
        approvals: who must sign.
        where: "path:line:column" of its name.
    """

    name: str
    where: str
    aliases: tuple[str, ...] = ()
    unit: Named | None = None
    owner: str = ""
    items: tuple[Named, ...] = ()
    select: tuple[tuple[Select, str], ...] = ()
    evidence: str = ""
    packs: tuple[PackLaw, ...] = ()
    criteria: tuple[Named, ...] = ()
    contracts: tuple[Named, ...] = ()
    findings: ScopeLaw | None = None
    artifacts: tuple[ArtifactLaw, ...] = ()
    approvals: tuple[ApprovalLaw, ...] = ()

    @property
    def has_requirements(self) -> bool:
        """Whether it asks for anything itself."""
        asked = (self.items, self.select, self.evidence, self.packs, self.criteria, self.contracts, self.artifacts)
        return any(asked) or self.findings is not None or bool(self.approvals)
