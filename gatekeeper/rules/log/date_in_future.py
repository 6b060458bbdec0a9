"""LG002."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule

_PLAN = re.compile(
    r"plan|schedul|upcoming|deadline|target|due|roadmap|milestone|forecast|next|future|expected|\beta\b",
    re.IGNORECASE,
)


class DateInFuture(DocumentRule):
    """A log entry has a date that has not come yet.

    ## Why it matters

    A log tells what happened. An entry of a day that is still to come has a wrong year or month, or tells of a plan as if it were done. A day's grace
    is given for time zones. Lists in which most dates are still to come are plans, not logs, and are left alone; so are entries that call themselves
    planned.

    ## Bad

    ```md path=docs/progress-log.md
    # Progress log

    ## 2026-01-12

    Sign-in works.

    ## 2062-01-13

    Sign-out works.
    ```

    ## Good

    ```md path=docs/progress-log.md
    # Progress log

    ## 2026-01-12

    Sign-in works.

    ## 2026-01-13

    Sign-out works.
    ```

    ## References

    - `--today`: the date that counts as today
    """

    info = RuleInfo(code="LG002", name="log-date-in-future", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each entry that is dated later than tomorrow."""
        if not project.today:
            return
        limit = _day_after(project.today)
        for run in project.order.dated.get(document.path, ()):
            late = [entry for entry in run.entries if (entry.date or "") > limit]
            if len(late) * 2 > len(run.entries):
                continue
            for entry in late:
                above = [
                    section.title
                    for section in document.sections
                    if section.span.start <= entry.span.start < section.span.end
                ]
                if not any(_PLAN.search(title) for title in (entry.title, *above)):
                    yield self.finding(
                        document.source,
                        entry.span,
                        f"entry is dated {entry.date}, but today is {project.today}",
                        help="correct the date; what is still to come belongs in a plan",
                        subject=entry.title,
                    )


def _day_after(today: str) -> str:
    """The next calendar day, both in ISO 8601."""
    year, month, day = (int(part) for part in today.split("-"))
    if day < monthrange(year, month)[1]:
        return f"{year:04d}-{month:02d}-{day + 1:02d}"
    return f"{year:04d}-{month + 1:02d}-01" if month < 12 else f"{year + 1:04d}-01-01"
