"""ST005."""

from __future__ import annotations

import re
from collections import Counter

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Shape, Voice
from gatekeeper.rules.status._parts import PartsRule, is_open
from gatekeeper.rules.status._scale import (
    is_done,
    is_ornament,
    is_worded,
    lines_of,
    name_of,
    place_of,
    said,
    share_of,
    span_of,
    weighed,
)

_OPEN = (Status.QUEUED, Status.READY, Status.IN_PROGRESS, Status.BLOCKED, Status.PARTIAL)
_LIST = 3
_WAITING = (Status.QUEUED,)
# The verdict was given after the list, on what had become of it, or is about a share of the work.
_SETTLED = re.compile(
    r"\b(?:resolved|re-?verified|re-?tested|superseded|closure)\b|\A\W*(?:mvp|phases? \d)|\bsee\b.*\bbelow\b",
    re.IGNORECASE,
)
_SOFT = (Status.PARTIAL, Status.READY)


class DoneAboveOpen(PartsRule):
    """A unit of work is done, but parts of it are not.

    ## Why it matters

    The heading of the gate carries a check mark and one of its boxes is empty. Reports count headings, so the open part is never seen again. It is an
    error when a part is plainly open beside others of its make that are done, a warning when it is only partly done, or when no part is ticked at all.

    Parts that were dropped or put off do not count, nor what stands below headings such as Next steps, Optional or Out of scope. A line of a summary that names
    a section (`High priority tasks: done`) or a tag of this document stands for what is listed there.

    ## Bad

    ```md path=docs/gates.md
    # Gates

    ## Gate 4: Storage ✅

    - [x] Schema reviewed
    - [ ] Restore rehearsed
    ```

    ## Good

    ```md path=docs/gates.md
    # Gates

    ## Gate 4: Storage ✅

    - [x] Schema reviewed
    - [x] Restore rehearsed

    ### Next steps

    - [ ] Move old backups
    ```

    ## References

    - ST006 and ST007, for the other way round
    """

    info = RuleInfo(code="ST005", name="done-above-open-parts", severity=Severity.ERROR, since="0.1")
    relations = (Relation.PARENT, Relation.NAMES, Relation.SECTION)

    def judge(self, unit: Voice, family: Family, parts: list[Voice]) -> Finding | None:
        """A finding when some part is open."""
        # A summary line may speak of a test or an audit that was held, whatever it found.
        is_summary = family.relation is Relation.SECTION
        open_parts = [part for part in parts if is_open(part, *(_WAITING if is_summary else _OPEN))]
        if not open_parts:
            return None
        done = [part for part in parts if is_done(part)]
        if len(done) < (len(open_parts) if is_ornament(unit) else 0 if is_worded(unit) else 1):
            return None
        is_unit = unit.key is not None and family.relation is Relation.PARENT and not is_ornament(unit)
        left = _left_open(done, open_parts)
        is_firm = is_unit and bool(left) and not _SETTLED.search(unit.item.mark.raw if unit.item.mark else "")
        open_parts = left if is_firm else open_parts
        words = ", ".join(dict.fromkeys(said(part) for part in open_parts[:3]))
        finding = self.finding(
            unit.document.source,
            span_of(unit),
            f"{name_of(unit)} is {said(unit)} here, but {share_of(open_parts, parts)} {words} ({lines_of(open_parts)})",
            help="finish or drop the open parts, or take back that the whole is done",
            subject=unit.key or unit.item.title,
            related=tuple(place_of(part, f"{said(part)} here") for part in open_parts[:10]),
        )
        return weighed(finding, Severity.ERROR if is_firm else Severity.WARNING)


def _left_open(done: list[Voice], open_parts: list[Voice]) -> list[Voice]:
    """The parts that were surely forgotten: others of their make are done, and their list is not one that nobody ticked at all."""
    shapes, kept = {part.shape for part in done}, {(part.shape, part.sections) for part in done}
    untouched = Counter((part.shape, part.sections) for part in open_parts)
    return [
        part
        for part in open_parts
        if part.item.status not in _SOFT
        and not _is_sign(part)
        and part.shape in shapes
        and ((part.shape, part.sections) in kept or untouched[part.shape, part.sections] < _LIST)
    ]


def _is_sign(part: Voice) -> bool:
    """Whether a row has a lone sign for its status, as the cells of a table of rights have."""
    raw = part.item.mark.raw if part.item.mark else ""
    return part.shape is Shape.ROW and not raw.startswith("[") and not any(map(str.isalnum, raw))
