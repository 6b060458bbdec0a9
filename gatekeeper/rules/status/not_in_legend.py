"""ST001."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._legend import iter_strangers


class NotInLegend(DocumentRule):
    """A status is written in words that the document's own legend does not have.

    ## Why it matters

    A legend is a promise: these are our statuses, and this is what they mean. A row with another word is counted by nobody, or by everybody differently:
    is `Done` the legend's `Completed`, or only its `Code complete`?

    ## Bad

    ```md path=docs/tracker.md
    # Tracker

    Status legend: `Queued`, `In Progress`, `Completed`

    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Completed |
    | 2 | Sign-out | Shipped |
    ```

    ## Good

    ```md path=docs/tracker.md
    # Tracker

    Status legend: `Queued`, `In Progress`, `Completed`

    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | **completed** |
    | 2 | Sign-out | In Progress (review on Monday) |
    ```

    ## References

    - `statuses` in the policy file: a project's own words, for all its documents
    """

    info = RuleInfo(code="ST001", name="status-not-in-legend", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each mark that the legend should hold and does not."""
        for mark in iter_strangers(document):
            first = document.legend.entries[0]
            tokens = ", ".join(quoted(entry.token) for entry in document.legend.entries)
            yield self.finding(
                document.source,
                mark.span,
                f"status {quoted(mark.raw)} is not in this document's legend: {tokens}",
                help="use a word of the legend, or add this one to it",
                subject=mark.raw,
                related=(Location.at(document.source, first.span, "the legend begins here"),),
            )
