"""EV001."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from gatekeeper.model.document import Document, EvidenceKind, WorkItem
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.fix.fix import Fix
from gatekeeper.model.project import EvidenceFact, Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._mending import alike_fix, moved_fix
from gatekeeper.rules.evidence._verdict import EvidenceRule

_SHOWN = 3
_RELATED_LIMIT = 20


class TargetMissing(EvidenceRule):
    """Evidence names a file or folder that the repository does not hold.

    ## Why it matters

    An item is as good as its proof. Proof that nobody can open is an assertion: the file was moved, renamed, never committed, or never written.

    It is an error where an item that is done, or an entry of a log, gives a path as its proof. It is a warning where the item is under way,
    where only a file's name is given, and for what builds make and what stands below "References"; where nothing is said to be done it is a note. Examples,
    and files that their line says are gone, are left alone.

    Evidence of an item that is queued or cancelled is a plan and may be missing. So may a pattern such as `runs/{run_id}/report.md`.

    A command that is offered as evidence names the files that it needs; those are looked up too, and a missing one is a warning. Words in quotes,
    what the command writes, and folders of builds are left alone.

    Where a list of items is kept in one place and what was made for them in another (a dated note below), the missing files of one done item are one
    finding, at the item.

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
    is_weighed = True
    of_commands = True

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each missing target; those of a done item that are named elsewhere are one, at the item."""
        yield from super().check(document, project)
        lost: dict[Span, list[EvidenceFact]] = {}
        for fact in super().facts_of(document, project):
            if item := _item_apart(document, fact):
                lost.setdefault(item.span, []).append(fact)
        for missing in lost.values():
            yield self._gathered(document, missing[0].items[0], missing)

    def facts_of(self, document: Document, project: Project) -> list[EvidenceFact]:
        """The missing targets that are named where their item stands, or whose item is not done."""
        return [fact for fact in super().facts_of(document, project) if _item_apart(document, fact) is None]

    def _gathered(self, document: Document, item: WorkItem, missing: list[EvidenceFact]) -> Finding:
        """All that is missing of one item, at its status."""
        source, count = document.source, len(missing)
        named = ", ".join(quoted(fact.ref.target) for fact in missing[:_SHOWN])
        more = f" and {count - _SHOWN} more" if count > _SHOWN else ""
        lines = ", ".join(str(source.position(fact.ref.span.start).line) for fact in missing[:_SHOWN])
        mark = item.mark.span if item.mark else item.span
        return self.finding(
            source,
            mark,
            f"{quoted(item.id or item.title)} is {quoted(source.slice(mark))} here, but {named}{more}, named as its"
            f" evidence in line{'s' if count > 1 else ''} {lines}, {'are' if count > 1 else 'is'} not in the repository",
            help=_remedy(missing[0]),
            subject=item.id or item.title,
            related=tuple(
                Location.at(source, fact.ref.span, "no tracked file or folder has this path")
                for fact in missing[:_RELATED_LIMIT]
            ),
        )

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
            fix=_fix(document, fact),
        )


def _fix(document: Document, fact: EvidenceFact) -> Fix | None:
    return moved_fix(document, fact, fact.renamed_to) if fact.renamed_to else alike_fix(document, fact)


def _remedy(fact: EvidenceFact) -> str:
    if fact.renamed_to:
        return f"git moved it to {quoted(fact.renamed_to)}: name that"
    similar = " or ".join(quoted(path) for path in fact.similar)
    if fact.was_deleted:
        instead = f"name what took its place ({similar}?)" if similar else "name what took its place"
        return f"git deleted it: {instead}, bring it back, or take back what it was to prove"
    if similar:
        return f"did you mean {similar}?"
    return "commit the file if it is kept elsewhere, correct the path, or take back what it was to prove"


def _item_apart(document: Document, fact: EvidenceFact) -> WorkItem | None:
    """The one done box or row that a reference proves from outside of its list or table; None without one."""
    item, groups = fact.items[0] if len(fact.items) == 1 else None, document.groups
    if item is None or item.mark is None or item.status is not Status.DONE:
        return None
    if not item.mark.raw.startswith("[") and item.mark.column is None:
        return None
    at = bisect_right(groups, item.span.start, key=lambda group: group.span.start) - 1
    if at < 0 or item.span.start >= groups[at].span.end:
        return None
    return None if groups[at].span.start <= fact.ref.span.start < groups[at].span.end else item
