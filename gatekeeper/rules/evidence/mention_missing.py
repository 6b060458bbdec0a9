"""EV014."""

from __future__ import annotations

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._mending import moved_fix
from gatekeeper.rules.evidence._verdict import EvidenceRule


class MentionMissing(EvidenceRule):
    """The words of an item mention a path that the repository does not hold.

    ## Why it matters

    A sentence that names a path may describe what the work does ("files land in `out/`") or what once was there. It offers no proof,
    so a missing one is no error; yet it is often the first sign that a document has been left behind.

    A path that is offered as proof (in an evidence column, below "Files:", in brackets, after "created") is EV001's.

    ## Bad

    ```md path=docs/tracker.md
    - [x] The importer reads its rules from `config/import-rules.yml` at start
    ```

    ## Good

    ```md path=docs/tracker.md
    - [x] The importer reads its rules from `config/import-rules.yml` at start
    ```

    ```yml path=config/import-rules.yml
    rules: []
    ```

    ## References

    - EV001 evidence-target-missing
    """

    info = RuleInfo(code="EV014", name="mentioned-path-missing", severity=Severity.NOTE, since="0.1")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """What was mentioned, and where it may be instead."""
        where = fact.renamed_to or next(iter(fact.similar), None)
        return self.finding(
            document.source,
            fact.ref.span,
            f"{quoted(fact.ref.target)} is mentioned here, and the repository does not hold it",
            help=f"did you mean {quoted(where)}?" if where else "correct the path if it should exist",
            subject=fact.ref.target,
            fix=moved_fix(document, fact, fact.renamed_to) if fact.renamed_to else None,
        )
