"""GA007."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Member, Run
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule

_KINDS = frozenset(
    {"sprint", "phase", "epic", "gate", "milestone", "feature", "chunk", "stage", "wave", "iteration", "story"}
)
_LEAST = 4
_LAST = re.compile(r"\d+(?=\D*$)")


class UnitNumberSkipped(DocumentRule):
    """A numbered list of units leaves one out, and the document does not say why.

    ## Why it matters

    The headings go from Feature 06 to Feature 08: was Feature 07 dropped, moved, or forgotten? One sentence would tell. The rule speaks when headings
    or rows count in steps of one but for a single gap and the missing unit is named nowhere in the document, and when a bare list (`1. Epic 1`, `2.
    Epic 2`) leaves out one of the units that the document has headings for.

    ## Bad

    ```md path=docs/test-run.md
    # Test run

    ## Feature 02: Part 2

    - [x] Tested

    ## Feature 03: Part 3

    - [x] Tested

    ## Feature 04: Part 4

    - [x] Tested

    ## Feature 06: Part 6

    - [x] Tested
    ```

    ## Good

    ```md path=docs/test-run.md
    # Test run

    ## Feature 02: Part 2

    - [x] Tested

    ## Feature 03: Part 3

    - [x] Tested

    ## Feature 04: Part 4

    - [x] Tested

    ## Feature 06: Part 6

    - [x] Tested

    Feature 05 is not in this release.
    ```

    ## References

    - GA006, for a unit out of place
    """

    info = RuleInfo(code="GA007", name="unit-number-skipped", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each gap, before it; one for each list that leaves out a unit, at its first line."""
        runs = [run for run in project.order.runs.get(document.path, ()) if run.kind in _KINDS]
        for run in runs:
            if run.shape in ("headings", "table") and (gap := _gap(run)) is not None:
                before, after, missing = gap
                yield self._finding(
                    run,
                    before,
                    after,
                    f"{before.label} is followed by {after.label} (line {after.own.line}): {missing} is missing",
                )
        headings = [run for run in runs if run.shape == "headings"]
        for run in (run for run in runs if run.shape == "list"):
            for other in headings:
                if (left_out := _left_out(run, other)) is not None:
                    first, last = run.members[0], run.members[-1]
                    message = f"the list from {first.label} to {last.label} leaves out {left_out.label} (line {left_out.own.line})"
                    yield self._finding(run, first, left_out, message)
                    break

    def _finding(self, run: Run, at: Member, other: Member, message: str) -> Finding:
        return self.finding(
            run.source,
            at.own.span,
            message,
            help="add it, or say what became of it",
            subject=f"{at.label} {other.label}",
            related=(Location.at(run.source, other.own.span, f"{other.label} here"),),
        )


def _gap(run: Run) -> tuple[Member, Member, str] | None:
    """The units around the one gap of a run that otherwise counts in ones, and the name of what is missing."""
    last = [member.number[-1] for member in run.members]
    is_counted = len({(len(member.number), member.number[:-1]) for member in run.members}) == 1
    steps = [(at, second - first) for at, (first, second) in enumerate(pairwise(last)) if second - first != 1]
    if len(last) < _LEAST or not is_counted or len(steps) != 1 or steps[0][1] != 2:
        return None
    before, after = run.members[steps[0][0]], run.members[steps[0][0] + 1]
    missing = before.number[-1] + 1
    name = _LAST.sub(lambda match: str(missing).zfill(len(match.group())), before.label)
    is_explained = name in run.source.text or (missing in run.mentioned and len(before.number) == 1)
    return None if is_explained else (before, after, name)


def _left_out(run: Run, other: Run) -> Member | None:
    """The one unit among another run's headings that a bare list does not name; None when its status explains that."""
    if run.kind != other.kind or any(one.title for one in run.members):
        return None
    named = {member.number for member in run.members}
    missing = [member for member in other.members if member.number not in named]
    if len(named) < _LEAST or len(missing) != 1 or len(other.members) != len(named) + 1:
        return None
    return missing[0] if missing[0].status is Status.UNKNOWN else None
