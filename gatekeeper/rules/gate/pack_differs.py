"""GA012."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.project import EvidenceFact, EvidenceState, Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import ProjectRule, quoted


class PackDiffers(ProjectRule):
    """A gate offers the evidence pack of another gate, and none of its own.

    ## Why it matters

    A row that was copied keeps the pack of the row above it. Then one gate is proven twice and the other not at all. A pack belongs to the gate that its title
    names, where areas have gates of one name to the nearest; one that names several, or none, belongs to nobody and is no matter here. A row that offers its
    own pack beside that of another is left alone, and so is one that offers the pack of a gate of the same name.

    ## Bad

    ```md path=docs/gates.md
    | Sprint | Gate | Status | Evidence |
    |---|---|---|---|
    | 01 | Hull gate | Done | `docs/hull-pack.md` |
    | 02 | Engine gate | Done | `docs/hull-pack.md` |
    ```

    ```md path=docs/hull-pack.md
    # Hull Gate Evidence Pack

    - [x] Welds were x-rayed
    ```

    ## Good

    ```md path=docs/gates.md
    | Sprint | Gate | Status | Evidence |
    |---|---|---|---|
    | 01 | Hull gate | Done | `docs/hull-pack.md` |
    | 02 | Engine gate | Done | `docs/engine-pack.md` |
    ```

    ```md path=docs/hull-pack.md
    # Hull Gate Evidence Pack

    - [x] Welds were x-rayed
    ```

    ```md path=docs/engine-pack.md
    # Engine Gate Evidence Pack

    - [x] The engine ran for a day
    ```

    ## References

    - EV015, for packs that nobody has filled in
    """

    info = RuleInfo(code="GA012", name="gate-pack-differs", severity=Severity.WARNING, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each reference of a gate's row to a pack of another gate."""
        owners = {path: fact for fact in project.known_gates for path in fact.packs}
        for document in project.documents if owners else ():
            yield from self._differing(document, project, owners)

    def _differing(self, document: Document, project: Project, owners: Mapping[str, GateFact]) -> Iterator[Finding]:
        for fact in project.facts.get(document.path, ()):
            whose = owners.get(fact.paths[0]) if fact.state is EvidenceState.FOUND and len(fact.paths) == 1 else None
            # Few references are packs, so that the gates are looked through for those alone.
            mine = _gate_of(fact, document, project) if whose is not None else None
            if (
                whose is None
                or mine is None
                or _are_namesakes(mine, whose)
                or _has_own(fact, document, project, owners, mine)
            ):
                continue
            yield self.finding(
                document.source,
                fact.ref.span,
                f"{quoted(fact.ref.target)} is offered for {mine.gate.name} here, but it is the pack of {whose.gate.name}",
                help=f"offer the pack of {mine.gate.name}, or write one",
                subject=f"{mine.gate.name} {fact.ref.target}",
            )


def _gate_of(fact: EvidenceFact, document: Document, project: Project) -> GateFact | None:
    """The one gate among whose items a reference stands."""
    line = document.source.position(fact.ref.span.start).line
    found = [one for one in project.known_gates if line in one.lines.get(document.path, ())]
    return found[0] if len(found) == 1 else None


def _are_namesakes(one: GateFact, other: GateFact) -> bool:
    """Whether two gates go by one name in two plans, so that one pack may be meant for both."""
    mine, theirs = ({name.casefold() for name in (each.gate.name, *each.gate.aliases)} for each in (one, other))
    return not mine.isdisjoint(theirs)


def _has_own(
    fact: EvidenceFact, document: Document, project: Project, owners: Mapping[str, GateFact], mine: GateFact
) -> bool:
    """Whether the items that offer a reference also offer a pack of their own gate."""
    return any(
        owners.get(path) is mine
        for other in project.facts.get(document.path, ())
        if any(item in other.items for item in fact.items)
        for path in other.paths
    )
