"""EV002."""

from __future__ import annotations

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._mending import case_fix
from gatekeeper.rules.evidence._verdict import EvidenceRule


class CaseDiffers(EvidenceRule):
    """Evidence is spelled with other upper and lower case letters than the file it names.

    ## Why it matters

    On Windows and macOS the path opens, on Linux, in CI and on the hosting site it does not: the proof is there for its author alone.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `docs/Report.md` |
    ```

    ```md path=docs/report.md
    12 passed
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `docs/report.md` |
    ```

    ```md path=docs/report.md
    12 passed
    ```

    ## References

    - `git config core.ignoreCase`
    """

    info = RuleInfo(code="EV002", name="evidence-case-differs", severity=Severity.ERROR, since="0.1")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """What was written and what is tracked."""
        tracked = " and ".join(quoted(path) for path in fact.paths)
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} differs in letter case from what is tracked: {tracked}",
            help="write the path exactly as it is tracked",
            subject=fact.ref.target,
            fix=case_fix(document, fact),
        )
