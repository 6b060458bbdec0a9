"""EV007."""

from __future__ import annotations

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule


class LinesMissing(EvidenceRule):
    """Evidence names lines that its file does not have.

    ## Why it matters

    The file was shortened or rewritten since the reference was made. What stood in those lines stands there no more, and the rest
    of the item's proof is as old.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `src/sign_in.py:40-52` |
    ```

    ```py path=src/sign_in.py
    def sign_in(): ...
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `src/sign_in.py:1` |
    ```

    ```py path=src/sign_in.py
    def sign_in(): ...
    ```

    ## References

    - a permanent link (a URL with a commit id in it) keeps its lines
    """

    info = RuleInfo(code="EV007", name="evidence-lines-missing", severity=Severity.ERROR, since="0.1")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """The lines named and the lines there are."""
        first, last = fact.ref.lines or (0, 0)
        named = f"line {first}" if first == last else f"lines {first} to {last}"
        has = "1 line" if fact.line_count == 1 else f"{fact.line_count} lines"
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence names {named} of {quoted(fact.paths[0])}, which has {has}",
            help="look where the passage stands today, and correct the line numbers",
            subject=fact.ref.target,
        )
