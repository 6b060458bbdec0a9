"""EV008."""

from __future__ import annotations

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule


class AnchorMissing(EvidenceRule):
    """Evidence names a heading that its Markdown file does not have.

    ## Why it matters

    The link opens the page at its top, and the reader searches for a section that was renamed or removed.

    Punctuation, letter case, counting numbers and anchors written out in HTML are understood; pages put together from parts are not judged.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | [run](report.md#sign-in) |
    ```

    ```md path=docs/report.md
    # Report

    ## Sign-out
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | [run](report.md#sign-in) |
    ```

    ```md path=docs/report.md
    # Report

    ## Sign-in
    ```

    ## References

    - GitHub Docs, "Basic writing and formatting syntax", section links
    """

    info = RuleInfo(code="EV008", name="evidence-anchor-missing", severity=Severity.ERROR, since="0.1")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """The anchor named and the file without it."""
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence names the section {quoted('#' + (fact.ref.anchor or ''))} of {quoted(fact.paths[0])}, which has no such heading",
            help="look for the section's name of today, and correct the anchor",
            subject=fact.ref.target,
        )
