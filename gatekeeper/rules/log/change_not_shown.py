"""LG006."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule, quoted

_RANK = {
    Status.QUEUED: 0,
    Status.READY: 1,
    Status.BLOCKED: 2,
    Status.IN_PROGRESS: 2,
    Status.PARTIAL: 3,
    Status.REVIEW: 3,
    Status.DONE: 4,
}


class ChangeNotShown(DocumentRule):
    """A log says that it moved an item on, and the tracker that it names shows an earlier status.

    ## Why it matters

    The log says `Sprint 01` was marked as completed, the tracker still has it in progress: either the change was lost, or it was never made. Only the
    last change of an item is held against the tracker, only where the log names one tracker of this repository beside the change, and only when the
    tracker is behind the log; a tracker that is ahead has been kept up since.

    ## Bad

    ```md path=docs/progress-log.md
    # Progress log

    ## 2026-01-12

    - Marked Sprint 01 as `Done` in `docs/tracker.md`.
    ```

    ```md path=docs/tracker.md
    | Sprint | Scope | Status |
    |---|---|---|
    | 01 | Sign-in | In Progress |
    | 02 | Sign-out | Queued |
    ```

    ## Good

    ```md path=docs/progress-log.md
    # Progress log

    ## 2026-01-12

    - Marked Sprint 01 as `In Progress` in `docs/tracker.md`.
    ```

    ```md path=docs/tracker.md
    | Sprint | Scope | Status |
    |---|---|---|
    | 01 | Sign-in | Done |
    | 02 | Sign-out | Queued |
    ```

    ## References

    - ST004, for trackers that disagree
    """

    info = RuleInfo(code="LG006", name="status-change-not-shown", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each change that the tracker is behind, in the log."""
        for one in project.order.changes.get(document.path, ()):
            shown = one.shown
            if shown.status in _RANK and _RANK[shown.status] < _RANK[one.status]:
                yield self.finding(
                    document.source,
                    one.change.span,
                    f"{quoted(one.change.words)} here, but {one.label} is {quoted(shown.raw)} in {shown.place.path} (line {shown.place.line})",
                    help="make the change in the tracker, or correct the log",
                    subject=one.label,
                    related=(
                        Location.at(shown.place.source, shown.place.span, f"{one.label} is {quoted(shown.raw)} here"),
                    ),
                )
