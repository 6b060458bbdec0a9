"""LG008."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import LateCompletion
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, quoted


class UpdatedBeforeCompleted(DocumentRule):
    """A document says when it was last updated, and shows as done what was completed later.

    ## Why it matters

    Who reads "last updated" decides by it whether to trust the rest. A page that was changed without its date will be taken for older than it is, or
    its ticks were set before the work was done.

    Looked at are the dates of completion and the log entries of the document itself; else those that a document in the same folder gives to the phase,
    sprint or other unit whose rows the document shows as done. Dates with a time of day are left alone, since time zones shift them.

    ## Bad

    ```md path=docs/requirements.md
    # Requirements

    | Requirement | Phase | Status |
    |---|---|---|
    | R-01 | Phase 1 | Done |

    Last updated: 2026-03-23
    ```

    ```md path=docs/roadmap.md
    # Roadmap

    | Phase | Status | Completed |
    |---|---|---|
    | Phase 1 | Done | 2026-03-27 |
    ```

    ## Good

    ```md path=docs/requirements.md
    # Requirements

    | Requirement | Phase | Status |
    |---|---|---|
    | R-01 | Phase 1 | Done |

    Last updated: 2026-03-27
    ```

    ```md path=docs/roadmap.md
    # Roadmap

    | Phase | Status | Completed |
    |---|---|---|
    | Phase 1 | Done | 2026-03-27 |
    ```

    ## References

    - LG005, for the two dates of one item
    """

    info = RuleInfo(code="LG008", name="updated-before-completed", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding, at the date of the last update."""
        for late in project.order.late.get(document.path, ()):
            yield self.finding(
                document.source,
                late.updated.span,
                f"last updated on {late.updated_date}, but {_says(document, late)}",
                help="bring the date of the last update up to date, or correct the one that is wrong",
                subject=late.updated.words,
                related=tuple(
                    Location.at(place.source, place.span, quoted(place.words))
                    for place in (late.completed, late.shown)
                    if place is not None
                ),
            )


def _says(document: Document, late: LateCompletion) -> str:
    more = f"; the same goes for {late.count - 1} more" if late.count > 1 else ""
    if late.shown is None:
        return f"{quoted(late.completed.words)} in line {late.completed.line} is of a later day{more}"
    return f"line {late.shown.line} shows as done what was completed on {late.completed_date} by {late.completed.path} (line {late.completed.line}){more}"
