"""What a stretch of a document lists, counted in every way in which its author may have counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gatekeeper.link.claim.view import View
from gatekeeper.model.document import WorkItem
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


@dataclass(frozen=True, slots=True)
class Tally:
    """What a stretch lists.

    Attributes:
        done: items that are done.
        total: items, headings not counted.
        boxes: how many of the items are checkboxes.
        pairs: every (done, total) that a careful reader may come to.
        totals: every total, lists that hold no items and the files that are named among them.
        lists: how many tables and lists there are.
        paths: how many different files are named in code spans.
        is_abridged: whether the text says that it does not list everything.
        is_loose: whether it has words such as "etc.", so that one entry may stand for several.
        first: the first item; None when there is none.
    """

    done: int
    total: int
    boxes: int
    pairs: frozenset[tuple[int, int]]
    totals: frozenset[int]
    lists: int
    paths: int
    is_abridged: bool
    is_loose: bool
    first: WorkItem | None


class Tallies:
    """Counts stretches of one document, each once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.of = lru_cache(maxsize=512)(self._of)

    def _of(self, span: Span, but: int = -1) -> Tally:
        """The tally of a stretch without the items of one 1-based line."""
        view = self._view
        items = [item for item in view.items_in(span) if view.line_of(item.span.start) != but]
        leaves = [item for item in items if not view.is_heading(item.span.start)]
        ways = list(self._ways(span, items, leaves))
        pairs = frozenset(pair for way in ways for pair in _pairs(way))
        groups = view.groups_in(span)
        counts = [group.count for group in groups]
        paths = _PATH.findall(view.source.slice(span))
        totals = (
            {total for _, total in pairs}
            | {*counts, sum(counts), len(paths), len(set(paths))}
            | self._subsections(span)
        )
        done = sum(item.status is Status.DONE for item in leaves)
        chain = view.chain_at(span.start)
        text = view.source.slice(span)
        is_part = _ABRIDGED.search(text) or (chain and _PART_TITLE.search(chain[0].title))
        boxes = sum(_BOX.match(view.text_at(item.span.start)) is not None for item in leaves)
        first = leaves[0] if leaves else None
        return Tally(
            done,
            len(leaves),
            boxes,
            pairs,
            frozenset(totals),
            len(groups),
            len(set(paths)),
            bool(is_part),
            _LOOSE.search(text) is not None,
            first,
        )

    def _ways(self, span: Span, items: list[WorkItem], leaves: list[WorkItem]) -> Iterable[list[WorkItem]]:
        view = self._view
        yield items
        yield leaves
        yield [item for item in items if view.is_heading(item.span.start)]
        yield [item for item in leaves if not view.text_at(item.span.start)[:1].isspace()]
        yield list({item.id or item.title: item for item in leaves}.values())
        for kind in sorted({item.kind for item in items}):
            yield [item for item in items if item.kind == kind]
        starts = {item.span.start for item in leaves}
        for group in view.groups_in(span):
            inside = [item for item in view.items_in(group.span) if item.span.start in starts]
            yield inside
            yield [item for item in inside if not view.text_at(item.span.start)[:1].isspace()]

    def _subsections(self, span: Span) -> set[int]:
        """How many sections stand directly below the one that the stretch is."""
        inner = self._view.sections_inside(span)
        levels = sorted({part.level for part in inner})
        return {sum(part.level == level for part in inner) for level in levels}


def _pairs(items: list[WorkItem]) -> Iterable[tuple[int, int]]:
    """(done, total), with and without what was dropped or has no status; partial work may count as done in part only."""
    count, statuses = len(items), Counter(item.status for item in items)
    done, dropped = statuses[Status.DONE], statuses[Status.CANCELLED]
    for extra in {0, dropped, statuses[Status.PARTIAL]}:
        for missing in {0, dropped, statuses[Status.UNKNOWN]}:
            yield done + extra, count - missing
