"""Who says what of which item: every place that speaks of one thing, where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gatekeeper.model.finding import Finding, Location
from gatekeeper.model.project import Project, Tree
from gatekeeper.model.report import Change, Disagreement, Saying
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Subject, Voice


def find_disagreements(project: Project, findings: Iterable[Finding], tree: Tree) -> tuple[Disagreement, ...]:
    """The items to which several places give different statuses, those with findings first, then by id."""
    codes: dict[tuple[str, int], set[str]] = {}
    for finding in findings:
        if finding.related:
            codes.setdefault((finding.location.path, finding.location.start.line), set()).add(finding.code)
    heard = [(subject, voices) for subject in project.subjects if len(voices := _voices(subject)) > 1]
    torn = [(subject, voices) for subject, voices in heard if len({voice.item.status for voice in voices}) > 1]
    lines: dict[str, set[str]] = {}
    for _, voices in torn:
        for voice in voices:
            lines.setdefault(voice.path, set()).add(_place(voice).excerpt)
    origins = tree.line_origins(lines) if lines else {}
    found = [_disagreement(subject, voices, codes, origins) for subject, voices in torn]
    return tuple(sorted(found, key=lambda one: (not one.codes, one.subject)))


def _voices(subject: Subject) -> list[Voice]:
    """Who gives the item a status today; an entry of a log tells of its own day, not of today."""
    return [voice for voice in subject.voices if not voice.in_log and voice.item.status is not Status.UNKNOWN]


def _disagreement(
    subject: Subject,
    voices: list[Voice],
    codes: Mapping[tuple[str, int], set[str]],
    origins: Mapping[tuple[str, str], Change],
) -> Disagreement:
    sayings = [_saying(voice, origins) for voice in voices]
    sayings.sort(key=lambda saying: (saying.location.path, saying.location.start))
    named = {code for one in sayings for code in codes.get((one.location.path, one.location.start.line), ())}
    # "Sprint 02" says more than the "02" of a table's cell.
    name = max((voice.item.id for voice in voices if voice.item.id), key=len, default=subject.key)
    return Disagreement(name, tuple(sayings), tuple(sorted(named)))


def _saying(voice: Voice, origins: Mapping[tuple[str, str], Change]) -> Saying:
    place, mark = _place(voice), voice.item.mark
    raw = mark.raw if mark is not None else voice.item.status.value
    return Saying(place, voice.role, raw, voice.item.status, origins.get((place.path, place.excerpt)))


def _place(voice: Voice) -> Location:
    return Location.at(voice.document.source, voice.item.mark.span if voice.item.mark else voice.item.span)
