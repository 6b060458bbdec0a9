"""CL015."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import ClaimRule, claim_words, lines_of, locate_all


class NotBegunWithBegun(ClaimRule):
    """A document says that nothing is begun, or 0 % done, while it lists items that are.

    ## Why it matters

    A counter that still stands at zero was set up once and forgotten. Who plans by it counts finished work a second time.

    Looked at are a figure of zero with the remark that nothing is started yet, and a progress of 0 %. Two items or more must be under way or done in the
    same document, or in the section of the same unit of work.

    ## Bad

    ```md path=docs/progress.md
    # Harbor portal

    - [x] HP-1 Berth register
    - [~] HP-2 Tide tables
    - [ ] HP-3 Pilot roster

    ## Iterations

    Total: 0 (work not yet started)
    ```

    ## Good

    ```md path=docs/progress.md
    # Harbor portal

    - [ ] HP-1 Berth register
    - [ ] HP-2 Tide tables
    - [ ] HP-3 Pilot roster

    ## Iterations

    Total: 0 (work not yet started)
    ```

    ## References

    - ST010, for a unit that is queued above parts that are started
    """

    info = RuleInfo(code="CL015", name="not-begun-with-begun", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.STARTED

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The claim, with how many items deny it."""
        begun, total = fact.found["begun"], fact.found["total"]
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(claim_words(fact.claim))} here, but {begun} of {total} items are under way or done ({lines_of(project, fact)})",
            help="bring the figure up to date, or take the marks back",
            subject=fact.claim.text,
            related=locate_all(project, fact),
        )
