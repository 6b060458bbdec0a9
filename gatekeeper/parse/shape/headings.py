"""Headings and status lines to items: `### Chunk A (COMPLETE)`, `**Status:** Done`, `## Decision`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.model.document import WorkItem
from gatekeeper.model.status import Status, StatusMark
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.evidence import find_refs
from gatekeeper.parse.shape.groups import section_status
from gatekeeper.parse.shape.keylines import KeyLine, is_status_key, iter_key_lines
from gatekeeper.parse.shape.marks import find_edge_mark, heading_mark, make_mark, value_mark
from gatekeeper.parse.shape.page import Page, Section, first_line, has_box, plain
from gatekeeper.parse.syntax.blocks import ListItem, Paragraph
from gatekeeper.parse.words.identity import find_unit, split_leading_id
from gatekeeper.parse.words.leftover import announces_leftovers
from gatekeeper.parse.words.vocabulary import normal

_DECOR = re.compile(r"^[^\w\[(\"'§#\u4e00-\u9fff]+")
_CHOICE = re.compile(r"\[([ xX✓]?)\]\s*([^\[\]]+?)\s*(?=\[|$)")
_OR = re.compile(r"\s*[/|]\s*")
_TITLE_TAIL = re.compile(r"\s*[-\u2013\u2014:：|]?\s*[(\[（【]?$")
_LAST_MARK = re.compile(r"\s*[✅✔☑❌⚠⏳🚧🔄🟢🟡🔴]\ufe0f?\s*$")
_FIELD = re.compile(r"\s+[|·•]\s+|\s{2,}(?=\*\*)|\s(?=\*\*\w[^*\n]*:\s?\*\*|\*\*\w[^*\n]*\*\*:)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DELIVERED = re.compile(
    r"(delivered|shipped|completed|released|done|deployed|merged)\s+(?:on\s+)?(?:\d{4}-\d\d-\d\d|"
    + _MONTH
    + r"\s+(?:\d{1,2},?\s+)?\d{4})\s*[:\u2013\u2014-]\s*(.+)",
    re.IGNORECASE,
)
# Longer values are sentences; their head says what there is to say.
_VALUE_LENGTH = 400
_AFTER_NUMBER = re.compile(r"\d[\w.]*\s*\(([^()]{2,24})\)")
# Words in brackets that say what kind of list a heading opens, not how a thing stands.
_WEAK = frozenset(
    "accepted active available backlog current draft future live new next open optional planned proposed queued ready remaining required recommended".split()
) | {"ready now"}
# They say whether a unit has to be done, not how it stands.
_OBLIGATIONS = frozenset(("optional", "recommended", "required"))
_FOLDER = re.compile(r"(\d+)[-.)]\s?\w")
_HEADING_KEY = re.compile(r"(.{2,40}?)\s*[:：]\s*(.+)$")


def iter_heading_items(page: Page, section: Section) -> Iterator[WorkItem]:
    """The items of a section's heading and of its status lines, in document order."""
    lines = [line for line in iter_key_lines(page, section) if line.is_status]
    heading = _heading_item(page, section, lines) or _delivered_item(page, section)
    if heading is not None:
        yield heading
        is_bare = heading.mark is not None and not any(char.isalnum() for char in heading.mark.raw)
        # The words of a status line say more than a bare mark, and may differ from it.
        lines = [line for line in lines if (is_bare and line.is_plain_status) or find_unit(_key_words(page, line))]
    elif section.heading is not None and is_status_key(_folded(section)):
        item = _status_section_item(page, section, lines)
        if item is not None:
            yield item
            return
    for line in lines:
        item = _line_item(page, section, line)
        if item is not None:
            yield item
    if heading is None and not lines and section.unit is not None:
        yield from _unit_item(page, section)
    elif heading is None and not lines and (is_left(section) or (page.is_pack and _is_proof_section(page, section))):
        yield _section_item(
            page, section, Span(section.heading.start, section.heading.end) if section.heading else Span(0, 0), None
        )


def is_left(section: Section) -> bool:
    """Whether a numbered section is an entry of one that lists what is still to be done."""
    above = section.parent
    return section.number is not None and above is not None and announces_leftovers(above.title)


def owner_of(section: Section) -> Section:
    """The section that a status speaks of: the one above for a section called Status or Decision, else itself."""
    above = section.parent
    return above if above is not None and above.heading is not None and is_status_key(_folded(section)) else section


def _folded(section: Section) -> str:
    return re.sub(r"^[\d.]+\s*|[\s:.]+$", "", _DECOR.sub("", section.title)).casefold()


def _key_words(page: Page, line: KeyLine) -> str:
    return page.text[line.start : line.value_start].strip("*_ \t-:")


def _is_proof_section(page: Page, section: Section) -> bool:
    """Whether a numbered section of a pack stands below one that announces evidence section by section."""
    above = section.parent
    is_numbered = section.heading is not None and _FOLDER.match(section.title) is not None
    return is_numbered and above is not None and above.level > 1 and "evidence" in above.title.casefold()


def _heading_item(page: Page, section: Section, lines: list[KeyLine]) -> WorkItem | None:
    """The item of a heading that gives its own status."""
    heading = section.heading
    if heading is None or heading.text_start < 0:
        return None
    mark = heading_mark(page, heading.text_start, heading.text_end) or _after_number(page, section)
    if (
        mark is None
        and (match := _HEADING_KEY.match(section.title))
        and is_status_key(_DECOR.sub("", match.group(1)).casefold())
    ):
        at = page.text.rfind(match.group(2)[:12], heading.text_start, heading.text_end)
        mark = value_mark(page, at, heading.text_end) if at > 0 else None
    if mark is None or mark.status is Status.UNKNOWN or normal(mark.raw) in _OBLIGATIONS:
        return None
    is_bare = not any(char.isalnum() for char in mark.raw)
    if is_bare and section.unit is None and any(_line_item(page, section, one) for one in lines if one.is_plain_status):
        return None  # the words of the status line say more than a mark that decorates the title
    if (
        section.unit is None
        and section.number is None
        and not (_is_named(page, section, mark) and (not is_bare or _has_sisters(page, section)))
    ):
        return None
    return _section_item(page, section, Span(heading.start, heading.end), mark)


def _delivered_item(page: Page, section: Section) -> WorkItem | None:
    """The item of a heading that begins with its status and a date: `Delivered June 5, 2026 — Profile photos`."""
    heading = section.heading
    match = _DELIVERED.match(page.text, heading.text_start, heading.text_end) if heading is not None else None
    if heading is None or match is None:
        return None
    mark = make_mark(page, *match.span(1))
    return (
        None
        if mark is None
        else replace(_section_item(page, section, Span(heading.start, heading.end), mark), title=plain(match.group(2)))
    )


def iter_bold_items(page: Page, section: Section) -> Iterator[WorkItem]:
    """The items of bold lines that stand for headings: `**Phase 3.7: Styling - VERIFIED** ✅`."""
    for block in section.blocks:
        if (
            isinstance(block, Paragraph)
            and page.text.startswith("**", block.text_start)
            and "\n" not in page.text[block.text_start : block.text_end]
        ):
            words = plain(page.text[block.text_start : block.text_end])
            unit = find_unit(words)
            mark = _bold_mark(page, block) if unit is not None else None
            if unit is not None and mark is not None and mark.status is not Status.UNKNOWN:
                span = Span(block.start, block.text_end)
                yield WorkItem(
                    unit.kind, _strip_status(unit.title, mark), span, mark, mark.status, unit.id, page.gate_of(section)
                )


def _bold_mark(page: Page, block: Paragraph) -> StatusMark | None:
    """The status that a bold line gives: by the words inside of it, else by all of the line."""
    end = page.text.find("**", block.text_start + 2, block.text_end)
    inside = heading_mark(page, block.text_start + 2, end) if end > 0 else None
    has_words = inside is not None and any(char.isalnum() for char in inside.raw)
    return inside if has_words else heading_mark(page, block.text_start, block.text_end)


def _after_number(page: Page, section: Section) -> StatusMark | None:
    """The status in brackets right after a unit's number: `Phase 2 (In Progress): Start pack`."""
    heading, unit = section.heading, section.unit
    if heading is None or unit is None:
        return None
    end = min(heading.text_end, heading.text_start + _VALUE_LENGTH)
    match = _AFTER_NUMBER.search(page.text, heading.text_start, end)
    return make_mark(page, *match.span(1)) if match and page.vocabulary.is_status(match.group(1)) else None


def _has_sisters(page: Page, section: Section) -> bool:
    """Whether another heading beside this one carries a mark too; a lone mark decorates."""
    above = section.parent
    if above is None:
        return False
    if above.marked < 0:
        headings = (one.heading for one in above.children if one.heading is not None)
        above.marked = sum(find_edge_mark(page, one.text_start, one.text_end) is not None for one in headings)
    return above.marked > 1


def _is_named(page: Page, section: Section, mark: StatusMark) -> bool:
    """Whether words are left to name a thing when the mark is taken from a heading."""
    words = _title_without(section, mark)
    is_weak = normal(mark.raw) in _WEAK
    return (
        len(words) > 1
        and not is_weak
        and not page.vocabulary.is_status(words)
        and section_status(page, section) is None
    )


def _unit_item(page: Page, section: Section) -> Iterator[WorkItem]:
    """A heading that names a unit of work, without a status; a document's title needs a colon or dash after the number."""
    heading, unit = section.heading, section.unit
    if heading is None or unit is None:
        return
    words = _DECOR.sub("", section.title)
    above = section.parent.unit if section.parent is not None else None
    if above is not None and above.id == unit.id:
        return  # "Phase 2 Features" below "Phase 2"
    if unit.kind == "item" and not any(has_box(page, block) for block in section.blocks):
        return
    if section.level == 1:
        after = words.partition(unit.number)[2].lstrip()
        if after and after[0] not in ":\u2013\u2014-|":
            return
    yield _section_item(page, section, Span(heading.start, heading.end), None)


def _line_item(page: Page, section: Section, line: KeyLine) -> WorkItem | None:
    """The item of a `Status:` line; the section's heading names it, or the key itself ("Chunk A Status")."""
    line = replace(line, value=line.value[:_VALUE_LENGTH])
    mark, is_choice = _choice_mark(page, line)
    if not is_choice:
        end = line.value_start + len(_FIELD.split(line.value, maxsplit=1)[0])
        mark = value_mark(page, line.value_start, end)
        if mark is None or (mark.status is Status.UNKNOWN and (_is_prose(mark.raw) or not line.is_plain_status)):
            return None
    named = find_unit(_key_words(page, line))
    item = _section_item(page, section, Span(line.start, max(line.end, line.value_end)), mark)
    if named is None:
        return item
    return WorkItem(
        named.kind,
        named.title,
        item.span,
        mark,
        item.status,
        named.id,
        item.gate,
        None,
        item.refs,
        item.owner,
        item.evidence,
    )


def _is_prose(raw: str) -> bool:
    """A long text without any signal is a sentence that happens to follow "Status:"."""
    return len(raw.split()) > 8


def _choice_mark(page: Page, line: KeyLine) -> tuple[StatusMark | None, bool]:
    """The ticked word of `[ ] DONE [x] OPEN`; (None, True) when none is ticked."""
    choices = list(_CHOICE.finditer(line.value))
    if len(choices) < 2:
        words = _OR.split(line.value)
        return None, len(words) > 2 and all(page.vocabulary.is_status(word) for word in words)
    ticked = [match for match in choices if match.group(1).strip()]
    if len(ticked) != 1:
        return None, True
    start, end = ticked[0].span(2)
    return make_mark(page, line.value_start + start, line.value_start + end), True


def _status_section_item(page: Page, section: Section, lines: list[KeyLine]) -> WorkItem | None:
    """The item of a section that is called Status, Decision or Outcome and says it in its first words."""
    if lines:
        return _line_item(page, section.parent or section, lines[0])
    block = section.blocks[0] if section.blocks else None
    if not isinstance(block, Paragraph | ListItem) or block.text_start < 0:
        return None
    bullets = sum(isinstance(one, ListItem) for one in section.blocks)
    if bullets > 1 and not page.vocabulary.is_status(page.text[block.text_start : block.text_end]):
        return None
    place = first_line(page, block)
    mark = value_mark(page, max(place.start, block.text_start), min(place.end, block.text_end))
    if mark is None or mark.status is Status.UNKNOWN:
        return None
    owner = section.parent if section.parent is not None and section.parent.heading is not None else section
    return _section_item(page, owner, place, mark)


def _section_item(page: Page, section: Section, span: Span, mark: StatusMark | None) -> WorkItem:
    unit = section.unit
    title = _title_without(section, mark) if section.heading is not None else page.title or ""
    item_id: str | None = unit.id if unit is not None else section.number
    if unit is not None:
        title = _strip_status(unit.title, mark)
    elif item_id is None:
        item_id, title = split_leading_id(title)
    if section.heading is None or section.level == 1:
        item_id = page.unit_id or item_id
    elif item_id is None and page.is_pack and (folder := _FOLDER.match(section.title)):
        item_id = folder.group(1)
    parent = page.parent_of(section.parent) if section.parent is not None else None
    return WorkItem(
        kind=unit.kind if unit is not None else "item",
        title=title,
        span=span,
        mark=mark,
        status=mark.status if mark is not None else Status.UNKNOWN,
        id=item_id,
        gate=page.gate_of(section),
        parent=parent,
        refs=find_refs(page, span.start, span.end),
        owner=_owner(page, section),
    )


def _owner(page: Page, section: Section) -> str | None:
    """Who the section's own lines say owns it; the document's owner for its title."""
    if section.owner == "":
        lines = (line for line in iter_key_lines(page, section) if line.is_owner)
        own = next((line.value.strip("`* ") for line in lines if line.value.strip("`* ")), None)
        section.owner = own or (page.owner if section.level <= 1 else None)
    return section.owner


def _title_without(section: Section, mark: StatusMark | None) -> str:
    words = re.sub(r"^\d+(?:\.\d+)*[.)]?\s+", "", _DECOR.sub("", section.title))
    return _strip_status(words, mark)


def _strip_status(words: str, mark: StatusMark | None) -> str:
    """A title without the status words that stand at its end."""
    raw = plain(mark.raw) if mark is not None else ""
    at = words.rfind(raw) if raw else -1
    if at > 0 and len(words) - at <= len(raw) + 2:
        words = _TITLE_TAIL.sub("", words[:at])
    if not words.isascii() and words[-1:] not in raw:
        words = _LAST_MARK.sub("", words) or words  # the heading's own mark, above a status line
    return words.strip() or words
