"""GA005."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Member, Run
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule, option, quoted

_KINDS = frozenset({"sprint", "phase", "milestone", "iteration", "wave", "stage"})
_SHARE = 0.8
_DATA = (".yml", ".yaml")
_REQUIRED = frozenset({"required", "mandatory"})


class NotClosed(DocumentRule):
    """A sprint or phase is still in progress, or a required step not taken, in a list in which later ones are done.

    ## Why it matters

    Numbered sprints and phases follow each other. When ten and more later ones are done, the one that is still in progress was most likely forgotten,
    and every count of open work is wrong by it. Units that were never started may have been put off on purpose and are left alone, and so are tasks,
    stories and epics, on which teams work in parallel.

    A data file that lists the steps of a procedure may call one `required`. Where a later step is done, the required one was passed over, or done and not
    entered; what is optional or recommended may be left out by right.

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

    - `later`: how many later ones must be done, but for steps that are called required. Default: 10.

    ## References

    - GA002, for gates in a declared order
    """

    info = RuleInfo(code="GA005", name="unit-not-closed", severity=Severity.WARNING, since="0.1")

    @dataclass(frozen=True, slots=True)
    class Options:
        """What a policy may set."""

        later: int = option(10, looser="higher")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each unit that was left behind, at its own status; one for all required steps that were passed over, at the first."""
        yield from self._passed_over(document)
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

    def _passed_over(self, document: Document) -> Iterator[Finding]:
        """The finding for the steps of a data file that it calls required, and that are not done though a later one is."""
        steps = document.items if document.path.endswith(_DATA) else ()
        last = next((step for step in reversed(steps) if step.status is Status.DONE), None)
        if last is None:
            return
        over = [step for step in steps if _is_required(step) and step.span.start < last.span.start]
        if not over:
            return
        first, more = over[0], len(over) - 1
        line = document.source.position(last.span.start).line
        yield self.finding(
            document.source,
            first.mark.span if first.mark else first.span,
            f"{quoted(first.id or first.title)} is {quoted(first.mark.raw if first.mark else '')} and not done, but"
            f" {quoted(last.id or last.title)} after it is (line {line})"
            + (f"; so it is with {more} more" if more else ""),
            help="take the step, or say that it was taken or is not required",
            subject=first.id or first.title,
            related=(
                Location.at(document.source, last.span, "done, after it"),
                *(Location.at(document.source, step.span, "required too") for step in over[1:]),
            ),
        )


def _is_required(step: WorkItem) -> bool:
    is_open = step.status in (Status.QUEUED, Status.UNKNOWN)
    return is_open and step.mark is not None and step.mark.raw.casefold() in _REQUIRED


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
