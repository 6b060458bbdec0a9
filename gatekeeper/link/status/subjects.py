"""Equal ids grouped: every subject with all who speak of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gatekeeper.link.status.identity import is_distinctive
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Subject, Voice


def group_subjects(voices: Iterable[Voice]) -> tuple[Subject, ...]:
    """Every subject of which at least two items give a status, by key."""
    groups: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.key is not None and voice.item.mark is not None and voice.item.status is not Status.UNKNOWN:
            groups[voice.key].append(voice)
    return tuple(
        Subject(key, is_distinctive(key), tuple(sorted(groups[key], key=lambda voice: (voice.path, voice.item.span))))
        for key in sorted(groups)
        if len(groups[key]) > 1
    )
