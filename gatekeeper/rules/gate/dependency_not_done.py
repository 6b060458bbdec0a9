"""GA004."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Need, Place
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, enumerated, quoted
from gatekeeper.rules.gate._member import standing

_SHOWN = 3


class DependencyNotDone(DocumentRule):
    """An item is done, and what it depends on is not.

    ## Why it matters

    Either the dependency was done and nobody said so, or the item was closed on ground that is not there. It is an error when one document says all
    of it: both statuses in words of their own, and the dependency as an id in a place for dependencies (a column, a `Depends on:` line, `depends_on:`
    in data). It is a warning when a sentence names it, when words stand beside the id, or when the other item stands in another document. An id that
    several items have counts as done when any of them is.

    ## Bad

    ```md path=docs/backlog.md
    | ID | Task | Depends on | Status |
    |---|---|---|---|
    | T-1 | Schema | - | In Progress |
    | T-2 | Import | T-1 | Done |
    ```

    ## Good

    ```md path=docs/backlog.md
    | ID | Task | Depends on | Status |
    |---|---|---|---|
    | T-1 | Schema | - | Done |
    | T-2 | Import | T-1 | In Progress |
    | T-3 | Export | T-1 (optional) | Done |
    ```

    ## References

    - GA002, for gates in a declared order
    """

    info = RuleInfo(code="GA004", name="dependency-not-done", severity=Severity.ERROR, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each open dependency, where the first done item names it."""
        by_target: dict[Place, list[Need]] = defaultdict(list)
        for need in project.order.needs.get(document.path, ()):
            by_target[need.target.place].append(need)
        for needs in by_target.values():
            yield self._judge(document, sorted(needs, key=lambda need: not need.is_explicit))

    def _judge(self, document: Document, needs: Sequence[Need]) -> Finding:
        first, target = needs[0], needs[0].target
        is_here = target.place.path == document.path
        where = f"line {target.place.line}" if is_here else f"{target.place.path}, line {target.place.line}"
        others = {need.label: need for need in needs if need.label != first.label}
        more = [f"{quoted(label)} (line {need.item.line})" for label, need in others.items()]
        depend = "depends" if len(more) == 1 else "depend"
        finding = self.finding(
            document.source,
            first.item.span,
            f"{quoted(first.label)} is {quoted(first.raw)} and depends on {target.label}, but {target.label} {standing(target)} ({where})"
            + (f"; {enumerated(more, _SHOWN)} {depend} on it too" if more else ""),
            help="finish what it depends on, or correct the status that is wrong",
            subject=f"{first.label} {target.label}",
            related=(
                Location.at(target.place.source, target.place.span, f"{target.label} {standing(target)}"),
                *(Location.at(document.source, need.item.span, f"{label} too") for label, need in others.items()),
            ),
        )
        return finding if first.is_explicit else replace(finding, severity=Severity.WARNING)
