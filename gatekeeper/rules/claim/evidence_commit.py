"""CL018."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import ClaimRule, locate, locate_all


class EvidenceCommit(ClaimRule):
    """Evidence was made for another commit than the document that offers it.

    ## Why it matters

    A green report of last week's build says nothing about the build that is to pass the gate.

    A document counts when its head names one commit (`**Commit:** 1f3ab7c`); the evidence is a document of the same kind, or a JSON or SARIF report with one
    commit in it (`commit`, `sha`, `git_sha`, `head_sha`, `revision`). An abbreviated id agrees with every id that begins with it.

    ## Bad

    ```md path=docs/gate.md
    # Release gate

    **Commit:** 1f3ab7c

    | Check | Status | Evidence |
    |---|---|---|
    | Load test | Passed | `reports/load.json` |
    ```

    ```json path=reports/load.json
    {"commit": "9aa81be", "requests": 1200, "failed": 0}
    ```

    ## Good

    ```md path=docs/gate.md
    # Release gate

    **Commit:** 1f3ab7c

    | Check | Status | Evidence |
    |---|---|---|
    | Load test | Passed | `reports/load.json` |
    ```

    ```json path=reports/load.json
    {"commit": "1f3ab7c09d5e42b6a8c7d9e0f1a2b3c4d5e6f708", "requests": 1200, "failed": 0}
    ```

    ## References

    - SLSA, verification summary: a verdict is about one resource with one digest
    """

    info = RuleInfo(code="CL018", name="evidence-commit-differs", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.MADE_FOR

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The evidence, with both commits."""
        about, other = str(fact.claim.values["commit"]), str(fact.found["commit"])
        (commit,) = locate(project, fact.sources[1], "")
        return self.finding(
            document.source,
            fact.claim.span,
            f"evidence {quoted(fact.claim.text)} was made for commit {quoted(other)}, but this document is about {quoted(about)} (line {commit.start.line})",
            help="make the evidence anew for that commit, or say why the older one still counts",
            subject=fact.target,
            related=locate_all(project, fact),
        )
