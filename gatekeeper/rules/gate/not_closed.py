"""GA005."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Member, Run
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule, option, quoted

_KINDS = frozenset({"sprint", "phase", "milestone", "iteration", "wave", "stage"})
_SHARE = 0.8


class NotClosed(DocumentRule):
    """A sprint or phase is still in progress in a list in which nearly all later ones are done.

    ## Why it matters

    Numbered sprints and phases follow each other. When ten and more later ones are done, the one that is still in progress was most likely forgotten,
    and every count of open work is wrong by it. Units that were never started may have been put off on purpose and are left alone, and so are tasks,
    stories and epics, on which teams work in parallel.

    ## Bad

    ```md path=docs/sprints.md
    | Sprint | Scope | Status |
    |---|---|---|
    | 01 | Part 1 | Done |
    | 02 | Part 2 | In Progress |
    | 03 | Part 3 | Done |
    | 04 | Part 4 | Done |
    | 05 | Part 5 | Done |
    | 06 | Part 6 | Done |
    | 07 | Part 7 | Done |
    | 08 | Part 8 | Done |
    | 09 | Part 9 | Done |
    | 10 | Part 10 | Done |
    | 11 | Part 11 | Done |
    | 12 | Part 12 | Done |
    | 13 | Part 13 | Done |
    ```

    ## Good

    ```md path=docs/sprints.md
    | Sprint | Scope | Status |
    |---|---|---|
    | 01 | Part 1 | Done |
    | 02 | Part 2 | Done |
    | 03 | Part 3 | Done |
    | 04 | Part 4 | Done |
    | 05 | Part 5 | Done |
    | 06 | Part 6 | Done |
    | 07 | Part 7 | Done |
    | 08 | Part 8 | Done |
    | 09 | Part 9 | Done |
    | 10 | Part 10 | Done |
    | 11 | Part 11 | Done |
    | 12 | Part 12 | In Progress |
    | 13 | Part 13 | Done |
    ```

    ## Options

    - `later`: how many later ones must be done. Default: 10.

    ## References

    - GA002, for gates in a declared order
    """

    info = RuleInfo(code="GA005", name="unit-not-closed", severity=Severity.WARNING, since="0.1")

    @dataclass(frozen=True, slots=True)
    class Options:
        """What a policy may set."""

        later: int = option(10, looser="higher")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each unit that was left behind, at its own status."""
        for run in project.order.runs.get(document.path, ()):
            if run.kind not in _KINDS:
                continue
            for member, done, later in _left_behind(run):
                if done >= self.options.later:
                    yield self.finding(
                        document.source,
                        member.place.span,
                        f"{member.label} is {quoted(member.raw)}, but {done} of the {later} later ones in this list are done",
                        help="close it, or say why it is still open",
                        subject=member.label,
                        related=(Location.at(document.source, run.members[-1].place.span, "the list ends here"),),
                    )


def _left_behind(run: Run) -> Iterator[tuple[Member, int, int]]:
    """Each unit in progress with how many later ones are done, and how many there are; none in a run with doubled numbers."""
    numbers = [member.number for member in run.members]
    if len(set(numbers)) < len(numbers):
        return
    done = 0
    for later, member in enumerate(sorted(run.members, key=lambda one: one.number, reverse=True)):
        if member.status is Status.IN_PROGRESS and done >= later * _SHARE:
            yield member, done, later
        done += member.status is Status.DONE
