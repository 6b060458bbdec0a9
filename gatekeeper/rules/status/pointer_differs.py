"""ST015."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Pointing, Voice
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._scale import is_done, is_explicit, is_worded, lines_of, place_of, said

_LEAST_PARTS = 2


class PointerDiffers(DocumentRule):
    """A document names what is worked on now, and the unit is finished, or another place names another one.

    ## Why it matters

    `Current sprint: 4`, says the head, and sprint 4 is done three sections below; or the head says 16 and the section "Active sprint" holds sprint 13. Whoever
    opens the document to see where the work stands reads the stale line first.

    Both sides must be explicit: a line, heading or field that points (`Current phase: 2`, `## Active sprint`, `current_phase: 2`), and a status of that
    unit, all its parts done, or a second pointer of the same kind. A line that says itself that its unit is finished does not point, nor does an entry of a
    log; `Phase 2` and `Phase 2.1` go together.

    ## Bad

    ```md path=docs/state.md
    # State

    **Current focus:** Phase 1 - Hull

    ## Current position

    Phase: 2
    Plan: not started

    ## Phases

    - [x] Phase 1: Hull
    - [ ] Phase 2: Mast
    ```

    ## Good

    ```md path=docs/state.md
    # State

    **Current focus:** Phase 2 - Mast

    ## Current position

    Phase: 2
    Plan: not started

    ## Phases

    - [x] Phase 1: Hull
    - [ ] Phase 2: Mast
    ```

    ## References

    - ST003, for two statuses of one unit
    """

    info = RuleInfo(code="ST015", name="current-pointer-differs", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for each kind of unit that a document points at, at its first stale pointer."""
        told: set[str] = set()
        pointings = [one for one in project.pointings.get(document.path, ()) if not one.in_log]
        for one in pointings:
            kind = one.pointer.kind
            if kind in told or one.key is None or _says_finished(one):
                continue
            rivals = [other for other in pointings if other.pointer.kind == kind]
            finding = self._rival(one, rivals) or self._finished(one, rivals)
            if finding is not None:
                told.add(kind)
                yield finding

    def _rival(self, one: Pointing, others: list[Pointing]) -> Finding | None:
        """The finding for another pointer that names another unit."""
        rival = next((other for other in others if _are_at_odds(one, other)), None)
        if rival is None:
            return None
        source, pointer = one.document.source, rival.pointer
        line = source.position(pointer.span.start).line
        return self._finding(
            one,
            f"{quoted(one.pointer.unit)} here, but {quoted(pointer.label)} is {quoted(pointer.unit)} in line {line}",
            (Location.at(source, pointer.span, f"{quoted(pointer.label)} points at another one"),),
        )

    def _finished(self, one: Pointing, others: list[Pointing]) -> Finding | None:
        """The finding for a unit of which the document says that it is finished."""
        source = one.document.source
        for other in others:
            is_elsewhere = other.section != one.section and other.key in (one.key, None)
            if is_elsewhere and _says_finished(other) and other.pointer.mark is not None:
                line = source.position(other.pointer.span.start).line
                place = Location.at(source, other.pointer.span, "finished, it says here")
                return self._finding(
                    one,
                    f"{quoted(one.pointer.unit)} here, but line {line} says {quoted(other.pointer.mark.raw)}",
                    (place,),
                )
        voices = [voice for voice in one.voices if is_explicit(voice) and is_worded(voice)]
        if voices and len(voices) == len(one.voices) and all(map(is_done, voices)):
            where = f"that is {said(voices[0])} ({lines_of(voices)})"
        else:
            voices = _all_done(one.parts) or _all_done(one.peers)
            where = f"all {len(voices)} {'parts of it' if one.parts else 'of them'} are done ({lines_of(voices)})"
        if not voices:
            return None
        related = tuple(place_of(voice, f"{said(voice)} here") for voice in voices[:10])
        return self._finding(one, f"{quoted(one.pointer.unit)} here, but {where}", related)

    def _finding(self, one: Pointing, message: str, related: tuple[Location, ...]) -> Finding:
        return self.finding(
            one.document.source,
            one.pointer.span,
            f"{quoted(one.pointer.label)} is {message}",
            help="point at what is worked on now, or say that nothing is",
            subject=one.pointer.label,
            related=related,
        )


def _says_finished(one: Pointing) -> bool:
    """Whether the pointer's own words say that its unit is done."""
    return one.pointer.mark is not None and one.pointer.mark.status is Status.DONE


def _all_done(voices: tuple[Voice, ...]) -> list[Voice]:
    """The voices where there are at least two and all of them are plainly done; else none."""
    is_over = len(voices) >= _LEAST_PARTS and all(is_done(voice) and is_worded(voice) for voice in voices)
    return list(voices) if is_over else []


def _are_at_odds(one: Pointing, other: Pointing) -> bool:
    """Whether two pointers name units that cannot both be the current one: neither is part of the other, nor in the other's place."""
    if other.key is None or _says_finished(other):
        return False
    if (
        one.key in other.beside
        or other.key in one.beside
        or f"{one.key}.".startswith(f"{other.key}.")
        or f"{other.key}.".startswith(f"{one.key}.")
    ):
        return False
    is_one_label = one.pointer.label.casefold() == other.pointer.label.casefold()
    return not is_one_label or one.section == other.section
