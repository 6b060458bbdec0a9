"""CL003."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import ClaimRule, claim_words, lines_of, locate_all


class FiguresDisagree(ClaimRule):
    """Two figures for one measure differ.

    ## Why it matters

    One of them is old, and nobody can tell which.

    Compared are the tests of one unit of work, in its document and in the documents beside it that have a unit of the same id and title; what was
    finished of the same narrowed-down things ("critical issues fixed"); what is left against the total that should leave it; and the figures of front
    matter with those of the body that measure the same for the whole document (`completed_plans` and "Total plans completed"). Entries of a log tell of
    their own day and are left alone.

    ## Bad

    ```md path=docs/status.md
    # Status

    ## Chunk B: Issue tracking (complete)

    - Unit tests: 11/11 passing

    ## Test summary

    - **Chunk B:** 17/17 unit tests
    ```

    ## Good

    ```md path=docs/status.md
    # Status

    ## Chunk B: Issue tracking (complete)

    - Unit tests: 17/17 passing

    ## Test summary

    - **Chunk B:** 17/17 unit tests
    ```

    ## References

    - CL001, when the other side is a list
    """

    info = RuleInfo(code="CL003", name="figures-disagree", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.FIGURE

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The first figure, with the place of the other."""
        source = fact.sources[0]
        where = lines_of(project, fact) if source.path == document.path else f"{source.path}, {lines_of(project, fact)}"
        other = quoted(str(fact.found["text"]))
        says = f"{other} leaves {fact.found['rest']}" if "rest" in fact.found else f"{other} there"
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(claim_words(fact.claim))} here, but {says} ({where})",
            help="find out which of them is right, and write it in one place",
            subject=fact.claim.text,
            related=locate_all(project, fact),
        )
