"""ST011."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._line import cells_of

_REASON = re.compile(
    r"block(?:er|ed by|ing)|reason|impediment|notes?\b|comment|remark|why|cause|motif|raison|bloqu|motivo|grund|bemerkung|причин|原因|备注|説明|備考"
)
# What a row waits for is a reason too; such a column alone is no place that asks for one.
_GROUND = re.compile(r"depend|waiting|wartet|attente|espera")
_BLANK = re.compile(r"[\W_]*(?:n\W?a|none|tbd|todo|nil)?[\W_]*$", re.IGNORECASE)
_BLOCKED = re.compile(
    r"[\W_]*(?:blocked|blocker|bloqué|bloqueado|blockiert|заблокировано|阻塞|受阻|ブロック)[\W_]*$", re.IGNORECASE
)


class BlockedWithoutReason(DocumentRule):
    """A row is blocked, and the column that its table keeps for the reason is empty.

    ## Why it matters

    Nobody can unblock what nobody has named. The table has a place for blockers or notes; this row leaves it blank.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Blockers |
    |---|---|---|---|
    | 1 | Sign-in | Done | |
    | 2 | Sessions | Blocked | - |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Blockers |
    |---|---|---|---|
    | 1 | Sign-in | Done | |
    | 2 | Sessions | Blocked | waiting for the key service |
    ```

    ## References

    - `blocked` among the statuses also holds failed and broken: those are not asked for a reason
    """

    info = RuleInfo(code="ST011", name="blocked-without-reason", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each blocked row whose places for a reason are all empty."""
        for item in document.items:
            mark = item.mark
            if mark is not None and _is_plainly_blocked(item) and _is_unexplained(document, item):
                yield self.finding(
                    document.source,
                    mark.span,
                    f"{quoted(item.id or item.title or item.kind)} is {quoted(mark.raw)}, but its row does not say by what",
                    help="name what it waits for, and who can help",
                    subject=item.id or item.title,
                )


def _is_plainly_blocked(item: WorkItem) -> bool:
    mark = item.mark
    return item.status is Status.BLOCKED and mark is not None and bool(mark.column and _BLOCKED.match(mark.raw))


def _is_unexplained(document: Document, item: WorkItem) -> bool:
    cells = cells_of(document, item)
    has_place = any(_REASON.search(header) for header in cells)
    said = [cell for header, cell in cells.items() if _REASON.search(header) or _GROUND.search(header)]
    return not item.refs and has_place and all(_BLANK.match(cell) for cell in said)
