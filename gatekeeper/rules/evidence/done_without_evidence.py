"""EV011."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule, quoted

_NOTHING = re.compile(r"[\W_]*(?:n\W?a|tbd|todo|none|pending|missing|nil)?[\W_]*$", re.IGNORECASE)


class DoneWithoutEvidence(DocumentRule):
    """An item is done, and the place that its document keeps for evidence is blank.

    ## Why it matters

    The table has a column for proof and this row leaves it blank. Whoever counts the row as done takes its author's word.

    Items are judged only where their document has such a place. A commit, a pull request, a URL or a command is evidence too, and
    words that say what was seen are taken as they are; `-`, `n/a` and `TBD` say nothing.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `docs/run.md` |
    | 2 | Sign-out | Queued | |
    ```

    ```md path=docs/run.md
    12 passed
    ```

    ## References

    - EV001, for evidence that is named and missing
    """

    info = RuleInfo(code="EV011", name="done-without-evidence", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each done item without evidence, at the words that say it is done."""
        for item in document.items:
            if item.status is Status.DONE and item.evidence_expected and not _is_proven(item):
                yield self.finding(
                    document.source,
                    item.mark.span if item.mark else item.span,
                    f"{quoted(item.title or item.id or item.kind)} is done, but its place for evidence is blank",
                    help="name the file, test, commit or run that proves it, or change its status",
                    subject=item.id or item.title,
                )


def _is_proven(item: WorkItem) -> bool:
    return bool(item.evidence or item.refs or not _NOTHING.match(item.evidence_words))
