"""ST010."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Remainder, Voice
from gatekeeper.rules.base import quoted
from gatekeeper.rules.status._parts import PartsRule, claiming, counted, is_open
from gatekeeper.rules.status._scale import is_done, is_worded, lines_of, place_of, said, span_of

_OPEN = (Status.QUEUED, Status.IN_PROGRESS, Status.BLOCKED, Status.PARTIAL)
_WORK_IS_OVER = re.compile(
    r"\b(?:complete[d]?|done|finished|delivered|shipped|released|closed|terminée?|achevée?|completad[oa]|terminad[oa]|abgeschlossen|fertig|concluíd[oa]"
    r"|заверш\w+|готово)\b|完成|完了",
    re.IGNORECASE,
)
# `ALL COMPLETE` is a claim that can be counted; an analysis that is complete says nothing of the work.
_NOT_ALL = re.compile(
    r"\b(?:all|every|everything|100|analysis|design|planning|plan|review|audit|research|documentation|investigation|spec\w*|draft)\b",
    re.IGNORECASE,
)


# A verification that passed with checks still to be made is no more over than work is.
_PASSED = re.compile(r"\W*(?:pass(?:ed)?|verified|ok|go|bestanden|aprobado|réussi|通过|合格)\W*", re.IGNORECASE)


class HeadlineDone(PartsRule):
    """The status line of a document says done, and items below it are open.

    ## Why it matters

    `Status: Complete` stands at the top, two rows of the table below are pending. Most readers stop at the top.

    Only words for finished work count: a plan that is approved, accepted or final may well have open items, and so may a finished analysis. Items under
    Next steps, Optional and the like do not count. Where more is open than done, the list is taken for a form to work through, not for the work itself.

    A section such as Human verification required, Remaining work, Open issues or Blockers counts as it stands, also below a head that says passed: its list
    items, rows and numbered headings, unless they or the section say that they are settled, optional, or that there are none.

    ## Bad

    ```md path=docs/report.md
    # Storage report

    **Status:** Complete

    ## Tables

    | ID | Item | Status |
    |---|---|---|
    | ST-1 | Schema | Done |
    | ST-2 | Restore | Pending |
    ```

    ## Good

    ```md path=docs/report.md
    # Storage report

    **Status:** Complete

    ## Tables

    | ID | Item | Status |
    |---|---|---|
    | ST-1 | Schema | Done |
    | ST-2 | Restore | Done |

    ## Next steps

    - [ ] Measure the restore
    ```

    ## References

    - ST005, for units of work within a document that are done above open parts; those parts are not counted again here
    """

    info = RuleInfo(code="ST010", name="headline-done-items-open", severity=Severity.WARNING, since="0.1")
    relations = (Relation.DOCUMENT,)

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for a document, at its status line: for open items, else for a section of what is still to be done."""
        found = list(super().check(document, project))
        remainders = project.remainders.get(document.path, ()) if not found else ()
        left = [one for one in remainders if _is_over(one.head)]
        yield from found or ([self._remaining(document, left)] if left else [])

    def _remaining(self, document: Document, left: list[Remainder]) -> Finding:
        head, first = left[0].head, left[0].leftover
        numbers = [str(document.source.position(entry.start).line) for entry in first.entries]
        lines = f"line{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:6])}"
        more = f" and {len(numbers) - 6} more" if len(numbers) > 6 else ""
        things = f"{len(numbers)} thing{'s' if len(numbers) > 1 else ''}"
        return self.finding(
            document.source,
            span_of(head),
            f"the document is {said(head)} here, but {quoted(first.title)} lists {things} that nobody has marked as done ({lines}{more})",
            help="mark them as done, or take the headline back",
            subject=quoted(head.item.title),
            related=tuple(
                Location.at(document.source, entry, "still to be done")
                for one in left
                for entry in one.leftover.entries[:10]
            ),
        )

    def parts_of(self, family: Family, families: tuple[Family, ...]) -> list[Voice]:
        """The items of the document without the parts of units that claim to be done, of which ST005 speaks."""
        told = {
            child.item.span
            for other in families
            if other.relation is Relation.PARENT and claiming(other, Status.DONE)
            for child in other.children
        }
        return [part for part in counted(family) if part.item.span not in told]

    def judge(self, unit: Voice, family: Family, parts: list[Voice]) -> Finding | None:
        """A finding when some item of the document is open."""
        if not _WORK_IS_OVER.search(said(unit)) or _NOT_ALL.search(said(unit)):
            return None
        still = [part for part in parts if is_open(part, *_OPEN) and not part.in_log]
        done = [part for part in parts if is_done(part) and is_worded(part)]
        if len(done) < len(still) or not {part.shape for part in still} & {part.shape for part in done}:
            return None
        words = ", ".join(dict.fromkeys(said(part) for part in still[:3]))
        verb = "is" if len(still) == 1 else "are"
        return self.finding(
            unit.document.source,
            span_of(unit),
            f"the document is {said(unit)} here, but {len(still)} of its {len(parts)} items {verb} {words} ({lines_of(still)})",
            help="finish or drop the open items, or take the headline back",
            subject=quoted(unit.item.title),
            related=tuple(place_of(part, f"{said(part)} here") for part in still[:10]),
        )


def _is_over(head: Voice) -> bool:
    """Whether a head says that the work, or its verification, is over."""
    is_whole = bool(_WORK_IS_OVER.search(said(head))) and not _NOT_ALL.search(said(head))
    return (
        is_done(head)
        and not head.in_log
        and (is_whole or bool(_PASSED.fullmatch(head.item.mark.raw if head.item.mark else "")))
    )
