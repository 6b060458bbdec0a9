"""Two documents that speak of one thing: whether they mean the same by its id, whose word weighs more, and where the mistake stands."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from itertools import groupby

from gatekeeper.model.project import Project
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Shape, Subject, Voice
from gatekeeper.rules.status._scale import agreement, differ, is_explicit, is_wish

_ASIDE = re.compile(
    r"(?:^|/)(?:archived?|archives|old|legacy|backups?|history|deprecated|obsolete|superseded|templates?|examples?|fixtures?|samples?|snapshots?|_[^/]*)/"
    r"|(?:template|example|sample)[^/]*$",
    re.IGNORECASE,
)
# A document of one day: what it says of open work was true then.
_PLAN = re.compile(r"(?:^|[-_. /])plan(?:s|ning)?(?=[-_.])[^/]*$", re.IGNORECASE)
_PLANNED = re.compile(r"\W*planned\b", re.IGNORECASE)
_OF_ITS_TIME = re.compile(
    r"(?:^|[-_. /])(?:draft|prompt|context|kickoff|brief|proposal|analysis|research|audit|discussion|snapshot)(?:[-_. ][^/]*)?\.\w+$",
    re.IGNORECASE,
)
_OF_A_DAY = re.compile(
    r"(?<!\d)20\d\d-?[01]\d-?[0-3]\d(?!\d)|stand-?up|daily|weekly|minutes|meeting|retro|kick-?off|hand-?off|session|transition|snapshot"
    r"|changelog|release[-_ ]notes|summary|report[^/]*$",
    re.IGNORECASE,
)
# How a paper stands, not the work that it is about.
_OF_A_PAPER = re.compile(
    r"\W*(?:published|draft(?:ed)?|proposed|approved|accepted|adopted|ratified|final|active|current|in force|superseded|reviewed|received|acknowledged)\b",
    re.IGNORECASE,
)
SHARED = frozenset({"sprint", "phase", "stage", "milestone", "gate", "wave"})
"""Kinds of units through which all lanes go at one time; of epics and stories each takes its share when its turn comes."""
_COUNTED = re.compile(r"[^\W\d_]+-\d+")
# Acceptance criteria and steps belong to the page on which they stand.
_OF_ITS_PAGE = re.compile(r"ac-?\d|step \d")
_VOICES_LIMIT = 60
_PLAIN = re.compile(r"\[|[^\W\d_]{2}")
_OPEN = (Status.QUEUED, Status.IN_PROGRESS, Status.BLOCKED)


def words_of(subject: Subject) -> list[Voice]:
    """What each document says of a subject, by path; without logs, archives, wishes and documents that say two things."""
    by_document = groupby(subject.voices, key=lambda voice: voice.path)
    found = [voice for _, voices in by_document if (voice := _word_of(list(voices))) is not None]
    return found[:_VOICES_LIMIT]


def _word_of(voices: Sequence[Voice]) -> Voice | None:
    first = next((voice for voice in voices if is_explicit(voice)), voices[0])
    if first.in_log or is_wish(first) or is_aside(first):
        return None
    is_paper = first.shape is Shape.LINE and first.item.mark is not None and _OF_A_PAPER.match(first.item.mark.raw)
    return first if not is_paper and not differ(voices) else None


def is_aside(voice: Voice) -> bool:
    """Whether a document lies in a folder of old or sample ones."""
    return bool(_ASIDE.search(voice.path))


def is_of_a_day(voice: Voice) -> bool:
    """Whether a document tells of one day, so that what it calls open may be done by now."""
    return bool(_OF_A_DAY.search(voice.path))


def is_of_its_time(voice: Voice) -> bool:
    """Whether a document was written before the work or at one moment of it, as a context or an audit is, or is a plan that calls all planned."""
    is_planned = voice.item.mark is not None and _PLANNED.match(voice.item.mark.raw) is not None
    return bool(_OF_ITS_TIME.search(voice.path) or (is_planned and _PLAN.search(voice.path)))


def are_lanes(project: Project, subject: Subject, one: Voice, other: Voice) -> bool:
    """Whether two voices speak of two shares of the work: by the roles that they name, or because the policy says so."""
    if not one.role or not other.role:
        return {one.path, other.path} <= project.lanes
    # One epic or story has one owner; where two lists name two, they speak of the same work all the same.
    is_shared = (
        bool(one.item.owner and other.item.owner) and subject.is_distinctive and kind_of(subject, one) not in SHARED
    )
    return one.role != other.role and not is_shared


def kind_of(subject: Subject, voice: Voice) -> str:
    """The kind of a subject: by its key, else by an item that speaks of it."""
    return subject.key.partition(" ")[0] if " " in subject.key else voice.item.kind


def is_same(project: Project, subject: Subject, one: Voice, other: Voice) -> bool:
    """Whether two documents mean one thing by an id."""
    if any(project.plans.has_own_name(subject.key, voice.path) for voice in (one, other)):
        return False
    own = {project.plans.own.get(voice.path) for voice in (one, other)}
    if any(voice.shape is Shape.BOX and _is_elsewhere(project, subject, voice) for voice in (one, other)):
        return False
    is_foreign = len(own) > 1 and subject.key not in own
    # `CODE-001` in the review of one story is not that of another; `F1-E1` is what it is.
    if subject.is_distinctive and not (is_foreign and None not in own and _COUNTED.fullmatch(subject.key)):
        return True
    if is_foreign or _OF_ITS_PAGE.match(subject.key):
        return False
    # The verdict of a document has no id of its own and stands below the unit itself.
    parents = {voice.item.parent for voice in (one, other) if voice.item.id} - {None}
    if project.plans.are_one(subject.series, one.path, other.path):
        return True
    if len(parents) > 1 or not _are_near(one.path, other.path):
        return False
    is_one_role = bool(one.role) and one.role == other.role and " " in subject.key
    return is_one_role or agreement(one, other, least=2) is True


def _is_elsewhere(project: Project, subject: Subject, voice: Voice) -> bool:
    """Whether a document is about another unit, so that a box in it is a step towards that one."""
    return project.plans.own.get(voice.path, subject.key) != subject.key


def _are_near(one: str, other: str) -> bool:
    """Whether one of two documents stands in the other's folder or below it."""
    mine, theirs = (path.rpartition("/")[0] + "/" for path in (one, other))
    return mine.startswith(theirs) or theirs.startswith(mine)


def points(subject: Subject, one: Voice, other: Voice) -> bool:
    """Whether one document is about the item: its path names it, or the other's row offers it as evidence."""
    return any(
        subject.key in mine.path.casefold() or any(ref.path == mine.path for ref in theirs.item.evidence)
        for mine, theirs in ((one, other), (other, one))
    )


def authority_of(project: Project, one: Voice, other: Voice) -> Voice | None:
    """The voice whose document the policy names before the other's; None when it names neither, or both alike."""
    mine, theirs = (project.authority.get(voice.path, sys.maxsize) for voice in (one, other))
    return None if mine == theirs else one if mine < theirs else other


def has_results(project: Project, subject: Subject, voice: Voice, listing: Voice) -> bool:
    """Whether a voice speaks in its subject's own document, with results and nothing open, against a list of many units."""
    if not project.plans.is_about(voice.path, subject.key) or subject.series not in project.plans.listed.get(
        listing.path, ()
    ):
        return False
    others = [item for item in voice.document.items if item is not voice.item and item.mark is not None]
    is_open = any(item.status in _OPEN and item.mark and _PLAIN.search(item.mark.raw) for item in others)
    return not is_open and bool(voice.item.evidence or any(item.status is Status.DONE for item in others))


def who(voice: Voice) -> str:
    """Who speaks, as the item's own owner is written, else the role of its document."""
    return voice.item.owner or voice.role
