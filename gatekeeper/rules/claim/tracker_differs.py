"""CL014."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._recount import figure_fix
from gatekeeper.rules.claim._refuted import ClaimRule, claim_words, lines_of, locate_all


class TrackerDiffers(ClaimRule):
    """A count of epics, stories, sprints or phases is not what the document that lists them lists.

    ## Why it matters

    The plan says 52 stories and the tracker has 57: five of them were never planned, or never reported. Either way the two are read by different
    people.

    Held against each other are a line, or a record of data, and the one document that it names; and the units that front matter counts as done and
    the one document in the same folder that lists as many of them as the front matter says there are. Goals, estimates, logs and documents of a
    former day are left alone.

    ## Bad

    ```md path=docs/plan.md
    # Plan

    - [x] Breakdown, 2 epics and 5 stories, see `docs/tracker.md`
    ```

    ```md path=docs/tracker.md
    # Tracker

    | Story | Title | Status |
    |---|---|---|
    | 1.1 | Berths | Done |
    | 1.2 | Cranes | Done |
    | 1.3 | Pilots | Open |
    | 2.1 | Tugs | Open |
    | 2.2 | Buoys | Open |
    | 2.3 | Lights | Open |
    ```

    ## Good

    ```md path=docs/plan.md
    # Plan

    - [x] Breakdown, 2 epics and 6 stories, see `docs/tracker.md`
    ```

    ```md path=docs/tracker.md
    # Tracker

    | Story | Title | Status |
    |---|---|---|
    | 1.1 | Berths | Done |
    | 1.2 | Cranes | Done |
    | 1.3 | Pilots | Open |
    | 2.1 | Tugs | Open |
    | 2.2 | Buoys | Open |
    | 2.3 | Lights | Open |
    ```

    ## References

    - CL001, when the list is in the same document
    - CL003, when the other side is a figure
    """

    info = RuleInfo(code="CL014", name="tracker-differs", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.TRACKER

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The count, with the document that lists something else."""
        total, done, kind = fact.found["total"], fact.found.get("done"), fact.found["kind"]
        listed = f"{done} of the {total}" if done is not None else f"{total}"
        state = " as done" if done is not None else ""
        many = "stories" if kind == "story" else f"{kind}s"
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(claim_words(fact.claim))} here, but {fact.sources[0].path} lists {listed} {many}{state} (from {lines_of(project, fact)})",
            help="correct the figure, or the list",
            subject=fact.claim.text,
            related=locate_all(project, fact),
            fix=figure_fix(
                document, [fact], "total" if done is None else "done", f"{fact.sources[0].path} lists as many"
            ),
        )
