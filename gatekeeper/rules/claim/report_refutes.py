"""CL011."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import ClaimRule


class ReportRefutes(ClaimRule):
    """A figure differs from what the report says that is named beside it as evidence.

    ## Why it matters

    The report was made by a machine, the figure was typed. When they differ, either the figure is wrong or the report is of another run.

    Read are JUnit, Cobertura, JaCoCo and Clover XML, LCOV, SARIF, and JSON of Jest, pytest, Mocha, Playwright, coverage.py and Istanbul; in any other JSON
    `key=value` is looked up. Goals and thresholds are left alone.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `reports/junit.xml`: 42 passed |
    ```

    ```xml path=reports/junit.xml
    <testsuite tests="42" failures="2" errors="0" skipped="0"/>
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `reports/junit.xml`: 42 passed |
    ```

    ```xml path=reports/junit.xml
    <testsuite tests="42" failures="0" errors="0" skipped="0"/>
    ```

    ## References

    - CL012, when the report cannot be read
    """

    info = RuleInfo(code="CL011", name="report-refutes", severity=Severity.ERROR, since="0.1")
    basis = ClaimBasis.REPORT

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The figure, with the report's."""
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(fact.claim.text)} here, but {quoted(fact.target)} says {fact.found['value']}",
            help="correct the figure, or commit the report of the run that it is from",
            subject=f"{fact.target} {fact.claim.text}",
        )
