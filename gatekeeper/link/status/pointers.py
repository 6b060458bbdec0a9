"""What a document says of the units that it calls current."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import Document, Section
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Pointing, Relation, Voice

# Who points more often than that lists pointers.
_POINTERS_LIMIT = 40
_DAY = re.compile(r"\W*20\d\d[-/.][01]?\d[-/.][0-3]?\d\b")
_COUNTED = re.compile(r"\w+ (\d+)$")


def pointings_of(document: Document, voices: Sequence[Voice], families: Sequence[Family]) -> tuple[Pointing, ...]:
    """One for each pointer of a document, in document order."""
    pointers = document.pointers[:_POINTERS_LIMIT]
    if not pointers:
        return ()
    units: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.key is not None and not voice.in_log:
            units[voice.key].append(voice)
    parts: dict[str, list[Voice]] = defaultdict(list)
    for family in families:
        if family.relation is Relation.PARENT and (above := family.parents[0].key) is not None:
            parts[above].extend(family.children)
    peers = {kind: _peers(kind, voices) for kind in {pointer.kind for pointer in pointers}}
    found = []
    logs = {entry.span.start for entry in document.entries}
    for pointer in pointers:
        around = _around(document, pointer.span.start)
        key = normal_key(pointer.unit, pointer.kind) if pointer.unit else None
        line = document.source.position(pointer.span.start).line
        named = units.get(key or "", [])
        own = tuple(voice for voice in named if _speaks(voice) and voice.line != line)
        count = _COUNTED.fullmatch(key or "")
        is_counted = count is not None and 0 < int(count[1]) <= len(peers[pointer.kind])
        beside = tuple(other for one in pointer.beside if (other := normal_key(one, pointer.kind)))
        found.append(
            Pointing(
                document,
                pointer,
                key,
                beside,
                voices=own,
                parts=() if own else tuple(parts.get(key or "", ())),
                peers=peers[pointer.kind] if is_counted and not named else (),
                section=around[-1].title if around else "",
                in_log=any(one.span.start in logs or _DAY.match(one.title) for one in around),
            )
        )
    return tuple(found)


def _peers(kind: str, voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """The items of a kind that have no id of it, else those at the top below a heading that is its plural: `## Stories (16)`."""
    own = tuple(voice for voice in voices if voice.item.kind == kind and _speaks(voice))
    if own:
        return () if any((voice.key or "").startswith(f"{kind} ") for voice in own) else own
    plural = re.compile(rf"\W*{kind[:-1] + 'ies' if kind.endswith('y') else kind + 's'}\b", re.IGNORECASE)
    below = (voice for voice in voices if _speaks(voice) and any(plural.match(title) for title in voice.sections))
    return tuple(voice for voice in below if voice.item.parent is None)


def _around(document: Document, offset: int) -> list[Section]:
    """The sections around an offset, outermost first."""
    return [one for one in document.sections if one.level and one.span.start <= offset < one.span.end]


def _speaks(voice: Voice) -> bool:
    return voice.item.mark is not None and voice.item.status is not Status.UNKNOWN
