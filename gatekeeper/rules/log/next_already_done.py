"""LG007."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import NextTarget
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, enumerated, quoted

_SHOWN = 3


class NextAlreadyDone(DocumentRule):
    """A document names as next what it says is done already.

    ## Why it matters

    `Next: complete Phase 2` below `Phase 2 (COMPLETE)` means that one of the two was not kept up, and whoever plans by the list does work twice. It
    is a warning when the target names the finished unit by its id, and a note when only the words coincide: nearly all words of the target, and every
    number in it, stand in the title of one done item. Of a log with several entries only the newest one's targets count. Targets that continue,
    extend or verify something are left alone.

    ## Bad

    ```md path=docs/status.md
    # Status

    ## Phase 1: Sign-in (COMPLETE)

    - [x] Form
    - [x] Sessions

    ## Phase 2: Reports

    - [ ] Export

    ## Next steps

    1. Complete Phase 1
    2. Complete Phase 2
    ```

    ## Good

    ```md path=docs/status.md
    # Status

    ## Phase 1: Sign-in (COMPLETE)

    - [x] Form
    - [x] Sessions

    ## Phase 2: Reports

    - [ ] Export

    ## Next steps

    1. Extend Phase 1 to other browsers
    2. Complete Phase 2
    ```

    ## References

    - LG006, for changes that a tracker does not show
    """

    info = RuleInfo(code="LG007", name="next-already-done", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for all targets that name done units by id, at the first; a note for each whose words coincide."""
        targets = project.order.targets.get(document.path, ())
        named = [one for one in targets if one.by_id]
        if named:
            yield self._judge(document, named)
        for one in targets:
            if not one.by_id:
                yield replace(self._judge(document, [one]), severity=Severity.NOTE)

    def _judge(self, document: Document, targets: Sequence[NextTarget]) -> Finding:
        first = targets[0]
        others = [f"{quoted(one.target.words)} (line {one.target.line})" for one in targets[1:]]
        return self.finding(
            document.source,
            first.target.span,
            f"{quoted(first.target.words)} is next here, but {quoted(first.done.words)} in line {first.done.line} says that it is done"
            + (f"; the same goes for {enumerated(others, _SHOWN)}" if others else ""),
            help="strike it off the list, or correct the status",
            subject=first.target.words,
            related=tuple(Location.at(document.source, one.done.span, "done here") for one in targets),
        )
