"""ST001."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import StatusMark
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._legend import entries_for, iter_strangers, legend_fix

_FEW = 3
_LIMIT = 10


class NotInLegend(DocumentRule):
    """A status is written in words that the document's own legend does not have.

    ## Why it matters

    A legend is a promise: these are our statuses, and this is what they mean. A row with another word is counted by nobody, or by everybody differently:
    is `Done` the legend's `Completed`, or only its `Code complete`? The legend holds for every column that mostly keeps to it; one that names a kind of work
    (`# Story status:` in a YAML file) holds for that kind alone.

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
        """One finding for each word that a column, or a kind of work, should find in the legend and does not, at its first place.

        Where there are more than three such words, the legend is what lags behind: one finding for all of them.
        """
        places: dict[tuple[str, str | None], dict[str, list[StatusMark]]] = {}
        for mark, kind in iter_strangers(document) if not document.is_template else ():
            places.setdefault((kind, mark.column), {}).setdefault(mark.raw.casefold(), []).append(mark)
        for (kind, _), words in places.items():
            groups = [[mark for marks in words.values() for mark in marks]] if len(words) > _FEW else words.values()
            for marks in groups:
                yield self._finding(document, kind, sorted(marks, key=lambda mark: mark.span))

    def _finding(self, document: Document, kind: str, marks: list[StatusMark]) -> Finding:
        entries, first = entries_for(document, kind), marks[0]
        tokens = ", ".join(dict.fromkeys(quoted(entry.token) for entry in entries))
        others = [mark for mark in marks[1:] if mark.raw.casefold() != first.raw.casefold()]
        more = f"; nor are {len(others)} others, such as {quoted(others[0].raw)}" if others else ""
        more = more or (f"; {len(marks) - 1} more say{'s' if len(marks) == 2 else ''} so" if len(marks) > 1 else "")
        return self.finding(
            document.source,
            first.span,
            f"status {quoted(first.raw)} is not in this document's legend{f' for {quoted(kind)}' if kind else ''}: {tokens}{more}",
            help="use a word of the legend, or add this one to it",
            subject=first.raw,
            related=(
                Location.at(document.source, entries[0].span, "the legend begins here"),
                *(Location.at(document.source, mark.span, f"{quoted(mark.raw)} here") for mark in marks[1:_LIMIT]),
            ),
            fix=None if others else legend_fix(document, entries, marks),
        )
