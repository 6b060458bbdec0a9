"""Tables with a row for each role: what they say of a role's share of a unit, beside what the role's own documents say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gatekeeper.link.plan.own import titled_unit_of
from gatekeeper.link.plan.titles import stems
from gatekeeper.link.status.identity import leading_key
from gatekeeper.link.status.place import role_in
from gatekeeper.link.status.row import cells_of
from gatekeeper.model.document import Document
from gatekeeper.model.subject import LaneWord, Shape, Voice

_HEADER = re.compile(
    r"(?:lane|role|team|squad|discipline|function|owner lane|rolle|équipe|rôle|rol|equipo|роль|команда)(?: name)?"
)
_BAR = re.compile(r"(?<!\\)\|")


def lane_words(spoken: Mapping[str, Sequence[Voice]]) -> tuple[LaneWord, ...]:
    """Each row for a role below a unit's heading, with all that documents of this role say of the unit, by path and place."""
    rows = [row for voices in spoken.values() for row in _rows(voices[0].document, voices)]
    if not rows:
        return ()
    wanted = {(role, unit) for role, unit, _, _ in rows}
    own: dict[tuple[str, str], list[Voice]] = defaultdict(list)
    for voices in spoken.values():
        for voice in voices:
            if voice.key is not None and voice.item.mark is not None and (voice.role, voice.key) in wanted:
                own[(voice.role, voice.key)].append(voice)
    words = (
        LaneWord(unit, role, row, tuple(one for one in own[(role, unit)] if one.path != row.path and _fits(one, title)))
        for role, unit, row, title in rows
    )
    return tuple(word for word in words if word.own)


def _rows(document: Document, voices: Sequence[Voice]) -> Iterator[tuple[str, str, Voice, str]]:
    """Role, unit, row and the heading that names the unit."""
    starts = [voice.item.span.start for voice in voices]
    whole = titled_unit_of(document)
    for group in document.groups:
        head = document.source.line_around(group.span.start)
        if group.kind != "table" or not any(_HEADER.fullmatch(cell) for cell in _cells(head)):
            continue
        for voice in voices[bisect_left(starts, group.span.start) : bisect_left(starts, group.span.end)]:
            unit, title = _unit_above(voice, whole, document.title or "")
            name = next((cell for header, cell in cells_of(document, voice.item) if _HEADER.fullmatch(header)), "")
            role = role_in(name)
            if voice.shape is Shape.ROW and voice.item.mark is not None and unit and role:
                yield role, unit, voice, title


def _cells(line: str) -> list[str]:
    return [cell.strip(" *`_").casefold() for cell in _BAR.split(line)]


def _unit_above(voice: Voice, whole: str | None, title: str) -> tuple[str | None, str]:
    """The unit that the innermost heading names, else the document's, with the words that name it."""
    for section in reversed(voice.sections):
        if (key := leading_key(section)) is not None:
            return key, section
    return whole, title


def _fits(voice: Voice, heading: str) -> bool:
    """Whether a role's word on a unit may be on the one that a heading names: some word in common, or nothing to compare."""
    mine, theirs = stems(f"{voice.title} {voice.item.gate or ''}"), stems(heading)
    return not mine or not theirs or bool(mine & theirs)
