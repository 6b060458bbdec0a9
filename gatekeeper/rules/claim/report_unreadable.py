"""CL012."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.claim import ClaimBasis
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, quoted


class ReportUnreadable(DocumentRule):
    """A report that is named beside a figure cannot be read, so the figure is only asserted.

    ## Why it matters

    The figure may be right; nobody can check it. A broken report is often one that was cut off when the run was.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `reports/junit.xml`: 42 passed |
    ```

    ```xml path=reports/junit.xml
    <testsuite tests="42" failures="0"
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

    - CL011, when the report can be read and says otherwise
    """

    info = RuleInfo(code="CL012", name="report-unreadable", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each figure whose report is broken."""
        for fact in project.claims.get(document.path, ()):
            if fact.basis is ClaimBasis.UNREADABLE:
                yield self.finding(
                    document.source,
                    fact.claim.span,
                    f"{quoted(fact.claim.text)} cannot be checked: {quoted(fact.target)} cannot be read as a report: {fact.found['why']}",
                    help="commit the report of a run that came to its end",
                    subject=f"{fact.target} {fact.claim.text}",
                )
