"""GA002."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Member, Run
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule
from gatekeeper.rules.gate._member import standing

_KINDS = frozenset({"gate", "phase", "stage", "sprint", "milestone", "step", "iteration"})
_OPEN = (Status.QUEUED, Status.READY, Status.BLOCKED, Status.IN_PROGRESS)


class PassedOutOfOrder(DocumentRule):
    """A gate or phase passed although an earlier one has not, and the document says that they go in order.

    ## Why it matters

    Gates in a row are promises that build on each other: what passed Gate 3 stands on what Gate 2 let through. The rule speaks only where the
    document itself declares an order ("all previous gates", "phases execute in numeric order", "one after the other"); teams that work in parallel
    are left alone. A gate without a status of its own counts as not started when it has boxes and none of them is ticked.

    ## Bad

    ```md path=docs/gates.md
    # Gates

    The gates are passed one after the other.

    ## Gate 1: Design

    **Status:** Passed

    ## Gate 2: Build

    **Status:** Not started

    ## Gate 3: Release

    **Status:** Passed
    ```

    ## Good

    ```md path=docs/gates.md
    # Gates

    The gates are passed one after the other.

    ## Gate 1: Design

    **Status:** Passed

    ## Gate 2: Build

    **Status:** Passed

    ## Gate 3: Release

    **Status:** Not started
    ```

    ## References

    - GA003, for a ticked line that says all earlier gates passed
    - GA004, for dependencies that are named one by one
    """

    info = RuleInfo(code="GA002", name="passed-out-of-order", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each done unit that is the first after open ones, at the done one."""
        claimed = {member.label for prior in project.order.priors.get(document.path, ()) for member in prior.open}
        for run in project.order.runs.get(document.path, ()):
            if run.declared is None or run.kind not in _KINDS:
                continue
            for done, open_ in _pairs(run, claimed):
                names = ", ".join(f"{one.label} before it {standing(one)} (line {one.place.line})" for one in open_)
                yield self.finding(
                    document.source,
                    done.place.span,
                    f"{done.label} {standing(done)} here, but {names}",
                    help="close the earlier one, or say why this one could pass without it",
                    subject=done.label,
                    related=(
                        *(
                            Location.at(document.source, one.place.span, f"{one.label} {standing(one)}")
                            for one in open_
                        ),
                        Location.at(document.source, run.declared.span, "the order is declared here"),
                    ),
                )


def _pairs(run: Run, claimed: set[str]) -> Iterator[tuple[Member, list[Member]]]:
    """Each done unit with the open ones since the last done one, by number; a number that stands twice says nothing."""
    numbers = [member.number for member in run.members]
    if len(set(numbers)) < len(numbers):
        return
    waiting: list[Member] = []
    for member in sorted(run.members, key=lambda one: one.number):
        if member.status in _OPEN and member.label not in claimed:
            waiting.append(member)
        elif member.status is Status.DONE and waiting:
            yield member, waiting
            waiting = []
