"""Verdicts and sections of what is left, and the items that speak of the same whole."""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.model.document import Document
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Remainder, Ruling, Shape, Voice


def rulings_of(document: Document, voices: Sequence[Voice]) -> tuple[Ruling, ...]:
    """The verdicts of a document of whose whole an item speaks too, in document order."""
    if not document.verdicts:
        return ()
    head = _head(document, voices)
    units: dict[str, Voice] = {}
    for voice in voices:
        if voice.shape is Shape.HEADING and voice.item.id is not None and _speaks(voice):
            units.setdefault(voice.item.id, voice)
    found = []
    for verdict in document.verdicts:
        around = [units[unit] for unit in verdict.units if unit in units] if verdict.units else head
        told = tuple(
            voice for voice in around if voice.item.mark is not None and voice.item.mark.span != verdict.mark.span
        )
        if told:
            found.append(Ruling(verdict, told))
    return tuple(found)


def remainders_of(document: Document, voices: Sequence[Voice]) -> tuple[Remainder, ...]:
    """The sections of what is still to be done in a document whose whole has a status, in document order."""
    head = _head(document, voices) if document.leftovers else []
    return tuple(Remainder(head[0], leftover) for leftover in document.leftovers) if head else ()


def _head(document: Document, voices: Sequence[Voice]) -> list[Voice]:
    """The item that gives the whole document its status: in its front matter, or below its title and before the next heading."""
    headings = [section for section in document.sections if section.level][:2]
    end = headings[1].span.start if len(headings) > 1 else headings[0].span.end if headings else 0
    lines = (voice for voice in voices if voice.item.span.start < end and voice.shape is Shape.LINE and _speaks(voice))
    first = next((voice for voice in lines if not voice.sections or voice.item.title == document.title), None)
    return [first] if first is not None else []


def _speaks(voice: Voice) -> bool:
    return voice.item.mark is not None and voice.item.status is not Status.UNKNOWN
