"""A document as claims see it: the line, the item, the section and the unit of work in which an offset lies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property

from gatekeeper.model.document import Claim, Document, DocumentKind, Group, Section, WorkItem
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

OPEN = frozenset({Status.QUEUED, Status.READY, Status.IN_PROGRESS, Status.PARTIAL, Status.REVIEW, Status.BLOCKED})
"""The statuses of work that is not over."""
_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)")
_BLANKS = re.compile(r"\s+")
_GROUPS_BACK = 4
_DAY = re.compile(r"\b20\d\d-[01]\d-[0-3]\d\b")
_HISTORY = re.compile(
    r"(?:^|/)(?:archives?|archived|history|completed|legacy|old|retrospectives?|postmortems?|releases?|changelogs?|standups?|sessions?)(?:/|$)"
    r"|(?:^|[/_.-])(?:changelog|release[-_ ]?notes|retrospective|postmortem|history|standup)(?=[._-]|$)|20\d\d[-_]?[01]\d(?:[-_]?[0-3]\d)?(?!\d)",
    re.IGNORECASE,
)
_AROUND = 400
_FRONT = re.compile(r"---[ \t]*\r?\n(?:(?!---[ \t]*\r?$)[^\n]*\n)*---[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}\s")


class View:
    """Looks things up in one document by place; everything is found by bisection."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.source = document.source
        self.items = sorted(document.items, key=lambda item: item.span)
        self.groups = document.groups
        self._lines: dict[int, Span] = {}
        self._line_starts = document.source.line_starts()
        self._headings: dict[int, bool] = {}
        self._item_starts = [item.span.start for item in self.items]
        self._group_starts = [group.span.start for group in self.groups]
        self._section_starts = [section.span.start for section in document.sections]

    def line_of(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self._line_starts, offset)

    def line_at(self, offset: int) -> Span:
        """The line in which an offset lies, without its line end."""
        line = bisect_right(self._line_starts, offset)
        known = self._lines.get(line)
        if known is None:
            known = self._lines[line] = self.source.line_span(line)
        return known

    def text_at(self, offset: int) -> str:
        """The text of that line."""
        return self.source.slice(self.line_at(offset))

    def before(self, claim: Claim) -> str:
        """What stands on the claim's line before it, as far as it matters."""
        start = max(self.line_at(claim.span.start).start, claim.span.start - _AROUND)
        return self.source.text[start : claim.span.start]

    def after(self, claim: Claim) -> str:
        """What stands on the claim's last line after it, as far as it matters."""
        return self.source.text[claim.span.end : min(self.line_at(claim.span.end).end, claim.span.end + _AROUND)]

    def around(self, claim: Claim) -> str:
        """A claim with the words of its line around it."""
        return f"{self.before(claim)}{claim.text}{self.after(claim)}"

    def is_heading(self, offset: int) -> bool:
        """Whether the offset lies in a heading."""
        known = self._headings.get(offset)
        if known is None:
            known = self._headings[offset] = self._lies_in_heading(offset)
        return known

    def _lies_in_heading(self, offset: int) -> bool:
        section = self.section_at(offset)
        if section is not None and section.level and section.heading.start <= offset < section.heading.end:
            return True
        return _HEADING.match(self.text_at(offset)) is not None

    def items_in(self, span: Span) -> list[WorkItem]:
        """The items that begin in a stretch, in order."""
        return self.items[bisect_left(self._item_starts, span.start) : bisect_left(self._item_starts, span.end)]

    def item_at(self, offset: int) -> WorkItem | None:
        """The first item of the line in which an offset lies."""
        line = self.line_at(offset)
        return next(iter(self.items_in(Span(line.start, line.end + 1))), None)

    def groups_in(self, span: Span) -> list[Group]:
        """The tables and lists that begin in a stretch, in order."""
        first = bisect_left(self._group_starts, span.start)
        return list(self.groups[first : bisect_left(self._group_starts, span.end)])

    def groups_above(self, offset: int, start: int) -> list[Group]:
        """The last few tables and lists that begin between two offsets, nearest first."""
        at = bisect_right(self._group_starts, offset)
        return [group for group in reversed(self.groups[max(at - _GROUPS_BACK, 0) : at]) if group.span.start >= start]

    def group_below(self, offset: int, end: int) -> Group | None:
        """The first table or list that begins between two offsets."""
        at = bisect_right(self._group_starts, offset)
        return self.groups[at] if at < len(self.groups) and self.groups[at].span.start < end else None

    def may_name(self, suffixes: tuple[str, ...]) -> bool:
        """Whether one of these stands anywhere in the text; letter case is forgiven."""
        text = self.source.text.lower()
        return any(suffix in text for suffix in suffixes)

    def kind(self, name: str) -> list[WorkItem]:
        """The items of one kind of work, in order."""
        return self._kinds.get(name, [])

    def chain_at(self, offset: int) -> list[Section]:
        """The sections around an offset, innermost first; what stands before the first heading has none."""
        chain: list[Section] = []
        section = self.section_at(offset)
        while section is not None and section.level:
            chain.append(section)
            section = self._parents[section.span.start]
        return chain

    def unit_at(self, offset: int) -> Section | None:
        """The innermost section around an offset whose heading names a unit of work."""
        return next((section for section in self.chain_at(offset) if section.unit is not None), None)

    def sections_inside(self, span: Span) -> tuple[Section, ...]:
        """The sections that begin inside a stretch, but not at its start."""
        first = bisect_right(self._section_starts, span.start)
        return self.document.sections[first : bisect_left(self._section_starts, span.end)]

    def in_log(self, offset: int) -> bool:
        """Whether the offset lies in an account of former days, which is not about today."""
        if self.document.kind is DocumentKind.PROGRESS_LOG:
            return True
        at = bisect_right(self._entry_starts, offset) - 1
        if at >= 0 and offset < self.document.entries[at].span.end:
            return True
        section = self.section_at(offset)
        return section is not None and _DAY.search(section.title) is not None

    @cached_property
    def is_history(self) -> bool:
        """Whether the document is of a former day by its name or folder, so that what it says of files was right then."""
        return _HISTORY.search(self.document.path) is not None or self.document.kind is DocumentKind.PROGRESS_LOG

    def is_row(self, offset: int) -> bool:
        """Whether the line is a row of a table."""
        return self.text_at(offset).lstrip().startswith("|")

    @cached_property
    def front_end(self) -> int:
        """Where the front matter ends; 0 without one, the end of the text for a file of data."""
        if not self.document.sections:
            return len(self.source.text)
        match = _FRONT.match(self.source.text)
        return match.end() if match is not None else 0

    def item_of(self, claim: Claim) -> WorkItem | None:
        """The item that a claim is said of: its record's in data, else the first of its line."""
        return self.item_at(claim.span.start if claim.item is None else claim.item)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that has begun at an offset; None in a document without sections."""
        at = bisect_right(self._section_starts, offset) - 1
        return self.document.sections[at] if at >= 0 else None

    @cached_property
    def ratio_starts(self) -> frozenset[int]:
        """Where the document's ratios begin."""
        return frozenset(claim.span.start for claim in self.document.claims if claim.kind == "ratio")

    @cached_property
    def digests_by_line(self) -> Counter[int]:
        """How many digests each 1-based line has."""
        return Counter(self.line_of(claim.span.start) for claim in self.document.claims if claim.kind == "digest")

    @cached_property
    def _kinds(self) -> dict[str, list[WorkItem]]:
        kinds: dict[str, list[WorkItem]] = {}
        for item in self.items:
            kinds.setdefault(item.kind, []).append(item)
        return kinds

    @cached_property
    def _entry_starts(self) -> list[int]:
        return [entry.span.start for entry in self.document.entries]

    @cached_property
    def _parents(self) -> dict[int, Section | None]:
        """The section above each section, by where it begins."""
        parents: dict[int, Section | None] = {}
        open_sections: list[Section] = []
        for section in self.document.sections:
            while open_sections and open_sections[-1].level >= section.level:
                open_sections.pop()
            parents[section.span.start] = open_sections[-1] if open_sections else None
            open_sections.append(section)
        return parents


def unit_key(unit: str | None) -> str:
    """A unit's id without what differs from writer to writer (`PHASE 05` and `Phase 5`); "" for none."""
    return _ZEROS.sub("", " ".join((unit or "").casefold().replace("-", " ").replace("_", " ").split()))


def one_line(text: str) -> str:
    """A text with every run of blanks as one blank."""
    return _BLANKS.sub(" ", text).strip()
