"""What a done item may not cite as its proof: a checklist, a matrix or a pack of which the rows in question are open."""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.model.document import Document, DocumentKind
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Citation, Shape, Voice
from gatekeeper.rules.status._line import line_of
from gatekeeper.rules.status._parts import is_open
from gatekeeper.rules.status._scale import is_done, is_explicit, is_wish

_OPEN = (Status.QUEUED, Status.READY, Status.IN_PROGRESS, Status.PARTIAL, Status.REVIEW, Status.BLOCKED)
_NOT_OVER = (Status.QUEUED, Status.IN_PROGRESS, Status.BLOCKED, Status.PARTIAL)
# The work was to make the document, or to keep it: that it has open rows is what it is for.
_MAKES = re.compile(
    r"\b(?:creat\w*|publish\w*|writ(?:e|ten|ing)|draft\w*|add(?:ed|s|ing)?|updat\w*|defin\w*|document(?:ed|s|ing|ation)?|prepar\w*|plan(?:ned|s|ning)?"
    r"|link\w*|list(?:ed|s|ing)?|post(?:ed)?|template\w*|set ?up|establish\w*|decompos\w*|outlin\w*|design\w*|propos\w*|index\w*|organi[sz]\w*|assembl\w*"
    r"|compil\w*|track(?:er|ed|ing)|checklists?|runbooks?|handoffs?|backlogs?|roadmaps?|erstellt|angelegt|dokumentiert|geplant|créée?|rédigée?|publiée?"
    r"|documentée?|cread[oa]|redactad[oa]|publicad[oa]|documentad[oa]|criad[oa]|создан\w*|опубликован\w*|составлен\w*|документ\w*|opprettet|skrevet)\b"
    r"|创建|编写|发布|作成|記載",
    re.IGNORECASE,
)
# The words of an item that claim that things hold, and not that one thing was made.
_HOLDS = re.compile(
    r"\b(?:all|every|criteria|requirements|checks|tests|controls|rows|items|acceptance|sign-?off|passed|pass|met|satisfied|fulfilled|verified|validated"
    r"|compliant|alle|kriterien|prüfungen|bestanden|erfüllt|abnahme|tous|toutes|critères|contrôles|recette|todos|todas|criterios|pruebas|controles|critérios|testes"
    r"|aceite|все|критерии|проверки|приёмк\w*|kriterier|tester|godkjent)\b|全部|验收|检查|すべて|合格",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    r"(?:^|/)(?:readme|contributing|security|todo|claude|agents|index|license)(?:\.\w+)?$|template|roadmap|backlog|changelog",
    re.IGNORECASE,
)
_ACCEPTANCE = re.compile(
    r"accept|criteri|definition of done|\bdod\b|exit|abnahme|kriteri|critère|recette|aceptaci|aceita|приём|критер|godkjen|验收|完成定义|受け入れ",
    re.IGNORECASE,
)
# What stands below such headings, or says so of itself, is not asked for.
_ASIDE = re.compile(
    r"\b(?:non-?goals?|out[- ]of[- ]scope|optional|stretch|nice[- ]to[- ]have|future|next|follow-?ups?|post-\w+|recommend\w*|deferred|backlog"
    r"|ideas?|known|examples?|legend|how to|facultati\w+|opcional\w*|spätere?\w*)\b|可选|后续",
    re.IGNORECASE,
)
_WAIVED = re.compile(
    r"\((?:optional|stretch|n/a|deferred|waived)\b|^\W*(?:optional|stretch|deferred|waived)\b|~~", re.IGNORECASE
)
_NOT_YET = re.compile(r"\bready\b|\bplan", re.IGNORECASE)
_PLURAL = re.compile(
    r"\b(?:criteria|checks|tests|all|every|requirements|controls|rows|items|kriterien|critères|criterios|critérios|критерии)\b",
    re.IGNORECASE,
)
# A page about a unit of work that is not the unit's own.
_BEFORE_WORK = re.compile(
    r"[-_. ](?:plan(?:ning)?|draft|prompt|context|kickoff|brief|proposal|analysis|notes)(?=[-_. ])", re.IGNORECASE
)
_LEAST_OWN = 4


class Case(Struct, frozen=True):
    """One citation that does not hold.

    Attributes:
        still: the cited items that are open, in document order; one or more, or the one headline.
        total: how many items count in what is cited.
        is_headline: whether it is the document's own status that is open, and not its rows.
    """

    citation: Citation
    still: tuple[Voice, ...]
    total: int
    is_headline: bool = False


class Judge:
    """Judges what one document cites; what a cited stretch holds is counted once, however many items cite it."""

    def __init__(self, document: Document) -> None:
        self._source = document.source
        self._entries = sorted(entry for place in document.places for entry in place.entries)
        self._counted: dict[tuple[str, str], list[Voice]] = {}

    def judge_place(self, citation: Citation) -> Case | None:
        """The case of an item that gives a document as its evidence; None where that holds or nothing can be said."""
        unit, title = citation.unit, citation.unit.item.title
        if not _claims(unit) or _MAKES.search(title) or _ONGOING.search(citation.document.path) or citation.is_own:
            return None
        if not self._is_evidence(citation) or not _is_instrument(citation):
            return None
        case = _weighed(citation, list(citation.named) or self._counted_parts(citation))
        if case is None and citation.named and citation.section and _PLURAL.search(title):
            return _weighed(citation, self._counted_parts(citation))
        return case or _headline(citation)

    def judge_own(self, citation: Citation) -> Case | None:
        """The case of an item that is done while most boxes of its own page are empty, those of its acceptance among them."""
        path = citation.document.path
        if not citation.is_own or not _claims(citation.unit) or _ONGOING.search(path) or _BEFORE_WORK.search(path):
            return None
        parts = [part for part in self._counted_parts(_whole(citation)) if part.shape is Shape.BOX]
        still = tuple(part for part in parts if is_open(part, *_OPEN))
        is_asked = any(_ACCEPTANCE.search(" ".join(part.sections[1:])) for part in still)
        is_most = len(parts) >= _LEAST_OWN and len(still) * 2 >= len(parts)
        return Case(citation, still, len(parts)) if is_most and is_asked else None

    def judge_whole(self, citation: Citation) -> Case | None:
        """The case of the whole cited document, for a decision that rests on it."""
        return _weighed(_whole(citation), self._counted_parts(_whole(citation)))

    def _is_evidence(self, citation: Citation) -> bool:
        """Whether the reference stands where its document keeps evidence, or in a box that claims that things hold.

        A row that names the document outside of its evidence too is about the document itself.
        """
        start, source = citation.ref.span.start, self._source
        at = bisect_right(self._entries, start, key=lambda entry: entry.start) - 1
        if at < 0 or start >= self._entries[at].end:
            return citation.unit.shape is Shape.BOX and _HOLDS.search(citation.unit.item.title) is not None
        entry, name = self._entries[at], citation.document.path.rpartition("/")[2]
        line = source.line_span(source.position(entry.start).line)
        return name not in source.text[line.start : entry.start] and name not in source.text[entry.end : line.end]

    def _counted_parts(self, citation: Citation) -> list[Voice]:
        """The cited items that count: not dropped, not optional, below no heading that puts them off."""
        key = (citation.document.path, citation.section)
        if key not in self._counted:
            self._counted[key] = [part for part in citation.parts if _counts(part)]
        return self._counted[key]


def _whole(citation: Citation) -> Citation:
    return replace(citation, section="", named=(), parts=citation.whole)


def _claims(unit: Voice) -> bool:
    """Whether an item plainly says that it is done, today and not in a log or under a goal."""
    raw = unit.item.mark.raw if unit.item.mark else ""
    return is_done(unit) and is_explicit(unit) and not unit.in_log and not is_wish(unit) and not _NOT_YET.search(raw)


def _is_instrument(citation: Citation) -> bool:
    """Whether the cited document is there to be worked off: a checklist or pack, or a tracker where the item claims that all holds."""
    kind = citation.document.kind
    if kind in (DocumentKind.CHECKLIST, DocumentKind.EVIDENCE_PACK):
        return True
    return kind is DocumentKind.TRACKER and _HOLDS.search(citation.unit.item.title) is not None


def _counts(part: Voice) -> bool:
    if part.shape not in (Shape.BOX, Shape.ROW) or part.in_log or part.item.status is Status.CANCELLED:
        return False
    words = line_of(part.document, part.item) if part.shape is Shape.BOX else part.item.title
    return not _WAIVED.search(words) and not any(_ASIDE.search(text) for text in (part.lead, *part.sections[1:]))


def _weighed(citation: Citation, parts: list[Voice]) -> Case | None:
    """The case of these items: any open one of a section or of rows that are named, at least a quarter of a whole document."""
    still = tuple(part for part in parts if is_open(part, *_OPEN))
    is_narrow = bool(citation.section or citation.named)
    return Case(citation, still, len(parts)) if still and (is_narrow or len(still) * 4 >= len(parts)) else None


def _headline(citation: Citation) -> Case | None:
    """The case of a document whose own status line says that it is not over; None where a section or row of it is meant."""
    if citation.section or citation.named:
        return None
    title = citation.document.title
    lines = (part for part in citation.parts if part.shape is Shape.LINE and part.item.title == title)
    first = next((part for part in lines if len(part.sections) < 2), None)
    return Case(citation, (first,), 1, is_headline=True) if first is not None and is_open(first, *_NOT_OVER) else None
