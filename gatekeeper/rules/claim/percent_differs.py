"""CL005."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._recount import percent_fix
from gatekeeper.rules.claim._refuted import ClaimRule, claim_words, lines_of, locate_all


class PercentDiffers(ClaimRule):
    """A percentage is not what its own ratio gives, or differs from another percentage of the same unit.

    ## Why it matters

    A ratio was corrected and its percentage was not, or the other way round. Reports copy whichever is more convenient.

    Rounding up, down and to the nearest are all taken as right. Against the ratio right before it a wrong percentage is an error; against another
    percentage of the same phase, sprint or epic, or the figures beside it in front matter, it is a warning. Points are no parts, so that what stands
    behind them is not held against them.

    ## Bad

    ```md path=docs/status.md
    # Status

    - [x] Berth register
    - Progress: 12/16 tasks complete (80%)
    ```

    ## Good

    ```md path=docs/status.md
    # Status

    - [x] Berth register
    - Progress: 12/16 tasks complete (75%)
    ```

    ## References

    - CL001, when a ratio and its list differ
    """

    info = RuleInfo(code="CL005", name="percent-differs", severity=Severity.ERROR, since="0.1")
    basis = ClaimBasis.PERCENT

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The percentage, with the ratio or the other percentage."""
        percent = f"{fact.found['percent']:g} %"
        ratio = fact.found.get("ratio")
        says = (
            f"{quoted(str(ratio))} is {percent}{fact.found.get('others', '')}"
            if ratio is not None
            else f"{percent} there ({lines_of(project, fact)})"
        )
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(claim_words(fact.claim))} here, but {says}",
            help="compute it again",
            subject=fact.claim.text,
            related=locate_all(project, fact),
            fix=percent_fix(document, project, fact),
        )
