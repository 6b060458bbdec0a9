"""ST030."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.model.document import Document, EvidenceRef
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceState, Project
from gatekeeper.model.report import RuleInfo, RuleStatus
from gatekeeper.model.view.move import LastMove, MoveKind, ProofStanding
from gatekeeper.rules.base import DocumentRule, option, quoted

_COMMIT_LENGTH = 9
_SHOWN = 3


class DoneBeforeEvidence(DocumentRule):
    """An item became done in a commit in which the evidence that it offers did not exist.

    ## Why it matters

    The file is there today, so every check of the tree is content. History tells that the box was ticked first and the proof was made afterwards: on that
    day nobody could have looked at it.

    The rule walks through the log, so it runs only where the policy sets it. It looks at the commit in which the item took on the status that it has now,
    along first parents: work that a merge brought together with its proof came at once. Evidence that is missing today too is EV001's. Nothing is said
    in a shallow clone.

    ## Bad

    ```md path=docs/tracker.md past=1
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | B-01 | Berth plan | Queued | |
    ```

    ```md path=docs/tracker.md past=2
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | B-01 | Berth plan | Done | `src/berth.py` |
    ```

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | B-01 | Berth plan | Done | `src/berth.py` |
    ```

    ```py path=src/berth.py
    BERTHS = 12
    ```

    ## Good

    ```md path=docs/tracker.md past=1
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | B-01 | Berth plan | Queued | |
    ```

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | B-01 | Berth plan | Done | `src/berth.py` |
    ```

    ```py path=src/berth.py
    BERTHS = 12
    ```

    ## Options

    `since`: an ISO 8601 day; what became done before it is left alone.

    ## References

    - EV001, for evidence that is missing today
    - `gatekeeper history ITEM`, which tells the whole story
    """

    info = RuleInfo(
        code="ST030",
        name="done-before-evidence",
        severity=Severity.WARNING,
        since="0.1",
        status=RuleStatus.PREVIEW,
    )
    asks_history = True

    @dataclass(frozen=True, slots=True)
    class Options:
        """What a policy may set: the day from which on moves count."""

        since: str = option("", looser="higher")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding an item, at the first piece of evidence that came too late."""
        facts = project.facts.get(document.path, ())
        found = {fact.ref.target for fact in facts if fact.state is EvidenceState.FOUND}
        for last in project.moves.get(document.path, ()):
            if not last.move.lacks_proof or last.move.moment.day < self.options.since:
                continue
            missing = {proof.target for proof in last.move.proofs if proof.standing is ProofStanding.MISSING}
            late = [ref for ref in last.item.evidence if ref.target in missing and ref.target in found]
            if late:
                yield self._late(document, last, late)

    def _late(self, document: Document, last: LastMove, late: list[EvidenceRef]) -> Finding:
        moment, item = last.move.moment, last.item
        names = ", ".join(quoted(ref.target) for ref in late[:_SHOWN])
        more = f" and {len(late) - _SHOWN} more" if len(late) > _SHOWN else ""
        came = "was first listed as" if last.move.kind is MoveKind.FIRST else "became"
        raw = item.mark.raw if item.mark else "done"
        return self.finding(
            document.source,
            late[0].span,
            f"{quoted(item.id or item.title)} {came} {quoted(raw)} in {moment.commit[:_COMMIT_LENGTH]} ({moment.day}), where {names}{more} did"
            " not exist",
            help="look at the evidence now, and say in the document when it was verified",
            subject=item.id or item.title,
        )
