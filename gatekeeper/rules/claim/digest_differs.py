"""CL009."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import ClaimRule


class DigestDiffers(ClaimRule):
    """A file does not have the SHA-256 sum that stands beside its name.

    ## Why it matters

    A recorded sum says "this very file was the proof". With another sum it is another file.

    The sum must stand on a line that names one tracked file. Line ends may be Unix or Windows ones, and of a file in large file storage the pointer's sum
    counts. A file that is not tracked is EV001's and EV004's matter.

    ## Bad

    ```md path=docs/evidence.md
    | Run | Status | Evidence | SHA-256 |
    |---|---|---|---|
    | 1 | Passed | `evidence/run.txt` | 0000000000000000000000000000000000000000000000000000000000000000 |
    ```

    ```txt path=evidence/run.txt
    hello
    ```

    ## Good

    ```md path=docs/evidence.md
    | Run | Status | Evidence | SHA-256 |
    |---|---|---|---|
    | 1 | Passed | `evidence/run.txt` | 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03 |
    ```

    ```txt path=evidence/run.txt
    hello
    ```

    ## References

    - FIPS 180-4, the secure hash standard
    """

    info = RuleInfo(code="CL009", name="digest-differs", severity=Severity.ERROR, since="0.1")
    basis = ClaimBasis.DIGEST

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The sum, with the file's own."""
        stated, found = str(fact.claim.values["sha256"]), str(fact.found["sha256"])
        return self.finding(
            document.source,
            fact.claim.span,
            f"the SHA-256 of {quoted(fact.target)} is not `{stated[:12]}...` but `{found[:12]}...`",
            help="run the proof again and record the new sum, or bring back the file that was recorded",
            subject=f"{fact.target} {stated}",
        )
