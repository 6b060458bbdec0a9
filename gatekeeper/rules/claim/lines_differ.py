"""CL006."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import MeasureRule


class LinesDiffer(MeasureRule):
    """A file does not have the number of lines that stands beside its name.

    ## Why it matters

    A line count says "I looked at this file as it was". When it is off, the file has changed since, and so may have what was verified in it.

    A plain number must be exact, counted as `wc -l` or as an editor does; `~770` may be off by a tenth; `>1000`, `500+` and `under 200 lines` are bounds;
    lines of code may leave out blanks and comments. Lines added, removed or changed are not counted, nor what a log, an archive or a dated report tells
    of a former day. All files of a document are told together; a file that has only grown since is a note.

    ## Bad

    ```md path=docs/verification.md
    | Artifact | Status | Details |
    |---|---|---|
    | `src/berths.py` | VERIFIED | 180 lines |
    ```

    ```py path=src/berths.py
    BERTHS = 12
    ```

    ## Good

    ```md path=docs/verification.md
    | Artifact | Status | Details |
    |---|---|---|
    | `src/berths.py` | VERIFIED | 1 lines |
    ```

    ```py path=src/berths.py
    BERTHS = 12
    ```

    ## References

    - CL007, for the number of tests
    """

    info = RuleInfo(code="CL006", name="lines-differ", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.LINES

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The claim, with the count of today."""
        count = fact.found["count"]
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(fact.claim.text)} here, but {quoted(fact.target)} has {count} line{'' if count == 1 else 's'}",
            help="look at the file again and correct the number, or leave it out",
            subject=f"{fact.target} {fact.claim.text}",
        )
