"""CL016."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._recount import figure_fix
from gatekeeper.rules.claim._refuted import ClaimRule, claim_words, lines_of, locate_all


class PartsDiffer(ClaimRule):
    """A total is not the sum of the parts that stand beside it.

    ## Why it matters

    A row was added and the total was not, or one of the parts is wrong. Totals are what reports copy.

    Added up are the columns of a table whose last row is called the total, where every cell is a plain whole number; the results of a test run behind
    their number, `19 tests (18 passed, 2 failed)`; and figures of front matter or data with the same noun. Percentages, averages, prices and rounded
    numbers are left alone, and so are totals that are off by more than half, as rows may overlap.

    ## Bad

    ```md path=docs/report.md
    # Report

    - [x] Written

    | Area | Cases | Status |
    |---|---|---|
    | Berths | 12 | Done |
    | Cranes | 9 | Done |
    | Pilots | 4 | Done |
    | **Total** | **24** | Done |
    ```

    ## Good

    ```md path=docs/report.md
    # Report

    - [x] Written

    | Area | Cases | Status |
    |---|---|---|
    | Berths | 12 | Done |
    | Cranes | 9 | Done |
    | Pilots | 4 | Done |
    | **Total** | **25** | Done |
    ```

    ## References

    - CL001, when the parts are counted and not added
    """

    info = RuleInfo(code="CL016", name="parts-differ", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.PARTS

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The total, with what its parts add up to."""
        total, what = fact.found["sum"], str(fact.found["what"])
        where = lines_of(project, fact)
        says = f"the parts add up to {total} ({where})"
        if what == "all":
            says = f"there are {total} in all ({where})"
        elif what:
            says = f"the column {quoted(what)} adds up to {total} (table from {where})"
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(claim_words(fact.claim))} here, but {says}",
            help="add up again, or say what the total leaves out",
            subject=" ".join([*what.split(), fact.claim.text]),
            related=locate_all(project, fact),
            fix=figure_fix(document, [fact], "sum", "the parts add up to that"),
        )
