"""GA008."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Member, Run
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, quoted


class IdDoubled(DocumentRule):
    """Two rows or lines of one list have the same id.

    ## Why it matters

    "T-04 is done" must be about one thing. Where two rows of one list have one id, every reference to it may mean either, and one of them may never
    be looked at again. A list in which ids repeat throughout uses them as groups, not as names, and is left alone.

    ## Bad

    ```md path=docs/backlog.md
    | ID | Task | Status |
    |---|---|---|
    | T-01 | Schema | Done |
    | T-02 | Import | Done |
    | T-03 | Export | Queued |
    | T-03 | Search | Queued |
    ```

    ## Good

    ```md path=docs/backlog.md
    | ID | Task | Status |
    |---|---|---|
    | T-01 | Schema | Done |
    | T-02 | Import | Done |
    | T-03 | Export | Queued |
    | T-04 | Search | Queued |
    ```

    ## References

    - ST003, for one item with two statuses in different parts of a document
    """

    info = RuleInfo(code="GA008", name="id-doubled", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each id that stands again, at the later place."""
        for run in project.order.runs.get(document.path, ()):
            for first, second in _doubles(run):
                is_same = first.title == second.title
                whose = "stands twice" if is_same else f"means {quoted(first.title)} and {quoted(second.title)}"
                yield self.finding(
                    document.source,
                    second.own.span,
                    f"{second.label} {whose} in one list: in line {first.own.line} and here",
                    help="give one of them an id of its own, or strike one out",
                    subject=f"{second.label} {second.title}",
                    related=(Location.at(document.source, first.own.span, f"{first.label} here too"),),
                )


def _doubles(run: Run) -> Iterator[tuple[Member, Member]]:
    """Pairs with one id in a table or list; none when ids repeat throughout."""
    if run.shape not in ("table", "list"):
        return
    first: dict[tuple[int, ...], Member] = {}
    pairs: list[tuple[Member, Member]] = []
    for member in run.members:
        if member.number in first:
            pairs.append((first[member.number], member))
        first.setdefault(member.number, member)
    if len(first) >= 3 and len(pairs) <= max(1, len(first) // 5):
        yield from pairs
