"""LG005."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule


class VerifiedBeforeCompleted(DocumentRule):
    """Something was verified or approved on a day before it was completed.

    ## Why it matters

    What was not finished could not be verified. One of the two dates is wrong, or the work went on after the sign-off and must be signed off again.
    Only dates of one item are compared: of one table row, of the lines of one section, or of the front matter; dates with a time of day are not,
    since time zones shift them.

    ## Bad

    ```md path=docs/phase-1.md
    # Phase 1: Sign-in

    **Status:** Done
    **Completed:** 2026-03-24
    **Verified:** 2026-03-20
    ```

    ## Good

    ```md path=docs/phase-1.md
    # Phase 1: Sign-in

    **Status:** Done
    **Completed:** 2026-03-24
    **Verified:** 2026-03-24
    ```

    ## References

    - LG001, for entries of a log
    """

    info = RuleInfo(code="LG005", name="verified-before-completed", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each item whose dates are the wrong way round, at the date of verification."""
        for one in project.order.sign_offs.get(document.path, ()):
            if one.verified_date < one.completed_date:
                yield self.finding(
                    document.source,
                    one.verified.span,
                    f"verified or approved on {one.verified_date}, but completed on {one.completed_date} (line {one.completed.line})",
                    help="correct the date that is wrong, or have the work verified again",
                    subject=one.verified.words,
                    related=(Location.at(document.source, one.completed.span, f"completed on {one.completed_date}"),),
                )
