"""A unit of work against its parts: which of them count, and how they stand."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding
from gatekeeper.model.project import Project
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Shape, Voice
from gatekeeper.rules.base import DocumentRule
from gatekeeper.rules.status._line import is_status_line, line_of
from gatekeeper.rules.status._scale import has_done_sign, is_answer, is_explicit, is_worded, strength

# A part that was put off or dropped, by its own words.
_PUT_OFF = re.compile(
    r"\b(?:optional\w*|stretch|nice[- ]to[- ]have|deferred|postponed|skipped|dropped|descoped|out[- ]of[- ]scope|moved to|won'?t|cancel(?:l?ed)?"
    r"|n/a|not (?:needed|required|applicable)|later|optionnel\w*|facultati\w+|reportée?|opcional\w*|pospuest\w+|adiad\w+|verschoben|später|позже)\b"
    r"|~~|可选|延后|任意",
    re.IGNORECASE,
)
# What stands below such words is not part of what the unit promised.
_ASIDE = re.compile(
    _PUT_OFF.pattern
    + r"|\b(?:next|follow[- ]?ups?|future|backlog|non[- ]goals?|known|risks?|(?:open )?questions?|recommend\w*|post-\w+|upcoming"
    r"|enhancements?|improvements?|ideas?|wish\w*|template|example|legend|how to|roadmap|remaining work|limitations?|metrics?|kpis?|indicators?"
    r"|tech(?:nical)? debt"
    r"|prochaine?s?|próxim\w+|nächste\w*|дальш\w*|следующ\w*)\b|后续|下一步|未来|次の|今後",
    re.IGNORECASE,
)
# What a look back at a unit resolves to do is not part of it.
_RETRO = re.compile(
    r"\bretro(?:s|spectives?)?\b|rétrospective|retrospectiva|retrospektive|ретроспектив|回顾|振り返り", re.IGNORECASE
)
_RESOLVED = re.compile(
    r"\b(?:actions?|action items?|commitments?|follow[- ]through|preparation|decisions?|sequence)\b", re.IGNORECASE
)
# By themselves these are plain statuses of what waits, and put nothing off.
_WAITS = re.compile(r"\W*(?:backlog|next(?: up)?|upcoming)\W*", re.IGNORECASE)
_VERDICT = re.compile(
    r"reject|noted|confirm|missing|monitor|running|starting|validating|current|\bactive\b|❌|🔴", re.IGNORECASE
)
# How much a thing weighs, or the name of a list, and not how it stands: `🟡 MEDIUM`, `Not implemented:`.
_GRADE = re.compile(r"\W*(?:very )?(?:low|medium|moderate|high|critical|minor|major)\b|.*[:：]\W*$", re.IGNORECASE)
# A row that is left to others by one of its cells.
_LEFT_TO_OTHERS = re.compile(
    r"\|\W*(?:next (?:sprint|phase|epic|release)|tech(?:nical)?[- ]debt|follow-?up|future(?: work)?)\W*\|",
    re.IGNORECASE,
)
_IN_PART = re.compile(r"^\s*\[|part|incomplet|teilweise|parcial|部分|частич", re.IGNORECASE)
_UNIT = re.compile(r"\W*(?P<kind>story|epic|sprint|task|phase|milestone)\s+(?P<number>\d[\w.]*)", re.IGNORECASE)
_OPINION = re.compile(r"\b(?:approved?|accepted|adopted|ratified|agreed|signed|final|active|go)\b", re.IGNORECASE)


def is_open(part: Voice, *statuses: Status) -> bool:
    """Whether a part plainly has one of these statuses; a lone sign before a line and a sentence are no plain status."""
    mark = part.item.mark
    is_plain = mark is not None and is_explicit(part) and is_worded(part) and not has_done_sign(part)
    if is_answer(part) or _is_the_word(part) or (mark is not None and _GRADE.match(mark.raw)):
        return False
    if part.item.status is Status.PARTIAL and mark is not None and not _IN_PART.search(mark.raw):
        return False
    return is_plain and part.item.status in statuses and not _VERDICT.search(mark.raw if mark else "")


def _is_the_word(part: Voice) -> bool:
    """Whether a row is about a status word, as in a table that says what each of them is called elsewhere."""
    mark = part.item.mark
    if mark is None or part.shape is not Shape.ROW or not mark.raw:
        return False
    first = line_of(part.document, part.item).strip().lstrip("| *`_").partition("|")[0]
    return not mark.raw.startswith("[") and first.rstrip(" *`_") == mark.raw


class PartsRule(DocumentRule):
    """A rule about one unit of work and its parts.

    Attributes:
        relations: the kinds of families it looks at.
        claims: the statuses of a unit that it looks at.
    """

    relations: tuple[Relation, ...]
    claims: tuple[Status, ...] = (Status.DONE,)

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for each unit of work, at its status."""
        families = project.families.get(document.path, ())
        for family in families:
            unit = claiming(family, *self.claims) if family.relation in self.relations else None
            if unit and (finding := self.judge(unit, family, self.parts_of(family, families))):
                yield finding

    def parts_of(self, family: Family, families: tuple[Family, ...]) -> list[Voice]:
        """The parts of a family that count, given all families of its document."""
        return counted(family)

    @abstractmethod
    def judge(self, unit: Voice, family: Family, parts: list[Voice]) -> Finding | None:
        """The finding of a unit that has one of the statuses in `claims`, with these parts; None when they agree."""


def counted(family: Family) -> list[Voice]:
    """The parts that the unit stands for: not dropped, not optional, not put off, not of two minds."""
    unit = max(family.parents, key=lambda parent: len(parent.sections))
    # Front matter stands in no section, and speaks of all that stands below the title.
    above = unit.sections or (family.children[0].sections[:1] if family.children else ())
    is_retro = any(_RETRO.search(title) for title in above)
    minds: dict[str, set[int]] = {}
    for child in family.children:
        if child.key is not None:
            minds.setdefault(child.key, set()).add(strength(child))
    parts: dict[object, Voice] = {}
    for child in family.children:
        is_torn = child.key is not None and len(minds[child.key]) > 1
        between = child.sections[len(above) :][-3:]
        is_resolved = any(_RETRO.search(title) or (is_retro and _RESOLVED.search(title)) for title in between)
        if not (is_torn or is_resolved or child.item.status is Status.CANCELLED or _is_aside(child, unit, between)):
            parts.setdefault(child.key if child.key is not None else child.item.span, child)
    return list(parts.values())


def claiming(family: Family, *statuses: Status) -> Voice | None:
    """The item that gives the unit one of these statuses, when all that speak of it agree and mean work, not an opinion of it."""
    voices = [
        voice for voice in family.parents if voice.item.mark is not None and voice.item.status is not Status.UNKNOWN
    ]
    first = next((voice for voice in voices if voice.item.status in statuses), None)
    if first is None or first.in_log or any(strength(voice) != strength(first) for voice in voices):
        return None
    raw = first.item.mark.raw if first.item.mark else ""
    is_idle = not is_explicit(first) or (first.key is None and not is_worded(first))
    return None if _OPINION.search(raw) or is_idle else first


def _is_aside(child: Voice, unit: Voice, between: Sequence[str]) -> bool:
    """Whether an item's own words, the line above its list or a heading between it and its unit put it off."""
    raw = child.item.mark.raw if child.item.mark else ""
    own = (child.item.title, line_of(child.document, child.item) if child.shape is Shape.BOX else "")
    # A unit that is a line of its own, not a heading, may stand in the section of what comes next.
    if child.sections and child.sections == unit.sections and unit.item.title not in child.sections[-1]:
        between = child.sections[-1:]
    # The status line of the unit itself says nothing of a list that happens to stand below it.
    lead = "" if is_status_line(child.lead) else child.lead
    raw = "" if _WAITS.fullmatch(raw) else raw
    if child.shape is Shape.ROW and (
        _LEFT_TO_OTHERS.search(line_of(child.document, child.item)) or _is_peer(child, unit)
    ):
        return True
    return any(_PUT_OFF.search(text) for text in own) or any(map(_is_about_aside, (raw, lead, *between)))


def _is_peer(child: Voice, unit: Voice) -> bool:
    """Whether a row is about another unit of the same kind, as a story that waits for this one."""
    kind, _, number = (unit.key or "").partition(" ")
    named = _UNIT.match(child.item.id or "") or _UNIT.match(child.item.title)
    return bool(
        number and named and named["kind"].casefold() == kind and not named["number"].casefold().startswith(number)
    )


@lru_cache(maxsize=4096)
def _is_about_aside(text: str) -> bool:
    """Whether a mark, a line or a heading puts off what stands below it; many parts stand below the same."""
    return _ASIDE.search(text) is not None
