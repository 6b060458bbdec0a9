"""CL002."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import ClaimRule, lines_of, locate_all


class AllWithOpen(ClaimRule):
    """A document says that all of something is done while it lists some of it as open.

    ## Why it matters

    "All gates passed" is the sentence that lets a release go. One open row below it is the reason why it should not.

    What "all" is about: the items of the heading's own section ("Requirements - All Met"), the document's chunks, phases, gates, epics, sprints, stories
    or milestones, within the range that is named ("Gates 7-10"). Goals, conditions and definitions of done are left alone. Rows that only name such a
    unit, and units without a status whose boxes are all empty, give a warning.

    ## Bad

    ```md path=docs/gates.md
    # Gates

    | Gate | Status |
    |---|---|
    | Gate 1 | Passed |
    | Gate 2 | Pending |

    ## Release

    All gates passed, the release may go.
    ```

    ## Good

    ```md path=docs/gates.md
    # Gates

    | Gate | Status |
    |---|---|
    | Gate 1 | Passed |
    | Gate 2 | Passed |

    ## Release

    All gates passed, the release may go.
    ```

    ## References

    - CL001, when a count and its list differ
    """

    info = RuleInfo(code="CL002", name="all-with-open", severity=Severity.ERROR, since="0.1")
    basis = ClaimBasis.OPEN_ITEMS

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The claim, with everything that is open."""
        still_open, total = fact.found["open"], fact.found["total"]
        what = f"{still_open} of {total} items"
        if "names" in fact.found:
            rows = "row that names" if still_open == 1 else "rows that name"
            what = f"{still_open} {rows} such a {fact.found['names']}"
        verb = "is" if still_open == 1 else "are"
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(fact.claim.text)} here, but {what} {verb} open ({lines_of(project, fact)})",
            help="finish what is open, or say what is done and what is not",
            subject=fact.claim.text,
            related=locate_all(project, fact),
        )
