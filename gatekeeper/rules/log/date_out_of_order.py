"""LG001."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule
from gatekeeper.rules.sequence import out_of_order


class DateOutOfOrder(DocumentRule):
    """A log entry has a date that does not fit between its neighbors.

    ## Why it matters

    A log is read from one end to the other. An entry that stands in the wrong place, or that was given last year's date in January, changes what
    seems to have happened first. The order that most entries keep, oldest or newest first, is the order that counts; a log that keeps none is left
    alone.

    ## Bad

    ```md path=docs/progress-log.md
    # Progress log

    ## 2026-01-12

    Sign-in works.

    ## 2026-01-14

    Sign-out works.

    ## 2025-01-15

    Sessions end after a day.

    ## 2026-01-16

    Released.
    ```

    ## Good

    ```md path=docs/progress-log.md
    # Progress log

    ## 2026-01-16

    Released.

    ## 2026-01-14

    Sign-out works.

    ## 2026-01-14

    Sessions end after a day.

    ## 2026-01-12

    Sign-in works.
    ```

    ## References

    - LG002, for dates in the future
    """

    info = RuleInfo(code="LG001", name="log-date-out-of-order", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each entry that breaks the order which most entries of its run keep."""
        for run in project.order.dated.get(document.path, ()):
            for at in out_of_order([entry.date or "" for entry in run.entries]):
                entry = run.entries[at]
                neighbor = run.entries[at - 1] if at else run.entries[at + 1]
                line = document.source.position(neighbor.span.start).line
                yield self.finding(
                    document.source,
                    entry.span,
                    f"entry of {entry.date} stands {'after' if at else 'before'} the entry of {neighbor.date} (line {line}), against the order of this log",
                    help="correct the date, or move the entry",
                    subject=entry.title,
                    related=(Location.at(document.source, neighbor.span, f"{neighbor.date} here"),),
                )
