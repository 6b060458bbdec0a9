"""GA006."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Member
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule
from gatekeeper.rules.sequence import out_of_order

_LEAST = 5


class IdOutOfOrder(DocumentRule):
    """One unit of a numbered list stands out of place.

    ## Why it matters

    Whoever looks for Story 5.5 after Story 5.4 does not find it, and whoever counts may think that it is missing. The rule speaks when a list of five
    or more keeps one order but for a single unit; lists that are sorted by status or by nothing at all are left alone.

    ## Bad

    ```md path=docs/backlog.md
    # Epic 5: Pilot

    ### Story 5.1: Part 1

    Acceptance: it works.

    ### Story 5.2: Part 2

    Acceptance: it works.

    ### Story 5.5: Part 5

    Acceptance: it works.

    ### Story 5.3: Part 3

    Acceptance: it works.

    ### Story 5.4: Part 4

    Acceptance: it works.
    ```

    ## Good

    ```md path=docs/backlog.md
    # Epic 5: Pilot

    ### Story 5.1: Part 1

    Acceptance: it works.

    ### Story 5.2: Part 2

    Acceptance: it works.

    ### Story 5.3: Part 3

    Acceptance: it works.

    ### Story 5.4: Part 4

    Acceptance: it works.

    ### Story 5.5: Part 5

    Acceptance: it works.
    ```

    ## References

    - GA007, for a number that is left out
    """

    info = RuleInfo(code="GA006", name="id-out-of-order", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each list with one unit out of place, at that unit."""
        for run in project.order.runs.get(document.path, ()):
            members = run.members
            if len(members) < _LEAST or _is_by_status(members):
                continue
            broken = out_of_order([member.number for member in members])
            if len(broken) == 1:
                at = broken[0]
                place, neighbor = members[at].own, members[at - 1] if at else members[1]
                yield self.finding(
                    document.source,
                    place.span,
                    f"{members[at].label} stands {'after' if at else 'before'} {neighbor.label} (line {neighbor.own.line}), "
                    "out of the order that this list keeps",
                    help="move it to its place, or number it anew",
                    subject=members[at].label,
                    related=(Location.at(document.source, neighbor.own.span, f"{neighbor.label} here"),),
                )


def _is_by_status(members: tuple[Member, ...]) -> bool:
    """Whether the list is sorted by status: several statuses, each in one piece."""
    statuses = [member.status for member in members]
    changes = sum(one is not other for one, other in pairwise(statuses))
    return 0 < changes == len(set(statuses)) - 1
