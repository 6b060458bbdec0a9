"""What a stretch of a document lists, counted in every way in which its author may have counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from gatekeeper.link.claim.view import View
from gatekeeper.model.document import Group, WorkItem
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_ABRIDGED = re.compile(
    r"^[ \t|*+-]*(?:\.{3}|…)|\b(?:and|plus) (?:\d+ |many )?(?:more|others)\b|\(all files\)|\bsee \S+ for (?:the )?full\b|/\*\*?[`/]",
    re.IGNORECASE | re.MULTILINE,
)
_LOOSE = re.compile(r"\d\+\)|(?:\.{3}|…)[ \t]*$|\betc\b|\be\.g\.", re.IGNORECASE | re.MULTILINE)
_PART_TITLE = re.compile(r"\b(?:key|main|selected|highlights?|notable|sample|examples?|top)\b", re.IGNORECASE)
_PATH = re.compile(r"`([^`\s]{1,200}\.\w{1,8})`")
_BOX = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[.{1,3}\]")


class Tally:
    """What a stretch lists, each count made when it is asked for.

    Attributes:
        items: the items of the stretch, headings too, in order.
        leaves: those that are no headings.
        first: the first item; None when there is none.
    """

    def __init__(self, view: View, span: Span, but: int = -1) -> None:
        """The tally of a stretch without the items of one 1-based line."""
        self._view = view
        self._span = span
        self.items = [item for item in view.items_in(span) if but < 0 or view.line_of(item.span.start) != but]
        self.leaves = [item for item in self.items if not view.is_heading(item.span.start)]
        self.first = self.leaves[0] if self.leaves else None

    @property
    def total(self) -> int:
        """How many items there are, headings not counted."""
        return len(self.leaves)

    @cached_property
    def done(self) -> int:
        """How many of them are done."""
        return sum(item.status is Status.DONE for item in self.leaves)

    @cached_property
    def boxes(self) -> int:
        """How many of them are checkboxes."""
        return sum(_BOX.match(self._view.text_at(item.span.start)) is not None for item in self.leaves)

    @cached_property
    def pairs(self) -> frozenset[tuple[int, int]]:
        """Every (done, total) that a careful reader may come to."""
        return frozenset(pair for way in self._ways() for pair in _pairs([item.status for item in way]))

    @cached_property
    def totals(self) -> frozenset[int]:
        """Every total, lists that hold no items and the files that are named among them."""
        counts = [group.count for group in self._groups]
        named = {total for _, total in self.pairs} | {len(self._names), self.paths}
        return frozenset(named | {*counts, sum(counts)} | self._subsections())

    @property
    def is_only(self) -> bool:
        """Whether all who count its rows, headings apart, come to one number, and to one number of those done."""
        rows = {item.span for item in self.leaves}
        ways = ([item.status for item in way if item.span in rows] for way in self._ways())
        pairs = {pair for way in ways if way for pair in _pairs(way)}
        return len(pairs) == 1 and {group.count for group in self._groups} <= {self.total}

    @property
    def lists(self) -> int:
        """How many tables and lists there are."""
        return len(self._groups)

    @cached_property
    def paths(self) -> int:
        """How many different files are named in code spans."""
        return len(set(self._names))

    @cached_property
    def is_abridged(self) -> bool:
        """Whether the text says that it does not list everything."""
        if _ABRIDGED.search(self._text) is not None:
            return True
        chain = self._view.chain_at(self._span.start)
        return bool(chain) and _PART_TITLE.search(chain[0].title) is not None

    @cached_property
    def is_loose(self) -> bool:
        """Whether the text has words such as "etc.", so that one entry may stand for several."""
        return _LOOSE.search(self._text) is not None

    @cached_property
    def _text(self) -> str:
        return self._view.source.slice(self._span)

    @cached_property
    def _names(self) -> list[str]:
        return _PATH.findall(self._text)

    @cached_property
    def _groups(self) -> list[Group]:
        return self._view.groups_in(self._span)

    def _ways(self) -> Iterable[list[WorkItem]]:
        yield self.items
        yield self.leaves
        yield [item for item in self.items if self._view.is_heading(item.span.start)]
        yield self._flush(self.leaves)
        yield list({item.id or item.title: item for item in self.leaves}.values())
        kinds = {item.kind for item in self.items}
        for kind in sorted(kinds) if len(kinds) > 1 else ():
            yield [item for item in self.items if item.kind == kind]
        starts = {item.span.start for item in self.leaves}
        for group in self._groups:
            inside = [item for item in self._view.items_in(group.span) if item.span.start in starts]
            if len(inside) < len(self.leaves):
                yield inside
                yield self._flush(inside)

    def _flush(self, items: list[WorkItem]) -> list[WorkItem]:
        """The items whose lines are not indented."""
        view, text = self._view, self._view.source.text
        return [item for item in items if not text[view.line_at(item.span.start).start].isspace()]

    def _subsections(self) -> set[int]:
        """How many sections stand directly below the one that the stretch is."""
        inner = self._view.sections_inside(self._span)
        levels = sorted({part.level for part in inner})
        return {sum(part.level == level for part in inner) for level in levels}


class Tallies:
    """Counts stretches of one document, each once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[tuple[Span, int], Tally] = {}

    def of(self, span: Span, but: int = -1) -> Tally:
        """The tally of a stretch without the items of one 1-based line."""
        known = self._known.get((span, but))
        if known is None:
            known = self._known[span, but] = Tally(self._view, span, but)
        return known


def _pairs(statuses: list[Status]) -> Iterable[tuple[int, int]]:
    """(done, total), with and without what was dropped or has no status; partial work may count as done in part only."""
    count = len(statuses)
    done, dropped = statuses.count(Status.DONE), statuses.count(Status.CANCELLED)
    for extra in {0, dropped, statuses.count(Status.PARTIAL)}:
        for missing in {0, dropped, statuses.count(Status.UNKNOWN)}:
            yield done + extra, count - missing
