"""ST031."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.model.document import Document
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo, RuleStatus
from gatekeeper.model.status import Status
from gatekeeper.model.view.move import LastMove
from gatekeeper.rules.base import DocumentRule, option, quoted

_COMMIT_LENGTH = 9
_ANYWHERE = frozenset({Status.BLOCKED, Status.CANCELLED, Status.UNKNOWN})
_REOPENED = frozenset({Status.QUEUED, Status.READY})
_NAMES = {status.value: status for status in Status}


class TransitionNotAllowed(DocumentRule):
    """An item took on its status by a step that the flow of work does not have.

    ## Why it matters

    A board with a column for review promises that work is reviewed. A row that went from queued to done in one commit went past it, and no document shows that.

    The rule walks through the log, so it runs only where the policy sets it. Work goes from queued over ready, in progress and review to done; a state that
    the document does not use in that column is not missed, and a box can only be ticked. Going back is allowed, and so is blocked or cancelled from
    anywhere and out of blocked to anywhere. Done work that is opened again goes to in progress or review: back to queued or ready would deny that it was
    ever begun. What was cancelled cannot be done without being taken up first. Only the step that led to the present status is looked at, along first
    parents; nothing is said in a shallow clone.

    ## Bad

    ```md path=docs/tracker.md past=1
    | ID | Item | Status |
    |---|---|---|
    | B-01 | Berth plan | Queued |
    | B-02 | Quay lights | In review |
    ```

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | B-01 | Berth plan | Done |
    | B-02 | Quay lights | In review |
    ```

    ## Good

    ```md path=docs/tracker.md past=1
    | ID | Item | Status |
    |---|---|---|
    | B-01 | Berth plan | Queued |
    | B-02 | Quay lights | In review |
    ```

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | B-01 | Berth plan | Queued |
    | B-02 | Quay lights | Done |
    ```

    ## Options

    `transitions`: the steps that are allowed, such as `[queued -> in_progress, in_progress -> done, done -> in_progress]`, in place of all of the above;
    blocked, cancelled and what was not understood may still come from and go to anywhere. `since`: an ISO 8601 day; steps before it are left alone.

    ## References

    - `gatekeeper history ITEM`, which tells the whole story
    """

    info = RuleInfo(
        code="ST031",
        name="transition-not-allowed",
        severity=Severity.WARNING,
        since="0.1",
        status=RuleStatus.PREVIEW,
    )
    asks_history = True

    @dataclass(frozen=True, slots=True)
    class Options:
        """What a policy may set: the steps that are allowed, and the day from which on they count."""

        transitions: tuple[str, ...] = option((), looser="longer")
        since: str = option("", looser="higher")

        def __post_init__(self) -> None:
            for step in self.transitions:
                _parse(step)

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding an item."""
        allowed = frozenset(map(_parse, self.options.transitions))
        for last in project.moves.get(document.path, ()):
            before, after = last.move.before, last.move.after
            # One that came with its status did not step anywhere.
            if before is None or after is None or last.move.moment.day < self.options.since:
                continue
            if why := _objection(before.status, after.status, last.move.skipped, allowed):
                yield self._objected(document, last, f"{quoted(before.raw)} to {quoted(after.raw)}", why)

    def _objected(self, document: Document, last: LastMove, step: str, why: str) -> Finding:
        moment, item = last.move.moment, last.item
        return self.finding(
            document.source,
            item.mark.span if item.mark else item.span,
            f"{quoted(item.id or item.title)} went from {step} in {moment.commit[:_COMMIT_LENGTH]} ({moment.day}): {why}",
            help="take the steps that were left out, or allow this one with `transitions` in the policy",
            subject=item.id or item.title,
        )


def _objection(
    before: Status, after: Status, skipped: tuple[Status, ...], allowed: frozenset[tuple[Status, Status]]
) -> str:
    """What is wrong with a step; "" for nothing."""
    if allowed:
        free = before in _ANYWHERE or after in _ANYWHERE or (before, after) in allowed
        return "" if free else "the policy does not allow that step"
    if before is Status.DONE and after in _REOPENED:
        return "work that was done is opened again as if it had never begun"
    if before is Status.CANCELLED and after is Status.DONE:
        return "it was cancelled, and nobody took it up again"
    return f"it passed over {', '.join(status.value for status in skipped)}" if skipped else ""


def _parse(step: str) -> tuple[Status, Status]:
    """The two states of `queued -> in_progress`.

    Raises:
        PolicyError: it is none.
    """
    before, _, after = (part.strip().casefold().replace("-", "_").replace(" ", "_") for part in step.partition("->"))
    if before not in _NAMES or after not in _NAMES:
        hint = f"write it as `queued -> in_progress`; the states are {', '.join(_NAMES)}"
        raise PolicyError(f"`{step}` is no transition", hint)
    return _NAMES[before], _NAMES[after]
