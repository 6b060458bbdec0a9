"""LG004."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document, LogEntry
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import EntryRun
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule


class NumberDoubled(DocumentRule):
    """Two entries of a log have the same number.

    ## Why it matters

    "See Update 7" must lead to one place. Entries that begin again at 1 under each date are counted within their date.

    ## Bad

    ```md path=docs/progress-log.md
    # Progress log

    ## Update 1

    Work of day 1.

    ## Update 2

    Work of day 2.

    ## Update 2

    Work of day 2.

    ## Update 3

    Work of day 3.
    ```

    ## Good

    ```md path=docs/progress-log.md
    # Progress log

    ## Update 1

    Work of day 1.

    ## Update 2

    Work of day 2.

    ## Update 3

    Work of day 3.
    ```

    ## References

    - LG003, for a number that is left out
    """

    info = RuleInfo(code="LG004", name="log-number-doubled", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each entry whose number stands above it already."""
        for run in project.order.numbered.get(document.path, ()):
            for first, second in _doubles(run):
                line = document.source.position(first.span.start).line
                yield self.finding(
                    document.source,
                    second.span,
                    f"{run.name} {second.number} stands in this log twice: here and in line {line}",
                    help="number the entries anew from here on",
                    subject=second.title,
                    related=(Location.at(document.source, first.span, f"{run.name} {first.number} here too"),),
                )


def _doubles(run: EntryRun) -> Iterator[tuple[LogEntry, LogEntry]]:
    """Pairs with one number; none when doubles are the rule in the run."""
    first: dict[int | None, LogEntry] = {}
    pairs: list[tuple[LogEntry, LogEntry]] = []
    for entry in run.entries:
        if entry.number in first:
            pairs.append((first[entry.number], entry))
        first.setdefault(entry.number, entry)
    if len(pairs) <= max(1, len(first) // 5):
        yield from pairs
