"""EV001."""

from __future__ import annotations

from gatekeeper.model.document import Document, EvidenceKind
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule, respelled


class TargetMissing(EvidenceRule):
    """Evidence names a file or folder that the repository does not hold.

    ## Why it matters

    An item is as good as its proof. Proof that nobody can open is an assertion: the file was moved, renamed, never committed, or never written.

    Evidence of an item that is queued or cancelled is a plan and may be missing. So may a pattern such as `runs/{run_id}/report.md`.

    A command that is offered as evidence names the files that it needs; those are looked up too, and a missing one is a warning. Words in quotes,
    what the command writes, and folders of builds are left alone.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `test-evidence/sign-in/results.txt` |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `test-evidence/sign-in/results.txt` |
    ```

    ```txt path=test-evidence/sign-in/results.txt
    12 passed
    ```

    ## References

    - EV002 letter case, EV004 not tracked, EV012 found in another folder only
    """

    info = RuleInfo(code="EV001", name="evidence-target-missing", severity=Severity.ERROR, since="0.1")
    of_commands = True

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """What was named, and where it may be instead: git's renames first, then names spelled alike."""
        what = (
            "no tracked file matches it"
            if fact.ref.kind is EvidenceKind.GLOB
            else "no tracked file or folder has this path"
        )
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} is not in the repository: {what}",
            help=_remedy(fact),
            subject=fact.ref.target,
            fix=respelled(document, fact, fact.renamed_to) if fact.renamed_to else None,
        )


def _remedy(fact: EvidenceFact) -> str:
    if fact.renamed_to:
        return f"git moved it to {quoted(fact.renamed_to)}: name that"
    if fact.similar:
        return f"did you mean {' or '.join(quoted(path) for path in fact.similar)}?"
    return "commit the file if it is kept elsewhere, correct the path, or take back what it was to prove"
