"""GA014."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import ProjectRule
from gatekeeper.rules.gate._verdict import finding_at, place_words


class WithoutOwner(ProjectRule):
    """A gate has no owner, but the others of its list do.

    ## Why it matters

    What is everybody's gate is nobody's: nobody collects its evidence and nobody says no. The rule is a note and speaks only where a list names
    owners and leaves one gate out; a plan that names none has its reasons.

    ## Bad

    ```md path=docs/gates.md
    | Sprint | Gate | Owner | Status |
    |---|---|---|---|
    | 01 | Hull gate | Ada | Done |
    | 02 | Engine gate | Bo | Queued |
    | 03 | Harbor gate |  | Queued |
    ```

    ## Good

    ```md path=docs/gates.md
    | Sprint | Gate | Owner | Status |
    |---|---|---|---|
    | 01 | Hull gate | Ada | Done |
    | 02 | Engine gate | Bo | Queued |
    | 03 | Harbor gate | Cem | Queued |
    ```

    ## References

    - GA011, for gates that are passed and not met
    """

    info = RuleInfo(code="GA014", name="gate-without-owner", severity=Severity.NOTE, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each gate without an owner in a document in which at least two others, and most, have one."""
        by_document: dict[str, list[tuple[Location, GateFact]]] = defaultdict(list)
        for fact in project.known_gates:
            for path, place in _first_places(fact).items():
                by_document[path].append((place, fact))
        told: set[str] = set()
        for path in sorted(by_document):
            listed = by_document[path]
            owned = [(place, fact) for place, fact in listed if fact.gate.owner]
            if len(owned) < 2 or len(owned) * 2 <= len(listed):
                continue
            for place, fact in listed:
                if not fact.gate.owner and fact.gate.name not in told:
                    told.add(fact.gate.name)
                    other, whose = owned[0]
                    yield finding_at(
                        self.info,
                        Severity.NOTE,
                        place,
                        f"{fact.gate.name} has no owner, but {len(owned)} of {len(listed)} gates here do, as {whose.gate.name} ({place_words(other)})",
                        "name who answers for it",
                        fact.gate.name,
                    )


def _first_places(fact: GateFact) -> dict[str, Location]:
    """Document -> the first place in it that names the gate."""
    found: dict[str, Location] = {}
    for place in fact.gate.places:
        found.setdefault(place.path, place)
    return found
