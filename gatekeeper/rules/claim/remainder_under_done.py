"""CL004."""

from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import ClaimRule, lines_of, locate_all


class RemainderUnderDone(ClaimRule):
    """Something is marked as done although its own figure says that a part fails or is left.

    ## Why it matters

    `[x] Tests: 9/17 passing` is a ticked box over eight failing tests. Whoever counts ticks counts it as finished.

    Looked at are the item's own text, the ratio or results of passing tests under a unit of work that is done, the share of what was tested or migrated
    there where it is half or less, and the ratio beside a check mark. Where 95 of 100 pass it is a note. A line that owns up to it with a warning sign or
    words such as "known issue" is left alone.

    ## Bad

    ```md path=docs/tracker.md
    # Tracker

    - [x] Data models
    - [x] Tests: 9/17 passing
    ```

    ## Good

    ```md path=docs/tracker.md
    # Tracker

    - [x] Data models
    - [ ] Tests: 9/17 passing
    ```

    ## References

    - CL011, when a report of the tests says otherwise
    """

    info = RuleInfo(code="CL004", name="remainder-under-done", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.DONE

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The ratio, with the mark that says done."""
        rest, total, what = fact.found["rest"], fact.found["total"], fact.found["what"]
        mark, ratio = quoted(fact.sources[0].text), quoted(str(fact.found["ratio"]))
        is_one = rest == 1
        state = f"{'does' if is_one else 'do'} not pass" if what else f"{'is' if is_one else 'are'} left"
        finding = self.finding(
            document.source,
            fact.claim.span,
            f"{mark} ({lines_of(project, fact)}), but by {ratio} {rest} of {total}{' tests' if what else ''} {state}",
            help="take the mark back until the rest is done, or say which part is done",
            subject=fact.claim.text,
            related=locate_all(project, fact),
        )
        return replace(finding, severity=Severity.NOTE) if fact.found["is_nearly_all"] else finding
