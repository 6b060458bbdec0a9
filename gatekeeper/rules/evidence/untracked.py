"""EV004."""

from __future__ import annotations

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule


class Untracked(EvidenceRule):
    """Evidence is on disk but not tracked by git, so that nobody else has it.

    ## Why it matters

    The path is no typo: the file stands in the author's work tree. It was never added, or an ignore rule hides it, as is usual for logs, screenshots and
    test output. A reviewer's clone, CI and next year's audit will not have it.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `test-evidence/results.txt` |
    ```

    ```txt path=test-evidence/results.txt ignored
    12 passed
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `test-evidence/results.txt` |
    ```

    ```txt path=test-evidence/results.txt
    12 passed
    ```

    ## References

    - gitignore(5); `git check-ignore -v PATH` names the rule that hides a file
    """

    info = RuleInfo(code="EV004", name="evidence-untracked", severity=Severity.ERROR, since="0.1")
    is_weighed = True
    of_commands = True

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """Whether the file was never added or is ignored."""
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} is on disk but not tracked: {_why(fact)}",
            help=_remedy(fact),
            subject=fact.ref.target,
        )


def _why(fact: EvidenceFact) -> str:
    return "an ignore rule hides it" if fact.ignored else "it was never added to git"


def _remedy(fact: EvidenceFact) -> str:
    path = quoted(fact.paths[0])
    if fact.ignored:
        return f"keep proof where it is tracked, or `git add --force` {path}; `git check-ignore -v` names the rule"
    return f"`git add` {path}"
