"""LG003."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gatekeeper.model.document import Document, LogEntry
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import EntryRun
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, enumerated


class NumberSkipped(DocumentRule):
    """The numbers of a log leave one out.

    ## Why it matters

    Numbered updates promise that nothing is missing. Where `Update 3` follows `Update 1`, an entry was lost or was never written. Logs whose numbers
    leave out more than one in five are numbered by something else and are left alone.

    ## Bad

    ```md path=docs/progress-log.md
    # Progress log

    ## Update 1

    Work of day 1.

    ## Update 2

    Work of day 2.

    ## Update 4

    Work of day 4.

    ## Update 5

    Work of day 5.
    ```

    ## Good

    ```md path=docs/progress-log.md
    # Progress log

    ## Update 4

    Work of day 4.

    ## Update 3

    Work of day 3.

    ## Update 2

    Work of day 2.

    ## Update 1

    Work of day 1.
    ```

    ## References

    - LG004, for a number that two entries have
    """

    info = RuleInfo(code="LG003", name="log-number-skipped", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each gap, at the entry after it."""
        for run in project.order.numbered.get(document.path, ()):
            for first, second, between in _gaps(run):
                line = document.source.position(first.span.start).line
                missing = f"{enumerated([*map(str, between)], len(between))} {'is' if len(between) == 1 else 'are'}"
                yield self.finding(
                    document.source,
                    second.span,
                    f"{run.name} {second.number} follows {run.name} {first.number} (line {line}): {missing} missing",
                    help="add the entry that is missing, or number the entries anew",
                    subject=second.title,
                    related=(Location.at(document.source, first.span, f"{run.name} {first.number} here"),),
                )


def _gaps(run: EntryRun) -> Iterator[tuple[LogEntry, LogEntry, range]]:
    """Neighbors and the numbers between theirs, where these stand nowhere else in the run; none when the run leaves out many."""
    numbers = [entry.number or 0 for entry in run.entries]
    known = set(numbers)
    if len(known) < 3 or max(known) - min(known) + 1 - len(known) > max(1, len(known) // 5):
        return
    for (first, one), (second, other) in pairwise(zip(run.entries, numbers, strict=True)):
        between = range(min(one, other) + 1, max(one, other))
        if between and known.isdisjoint(between):
            yield first, second, between
