"""EV003."""

from __future__ import annotations

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule


class OutsideRepository(EvidenceRule):
    r"""Evidence lies outside the repository: on somebody's machine, or above its root.

    ## Why it matters

    `C:\Users\me\report.pdf`, `/tmp/run.log` and `../../notes.md` open for one person at most, and nothing ties them to a commit.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `/tmp/sign-in/results.txt` |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `test-evidence/sign-in/results.txt` |
    ```

    ```txt path=test-evidence/sign-in/results.txt
    12 passed
    ```

    ## References

    - CWE-22, path traversal: gatekeeper never opens such a path
    """

    info = RuleInfo(code="EV003", name="evidence-outside-repository", severity=Severity.ERROR, since="0.1")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """What was written, and that no reader can follow it."""
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} lies outside the repository, where no other reader can open it",
            help="bring the file into the repository, or give a URL that the readers can open",
            subject=fact.ref.target,
        )
