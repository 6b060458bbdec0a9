"""Ratios and counts held against the rows, checkboxes and entries that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.link.claim.stated.columns import Columns
from gatekeeper.link.claim.tally import Tallies, Tally
from gatekeeper.link.claim.view import View, one_line, unit_key
from gatekeeper.link.claim.words import UNIT_KINDS, is_general, is_meant, kind_of, qualifiers
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Group, Section, WorkItem
from gatekeeper.model.text import Span

_SUMMARY = re.compile(
    r"\b(?:score|totals?|progress|overall|summary|status|statistics|coverage|metrics|results?)\b", re.IGNORECASE
)
_SCORE = re.compile(r"^[\W_]*(?:\w+ )?(?:score|total|progress|compliance|overall|completion)[\W_]*$", re.IGNORECASE)
_OPEN_WORD = re.compile(r"\b(?:remaining|left|open|outstanding|pending|to do|todo)\b", re.IGNORECASE)
_DONE_WORD = re.compile(
    r"\b(?:completed?|done|finished|closed|passed|passing|met|implemented|delivered|verified)\b", re.IGNORECASE
)
_TOTAL_WORD = re.compile(r"\b(?:total|overall)\b", re.IGNORECASE)
_INEXACT = re.compile(
    r"[~≈+]|\b(?:about|around|approx\w*|over|more than|some|nearly|almost|first|last|next|top|other|another|new|additional)\W*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"(?:`[^`\s]+|\]\([^()\s]+)\.(?:md|markdown|ya?ml|json|txt)\b")
_CLOSED = re.compile(r"\s*(?:[)\],;:|/·]|$)")
_IN_PARENTHESES = re.compile(r"[(\[][^()\[\]]*$")
_STATES = frozenset(("complete", "completed", "done", "met", "ticked", "closed"))
# What is said of them is no state of work (`16/16 requirements mapped to phases`), or of a few of them (`5 phases PARTIAL, 1 phase MISSING`).
_PLACED = re.compile(
    r"[\s*_]*(?:are |is |were )?(?:mapped|covered|assigned|traced|traceable|scheduled|allocated|planned|defined|identified)\b",
    re.IGNORECASE,
)
_OF_SOME = re.compile(r"[\s*_]+(?!(?:TOTAL|COMPLETED?|DONE|PASS(?:ED)?|OPEN|PENDING|FINISHED|CLOSED)\b)[A-Z]{4,}\b")
_NAUGHT = re.compile(r"(?:[a-z]+\s)?(?:\d+\.)*0(?![.\d])", re.IGNORECASE)
_NEAR_LINES = 6
_FULL_SCORES = frozenset((5, 10, 100))  # a grade, as likely as not
_LIKENESS = 0.75


class _Stretch(Struct, frozen=True):
    """What a claim may be about: where it is listed, and how surely that is meant."""

    span: Span
    tally: Tally
    is_named: bool
    is_whole: bool = False


class Lists:
    """Holds the ratios and counts of one document against its own lists."""

    def __init__(self, view: View, columns: Columns) -> None:
        self._view = view
        self._columns = columns
        self._tallies = Tallies(view)
        units: dict[str, list[Section]] = {}
        for section in view.document.sections:
            if section.unit is not None:
                units.setdefault(unit_key(section.unit), []).append(section)
        self._units = units

    def judge(self, claim: Claim) -> ClaimFact | None:
        """What the lists say of a ratio or count; None when it is about none of them."""
        if self._view.in_log(claim.span.start):
            return None
        if claim.kind == "ratio" and isinstance(claim.values["numerator"], int) and self._is_of_items(claim):
            return self._held(claim, int(claim.values["denominator"]), "all")
        if claim.kind == "count" and self._counts_items(claim):
            return self._held(claim, int(claim.values["count"]), self._part(claim))
        if claim.kind == "figure" and self._view.is_heading(claim.span.start):
            return self._of_figure(claim)
        return None

    def _of_figure(self, claim: Claim) -> ClaimFact | None:
        """What the list below a heading such as `Files created (15)` says of its figure; which part it is, the heading says of all of it."""
        label = str(claim.values["label"])
        count = Claim("count", claim.text, claim.span, {"count": claim.values["count"], "of": label})
        section = self._view.section_at(claim.span.start)
        has_items = section is not None and self._tallies.of(section.span).total > 0
        fact = self._held(count, int(claim.values["count"]), self._part(count) if has_items else "all")
        return replace(fact, claim=claim) if fact is not None else None

    def _held(self, claim: Claim, stated: int, part: str) -> ClaimFact | None:
        """The verdict of the lists: one that agrees is enough; else the best that may be meant."""
        stretches = list(self._stretches(claim))
        for stretch in stretches:
            if self._agrees(claim, stated, part, stretch.tally) or self._agrees_by_column(claim, stretch.span):
                return self._fact(claim, ClaimVerdict.VERIFIED, stretch)
        for stretch in stretches:
            tally = stretch.tally
            found = {"done": tally.done, "open": tally.total - tally.done}.get(
                part, tally.total or _entries(tally, self._view.groups_in(stretch.span))
            )
            is_more = stretch.is_named and part == "all" and claim.kind == "ratio" and found >= stated
            is_shown = tally.total >= 2 or self._lists_entries(claim, stated, stretch)
            if is_shown and not tally.is_abridged and (is_more or _is_near(stated, found)):
                return self._fact(claim, ClaimVerdict.REFUTED, stretch, is_firm=_is_plain(stated, stretch))
        return None

    def _lists_entries(self, claim: Claim, stated: int, stretch: _Stretch) -> bool:
        """Whether a heading's count is surely of the entries of one list, which have no statuses; one entry may name several files."""
        view, tally = self._view, stretch.tally
        kind = kind_of(str(claim.values.get("of", "")))
        if claim.kind != "count" or kind in UNIT_KINDS or not view.is_heading(claim.span.start) or tally.lists != 1:
            return False
        entries = view.groups_in(stretch.span)[0].count
        files = tally.paths if kind == "file" else tally.paths or entries
        return entries >= 2 and not min(entries, files) <= stated <= max(entries, files)

    def _is_of_items(self, claim: Claim) -> bool:
        """Whether a ratio is of a list's things: its noun says so, or it has none and stands as the score of a list."""
        view, noun = self._view, str(claim.values.get("of", ""))
        if view.is_row(claim.span.start) or _PLACED.match(view.after(claim)):
            return False
        kind = kind_of(noun)
        if not view.is_heading(claim.span.start) and (not is_meant(view, claim) or self._is_share(claim)):
            return False
        if is_general(kind) or kind in UNIT_KINDS:
            return not qualifiers(noun) and (
                view.item_at(claim.span.start) is None or view.is_heading(claim.span.start)
            )
        if (noun and noun not in _STATES) or int(claim.values["denominator"]) in _FULL_SCORES:
            return False
        return bool(_SCORE.match(view.before(claim))) or (view.is_heading(claim.span.start) and kind in _STATES)

    def _is_share(self, claim: Claim) -> bool:
        """Whether the line above or below gives another ratio of the same things, so that each is of a part of the list."""
        own = self._view.line_of(claim.span.start)
        noun = claim.values.get("of")
        others = {self._nouns.get(own - 1), self._nouns.get(own + 1)}
        return noun is not None and noun in others and not _TOTAL_WORD.search(self._view.before(claim))

    @cached_property
    def _nouns(self) -> dict[int, object]:
        """What the ratio of each line is of."""
        claims = self._view.document.claims
        return {self._view.line_of(one.span.start): one.values.get("of") for one in claims if one.kind == "ratio"}

    def _agrees(self, claim: Claim, stated: int, part: str, tally: Tally) -> bool:
        if claim.kind == "ratio":
            return (int(claim.values["numerator"]), stated) in tally.pairs
        if part == "done":
            return any(stated == done for done, _ in tally.pairs)
        if part == "open":
            return any(stated == total - done for done, total in tally.pairs)
        return stated in tally.totals

    def _agrees_by_column(self, claim: Claim, span: Span) -> bool:
        """Whether a column of a table has as many cells that say done as a ratio, even one beside that of the status."""
        if claim.kind != "ratio":
            return False
        pair = (int(claim.values["numerator"]), int(claim.values["denominator"]))
        return any(pair in self._columns.pairs(one) for one in self._view.groups_in(span) if one.kind == "table")

    def _part(self, claim: Claim) -> str:
        """Whether a count is about what is done, what is open, or all."""
        around = f"{self._view.before(claim)[-30:]} {claim.text} {self._view.after(claim)[:20]}"
        if _OPEN_WORD.search(around):
            return "open"
        return "done" if _DONE_WORD.search(around) and not _TOTAL_WORD.search(around) else "all"

    def _counts_items(self, claim: Claim) -> bool:
        """Whether a count is one of a list's things: in a heading's parentheses, or a total of tasks, stories or rows."""
        view, noun = self._view, str(claim.values.get("of", ""))
        before = view.before(claim)
        if view.in_log(claim.span.start) or _INEXACT.search(claim.text) or _INEXACT.search(before[-12:]):
            return False
        if view.is_heading(claim.span.start):
            return _IN_PARENTHESES.search(before) is not None and _CLOSED.match(view.after(claim)) is not None
        if view.is_row(claim.span.start) or not is_meant(view, claim) or view.item_at(claim.span.start) is not None:
            return False
        if _ELSEWHERE.search(view.around(claim)) or _OF_SOME.match(view.after(claim)):
            return False  # what is listed in another document
        kind = kind_of(noun)
        if kind == "total":
            return before.rstrip().endswith(":")
        return (is_general(kind) or kind in UNIT_KINDS) and not qualifiers(noun)

    def _stretches(self, claim: Claim) -> Iterator[_Stretch]:
        """Where a claim's things may be listed, best first."""
        view, at = self._view, claim.span.start
        line = view.line_of(at) if view.item_at(at) is not None else -1
        if view.is_heading(at):
            yield from self._of_heading(at, line)
            return
        near = self._near(at)
        if near is not None:
            yield _Stretch(near.span, self._tallies.of(near.span, line), self._is_named(claim, near))
        unit = view.unit_at(at)
        if unit is not None:
            yield _Stretch(unit.span, self._tallies.of(unit.span, line), is_named=False)
        elif self._is_whole(claim):
            whole = Span(0, len(view.source.text))
            yield _Stretch(whole, self._tallies.of(whole, line), is_named=False, is_whole=True)

    def _of_heading(self, at: int, line: int) -> Iterator[_Stretch]:
        """The heading's own section; where it lists nothing, the one other section of the same unit that does."""
        section = self._view.section_at(at)
        if section is None:
            return
        own = self._tallies.of(section.span, line)
        if own.total or len(own.totals) > 1:
            yield _Stretch(section.span, own, is_named=True)
            return
        others = [other for other in self._units.get(unit_key(section.unit), ()) if other is not section]
        full = [(other, self._tallies.of(other.span)) for other in others]
        listing = [(other, tally) for other, tally in full if tally.total]
        if len(listing) == 1:
            yield _Stretch(listing[0][0].span, listing[0][1], is_named=True)

    def _near(self, at: int) -> Group | None:
        """The table or list with items that ends right above a line or begins right below it, in the same section."""
        view = self._view
        section = view.section_at(at)
        if section is None:
            return None
        line = view.line_of(at)
        above = [group for group in view.groups_above(at, section.span.start) if view.items_in(group.span)]
        if above and at < above[0].span.end:
            return None
        if above and line - view.line_of(max(above[0].span.end - 1, 0)) <= _NEAR_LINES:
            return above[0]
        below = view.group_below(at, section.span.end) if not above else None
        is_close = below is not None and view.line_of(below.span.start) - line <= 3
        return below if is_close and below is not None and view.items_in(below.span) else None

    def _is_named(self, claim: Claim, group: Group) -> bool:
        """Whether a list's header or a heading above it has the claim's noun."""
        view = self._view
        noun = str(claim.values.get("of", ""))
        words = noun if kind_of(noun) != "total" else view.before(claim).rstrip(" :*").rpartition(" ")[2]
        stem = kind_of(words)
        titles = " ".join(section.title for section in view.chain_at(group.span.start))
        above = f"{view.text_at(group.span.start)} {titles}".casefold()
        return len(stem) > 3 and stem[:-1] in above

    def _is_whole(self, claim: Claim) -> bool:
        """Whether a claim sums up the document, and its document says that it lists such things."""
        view = self._view
        section = view.section_at(claim.span.start)
        title = section.title if section is not None else ""
        is_summary = section is None or section.level <= 1 or _SUMMARY.search(title) is not None
        if not is_summary or self._has_breakdown:
            return False
        stem = kind_of(str(claim.values.get("of", "")))
        if stem in UNIT_KINDS:
            return sum(item.kind == stem for item in view.items) > 1
        return len(stem) > 3 and stem[:-1] in (view.document.title or "").casefold()

    @cached_property
    def _has_breakdown(self) -> bool:
        """Whether units of work have ratios of their own, so that the document's total is their sum and not its lists."""
        ratios = (claim for claim in self._view.document.claims if claim.kind == "ratio")
        return any(self._view.unit_at(claim.span.start) is not None for claim in ratios)

    def _fact(self, claim: Claim, verdict: ClaimVerdict, stretch: _Stretch, is_firm: bool = False) -> ClaimFact:
        tally, view = stretch.tally, self._view
        found: dict[str, int | float | str] = {"done": tally.done, "total": tally.total}
        found["what"] = "checkboxes" if tally.boxes * 2 > tally.total else "items"
        if not tally.total:
            found = {"total": _entries(tally, view.groups_in(stretch.span)), "what": "entries"}
        if claim.kind == "count":
            found["part"] = self._part(claim)
        place = tally.first.span if tally.first is not None else stretch.span
        text = one_line(view.text_at(place.start))
        source = ClaimSource(view.document.path, view.line_at(place.start), text)
        return ClaimFact(view.document.path, claim, verdict, ClaimBasis.LIST, found, sources=(source,), is_firm=is_firm)


def _is_near(stated: int, found: int) -> bool:
    """Whether two counts are so alike that they are of the same things."""
    return min(stated, found) >= _LIKENESS * max(stated, found)


def _is_plain(stated: int, stretch: _Stretch) -> bool:
    """Whether the list is surely the one that is meant: it bears the claim's name, and it shows at least as much as is claimed."""
    return (
        stretch.is_named
        and stretch.tally.total >= stated
        and not stretch.tally.is_loose
        and not (
            # Whoever counts from naught may leave the preparation out.
            stretch.tally.total == stated + 1
            and stretch.tally.first is not None
            and _NAUGHT.match(_number_of(stretch.tally.first))
        )
    )


def _number_of(item: WorkItem) -> str:
    return item.id or item.title


def _entries(tally: Tally, groups: list[Group]) -> int:
    """How many entries the lists of a stretch have."""
    return sum(group.count for group in groups) or max(tally.totals)
