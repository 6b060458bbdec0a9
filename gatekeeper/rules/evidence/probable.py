"""EV012."""

from __future__ import annotations

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule

_SHOWN = 3


class Probable(EvidenceRule):
    """Evidence is not at its path; a file in another folder ends alike.

    ## Why it matters

    The path was written from some other folder, perhaps a package's own. Probably the file is meant, but a tool that takes "probably" for proof will one day
    take the wrong `config.json`.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `src/sign_in.py` |
    ```

    ```py path=packages/web/src/sign_in.py
    def sign_in(): ...
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `packages/web/src/sign_in.py` |
    ```

    ```py path=packages/web/src/sign_in.py
    def sign_in(): ...
    ```

    ## References

    - evidence is read from the repository root, then from its document's folder
    """

    info = RuleInfo(code="EV012", name="evidence-probable", severity=Severity.WARNING, since="0.1")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """The one file that ends alike, or how many there are."""
        shown = ", ".join(quoted(path) for path in fact.paths[:_SHOWN])
        more = f" and {len(fact.paths) - _SHOWN} more" if len(fact.paths) > _SHOWN else ""
        ends = "ends" if len(fact.paths) == 1 else "end"
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} is not at this path; {shown}{more} {ends} alike, so it was probably written relative to another folder",
            help="write the path from the repository root",
            subject=fact.ref.target,
        )
