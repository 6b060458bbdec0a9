"""Claims that all is done, or every part, or 100 %, held against items that are still open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from gatekeeper.link.claim.view import OPEN, View, one_line, unit_key
from gatekeeper.link.claim.words import UNIT_KINDS, is_general, is_meant, kind_of, qualifiers
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Section, WorkItem
from gatekeeper.model.status import Status, StatusBasis
from gatekeeper.model.text import Span

_NOT_DONE_STATES = frozenset(("open", "pending", "failing", "failed"))
_RANGE = re.compile(r"^[^\w\n]{0,4}(?:\w+\s)?(?P<first>[A-Z]|\d+)\s*(?:-|–|—|through|to)\s*(?P<last>[A-Z]|\d+)\b")
_NUMBER = re.compile(r"\d+$|\b[A-Z]$")
_MANY_BOXES = 3
_ANY_KINDS = frozenset(("task", "item", "point", "step", "action"))
# A tick within the words, or an answer to a question: `Old table still read: NO`.
_NOT_OPEN = re.compile(r"\W*(?:no|none|nein|non|não|нет|否)\s*(?:[(,;:\u2013\u2014-]|$)", re.IGNORECASE)
_TICK = re.compile(r"[\u2705\u2713\u2714\u2611]")
# The claim is about what lies in all of them: `issues across all stories have been resolved`.
_ACROSS = re.compile(r"\b(?:across|of|in|for|from|over|within|through)\s+(?:the\s+)?\W*$", re.IGNORECASE)
# The words are the name of what follows: `All Passing Test Summary`.
_NAMES_IT = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:summary|list|table|overview|report|log|index|section|examples?)\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r"\b(?:optional|nice[- ]to[- ]have|stretch|deferred|out[- ]of[- ]scope|future|facultati\w+|opcional\w*)\b|可选",
    re.IGNORECASE,
)
_NO_MARKUP = str.maketrans("", "", "*_`")
_NO_CLAIM = Claim("all", "", Span(0, 0))


class Every:
    """Holds claims about all of something against what is open in the same document."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._of_part = lru_cache(maxsize=256)(self._of_section)
        self._of_noun = lru_cache(maxsize=64)(self._of_named)
        self._of_kind = lru_cache(maxsize=64)(self._of_document)

    def judge(self, claim: Claim) -> ClaimFact | None:
        """What open items say of a claim that all is done; None when it is about none of them."""
        view = self._view
        if view.in_log(claim.span.start):
            return None
        if (
            claim.kind == "percent"
            and claim.values["percent"] == 100
            and claim.values.get("of") in ("complete", "completed", "done")
        ):
            return self._heading(claim) if view.is_heading(claim.span.start) else None
        if claim.kind != "all" or claim.values["state"] in _NOT_DONE_STATES or not is_meant(view, claim):
            return None
        noun = str(claim.values["of"])
        if _ACROSS.search(view.before(claim)):
            return None
        if view.is_heading(claim.span.start) and _NAMES_IT.match(view.after(claim)):
            return None
        if view.is_heading(claim.span.start) and not noun:
            return self._heading(claim)
        kind = kind_of(noun)
        if kind in UNIT_KINDS:
            return self._units(claim, kind, qualifiers(noun))
        return self._general(claim, noun) if is_general(kind) else None

    def _heading(self, claim: Claim) -> ClaimFact | None:
        """All of the heading's own section."""
        section = self._view.section_at(claim.span.start)
        return self._in_section(claim, section, "", is_firm=True) if section is not None else None

    def _general(self, claim: Claim, noun: str) -> ClaimFact | None:
        """All tasks, items or criteria: of the unit that is named, else of the claim's own section."""
        view = self._view
        if view.item_at(claim.span.start) is not None and not view.is_heading(claim.span.start):
            return None
        if qualifiers(noun):
            named = self._named_unit(noun.split()[:-1])
            fact = self._of_noun(named.span.start, kind_of(noun)) if named is not None else None
            return replace(fact, claim=claim) if fact is not None else None
        section = view.section_at(claim.span.start)
        if section is None or section.level < 2:
            return None
        return self._in_section(claim, section, "", is_firm=False)

    def _of_named(self, start: int, kind: str) -> ClaimFact | None:
        """The verdict of those items of a unit's section that go by a noun: by their kind, or by a title above them."""
        inside = self._inside(self._view.section_at(start))
        return self._held([item for item in inside if self._is_called(item, kind)], is_firm=True)

    def _is_called(self, item: WorkItem, kind: str) -> bool:
        if kind in _ANY_KINDS or item.kind == kind:
            return True
        titles = " ".join(section.title for section in self._view.chain_at(item.span.start)[:-1])
        return kind[:-1] in titles.casefold()

    def _in_section(self, claim: Claim, section: Section, kind: str, is_firm: bool) -> ClaimFact | None:
        fact = self._of_part(section.span.start, kind, is_firm)
        return replace(fact, claim=claim) if fact is not None else None

    def _of_section(self, start: int, kind: str, is_firm: bool) -> ClaimFact | None:
        """The verdict of all that a section lists, or of its items of a kind; it is the same for every claim."""
        inside = self._inside(self._view.section_at(start))
        return self._held([item for item in inside if not kind or item.kind == kind], is_firm)

    def _units(self, claim: Claim, kind: str, narrowed: list[str]) -> ClaimFact | None:
        """All chunks, gates or stories: of the unit around the claim, else of the document."""
        view = self._view
        if narrowed:
            return None
        around = view.unit_at(claim.span.start)
        if around is None and view.is_heading(claim.span.start):
            own_part = view.section_at(claim.span.start)
            around = own_part if sum(item.kind == kind for item in self._inside(own_part)) > 1 else None
        if around is not None:
            return self._in_section(claim, around, kind, is_firm=True)
        own, limits = view.item_at(claim.span.start), self._limits(claim)
        if own is not None and limits and not view.is_heading(claim.span.start) and own.kind != "item":
            return None
        fact = self._of_kind(kind, limits, own if own is not None and own.kind == kind else None)
        return replace(fact, claim=claim) if fact is not None else None

    def _of_document(self, kind: str, limits: tuple[str, str] | None, but: WorkItem | None) -> ClaimFact | None:
        """The verdict of all of the document's units of a kind, between the ends of a range; it is the same for every claim."""
        items = [item for item in self._view.kind(kind) if item is not but]
        if limits is not None:
            items = [item for item in items if _is_between(limits[0], item.id or "", limits[1])]
        hollow = [item for item in items if self._is_hollow(item)]
        if hollow:
            starts = {item.span.start for item in hollow}
            still_open = [item for item in items if item.span.start in starts or item.status in OPEN]
            return self._refuted(still_open, len(items), is_firm=False)
        fact = self._held(items, is_firm=len({item.id for item in items}) > 1)
        if fact is not None and fact.verdict is ClaimVerdict.REFUTED:
            return fact
        return self._mentioned(kind, items) or fact

    def _mentioned(self, kind: str, units: list[WorkItem]) -> ClaimFact | None:
        """Open rows that name one of the units."""
        view = self._view
        ids = {unit_key(item.id) for item in units if item.id and " " in item.id}
        word = re.compile(rf"\b{kind}\s+[\w.]*\w", re.IGNORECASE)
        rows = [item for item in view.items if item.kind != kind and view.is_row(item.span.start)] if ids else []
        naming = [
            item
            for item in rows
            if item.status in OPEN
            and any(unit_key(match[0]) in ids for match in word.finditer(view.text_at(item.span.start)))
        ]
        fact = self._refuted(naming, len(naming), is_firm=False) if naming else None
        return replace(fact, found={**fact.found, "names": kind}) if fact is not None else None

    def _limits(self, claim: Claim) -> tuple[str, str] | None:
        """The ends of a range that stands right after the claim: `(Gates 7-10 ...)`, `(A through F)`."""
        match = _RANGE.match(self._view.after(claim))
        return (match["first"], match["last"]) if match is not None else None

    def _is_hollow(self, item: WorkItem) -> bool:
        """Whether a unit without a status of its own has several boxes and none of them ticked."""
        if item.status is not Status.UNKNOWN or not self._view.is_heading(item.span.start):
            return False
        inside = self._inside(self._view.section_at(item.span.start))
        return len(inside) >= _MANY_BOXES and all(other.status in OPEN for other in inside)

    def _inside(self, section: Section | None) -> list[WorkItem]:
        if section is None:
            return []
        return [item for item in self._view.items_in(section.span) if item.span.start >= section.heading.end]

    def _named_unit(self, words: Iterable[str]) -> Section | None:
        """The one section of a unit that the words name and that lists items."""
        wanted = unit_key(" ".join(words))
        found = [one for one in self._view.document.sections if one.unit and unit_key(one.unit) == wanted]
        listing = [section for section in found if self._inside(section)]
        return listing[0] if len(listing) == 1 else None

    def _held(self, items: list[WorkItem], is_firm: bool) -> ClaimFact | None:
        """The verdict of a list of items; what has no status says nothing."""
        told = [item for item in items if item.status is not Status.UNKNOWN and not self._is_label(item)]
        still_open = [item for item in told if item.status in OPEN and not self._is_aside(item)]
        if still_open:
            return self._refuted(still_open, len(told), is_firm)
        if not told:
            return None
        place = ClaimSource(self._view.document.path, told[0].span, one_line(told[0].title))
        found: dict[str, int | float | str] = {"open": 0, "total": len(told)}
        return ClaimFact(
            self._view.document.path, _NO_CLAIM, ClaimVerdict.VERIFIED, ClaimBasis.OPEN_ITEMS, found, sources=(place,)
        )

    def _is_aside(self, item: WorkItem) -> bool:
        """Whether an item is open by its sign alone, or stands below a heading that asks for nothing."""
        view = self._view
        if item.mark is not None and view.is_heading(item.span.start) and item.mark.raw in item.title:
            return True
        if item.mark is not None and _NOT_OPEN.match(item.mark.raw) is not None:
            return True
        if item.mark is not None and not item.mark.raw.startswith("[") and _TICK.search(item.mark.raw):
            return True
        return any(_ASIDE.search(section.title) for section in view.chain_at(item.span.start))

    def _is_label(self, item: WorkItem) -> bool:
        """Whether a status is the name of a group and no thing's own: from a heading, or in a table's first column."""
        mark = item.mark
        if mark is None or mark.basis is StatusBasis.HEADING:
            return mark is not None
        first = self._view.text_at(item.span.start).lstrip("| ").partition("|")[0]
        return self._view.is_row(item.span.start) and mark.raw in first.translate(_NO_MARKUP)

    def _refuted(self, still_open: list[WorkItem], total: int, is_firm: bool) -> ClaimFact:
        sources = tuple(
            ClaimSource(
                self._view.document.path,
                _mark_span(item),
                one_line(f"{item.id or ''} {item.title}: {item.mark.raw if item.mark else 'no box ticked'}"),
            )
            for item in still_open
        )
        found: dict[str, int | float | str] = {"open": len(still_open), "total": total}
        return ClaimFact(
            self._view.document.path,
            _NO_CLAIM,
            ClaimVerdict.REFUTED,
            ClaimBasis.OPEN_ITEMS,
            found,
            sources=sources,
            is_firm=is_firm,
        )


def _mark_span(item: WorkItem) -> Span:
    return item.mark.span if item.mark is not None else item.span


def _is_between(first: str, unit: str, last: str) -> bool:
    match = _NUMBER.search(unit)
    if match is None:
        return False
    if first.isdigit() != match[0].isdigit() or first.isdigit() != last.isdigit():
        return False
    return int(first) <= int(match[0]) <= int(last) if first.isdigit() else first <= match[0] <= last
