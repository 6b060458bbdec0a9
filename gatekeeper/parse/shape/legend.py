"""Legends: what a document itself says its status tokens mean, in a list, a table or a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from gatekeeper.model.status import Legend, LegendEntry, Status
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.page import Page, Section
from gatekeeper.parse.syntax.blocks import Block, ListItem, Paragraph, Table
from gatekeeper.parse.words.vocabulary import mark_pattern, normal

_WORDS = r"legend|légende|leyenda|legende|legenda|tegnforklaring|图例|圖例|图例说明|凡例|легенда"
_HEADING = re.compile(
    r"\b(?:"
    + _WORDS
    + r"|status (?:scale|key|keys|values?|definitions?|codes?|meanings?|vocabulary|tokens?|markers?|icons?))\b"
    r"|^\W*key\W*$|图例|圖例|凡例|状态说明|условные обозначения",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"[ \t>*_-]*(?:status )?(?:"
    + _WORDS
    + r"|key|status(?:es)?(?: values| codes| key)?)(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*",
    re.IGNORECASE,
)
_LATER_LINE = re.compile("^" + _LINE.pattern, re.IGNORECASE | re.MULTILINE)
_STATUS_LINE = re.compile(r"[ \t>*_-]*status(?:es)?\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:\||·|•|;|\n|,(?![^(\n]{0,80}\))|\s/\s|\u3001|，|；|&nbsp;)\s*")
_BOX = re.compile(r"\[[^\[\]\n]{0,3}\]")
_MEANING = re.compile(r"\s*(?:[:：=\u2013\u2014→]|\s-\s|-(?=\s)|\()\s*")
# What is longer explains more than a token.
_LINE_LENGTH, _ENTRY_LENGTH = 2000, 400
# `[New | In review | Merged]`: a blank of a form.
_CHOICE = re.compile(r"[\[{<][^\[\]{}<>\n]{4,}[\]}>]")
_QUOTED = re.compile(r"[*_]*`([^`\n]+)`[*_]*|\*\*([^*\n]+)\*\*")


def find_legend(page: Page) -> tuple[Legend, set[int]]:
    """The legend of a page, and the start offsets of the blocks and sections that hold it (they hold no items)."""
    entries: list[LegendEntry] = []
    places: set[int] = set()
    for section in page.sections:
        if section.heading is not None and section.level > 1 and _HEADING.search(section.title):
            found = list(_section_entries(page, section))
            if len(found) >= 2:
                entries += found
                places.add(section.heading.start)
                places |= {
                    block.start
                    for block in section.blocks
                    if not isinstance(block, Table) or len(block.header.cells) <= 3
                }
                continue
        for index, block in enumerate(section.blocks):
            if isinstance(block, Paragraph) and _is_label(page, block):
                below = list(takewhile(lambda one: isinstance(one, ListItem), section.blocks[index + 1 :]))
                found = [entry for one in below for entry in _entry(page, one.text_start, one.text_end)]
                if len(found) >= 2:
                    entries += found
                    places |= {block.start, *(one.start for one in below)}
            elif isinstance(block, Paragraph | ListItem) and (found := _line_entries(page, block)):
                entries += found
                places.add(block.start)
    unique: dict[str, LegendEntry] = {}
    for entry in entries:
        unique.setdefault(entry.token, entry)
    return Legend(tuple(unique.values())), places


def _is_label(page: Page, block: Paragraph) -> bool:
    """Whether a paragraph announces a legend and leaves it to the list below."""
    match = _LINE.match(page.text, block.text_start, block.text_end)
    return match is not None and match.end() >= block.text_end and normal(match.group(0)) != "status:"


def _section_entries(page: Page, section: Section) -> Iterator[LegendEntry]:
    for block in section.blocks:
        if isinstance(block, ListItem):
            if block.ordinal is not None:
                continue
            if (found := _line_entries(page, block)) or _LINE.match(page.text, block.text_start, block.text_end):
                yield from found
            else:
                yield from _entry(page, block.text_start, block.text_end)
        elif isinstance(block, Paragraph):
            yield from _line_entries(page, block) or _split_entries(page, block.text_start, block.text_end)
        elif isinstance(block, Table) and len(block.header.cells) <= 3:
            yield from _table_entries(page, block)


def _table_entries(page: Page, table: Table) -> Iterator[LegendEntry]:
    for row in table.rows:
        cells = [(cell.text_start, cell.text_end) for cell in row.cells]
        if len(cells) >= 2:
            meaning = " ".join(page.text[start:end] for start, end in cells[1:])
            yield from _make(page, *cells[0], meaning)


def _line_entries(page: Page, block: Block) -> list[LegendEntry]:
    """The entries of a line that announces a legend; a `Status:` line needs two tokens or more to be one."""
    start, end = block.text_start, block.text_end
    match = None
    if 0 <= start < end:
        match = _LINE.match(page.text, start, end) or _LATER_LINE.search(page.text, start + 1, end)
    if match is None:
        return []
    is_status = _STATUS_LINE.match(match.group(0)) is not None and "legend" not in match.group(0).lower()
    said = page.text[match.end() : block.text_end].strip()
    if is_status and ("\n" in said or _CHOICE.fullmatch(said)):
        return []
    found = list(_split_entries(page, match.end(), block.text_end))
    return found if len({entry.token for entry in found}) >= (3 if is_status else 2) else []


def _split_entries(page: Page, start: int, end: int) -> Iterator[LegendEntry]:
    """The entries of an inline legend: split at separators, or before each mark where there are none."""
    text = page.text
    end = min(end, start + _LINE_LENGTH)
    cuts = [start]
    for match in _SEPARATOR.finditer(text, start, end):
        cuts += [match.start(), match.end()]
    cuts.append(end)
    pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
    if len(pieces) == 1:
        marks = [match.start() for match in mark_pattern().finditer(text, start, end)]
        if len(marks) > 1:
            pieces = list(zip(marks, [*marks[1:], end], strict=True))
    for at, stop in pieces:
        yield from _entry(page, at, stop, inline=True)


def _entry(page: Page, start: int, end: int, *, inline: bool = False) -> Iterator[LegendEntry]:
    """The token and meaning of one legend line: token first, then its meaning after a break or in brackets."""
    text = page.text
    while start < end and text[start] in " \t\r\n*_":
        start += 1
    end = min(end, start + _ENTRY_LENGTH)
    end = min(end, text.find("\n", start, end) if text.find("\n", start, end) > 0 else end)
    if start >= end:
        return
    if (match := _QUOTED.match(text, start, end)) and not _BOX.fullmatch(match.group(1) or ""):
        group = 1 if match.group(1) is not None else 2
        yield from _make(page, *match.span(group), text[match.end() : end])
    elif match := _BOX.match(text, start, end) or _BOX.match(text, start + 1, end):
        yield from _make(page, match.start(), match.end(), text[match.end() : end])
    elif match := _MEANING.search(text, start, end):
        yield from _make(page, start, match.start(), text[match.end() : end])
    else:
        yield from _make(page, start, end, "")
        if inline or not text[start].isascii():
            yield from _mark_alone(page, start, end)


def _mark_alone(page: Page, start: int, end: int) -> Iterator[LegendEntry]:
    """The mark of a token that has words too: `✅ Complete` defines `✅`."""
    head, blank, words = page.text[start:end].partition(" ")
    if blank and not any(char.isalnum() and char.isascii() for char in head) and not head.isascii():
        yield from _make(page, start, start + len(head), words)


def _make(page: Page, start: int, end: int, meaning: str) -> Iterator[LegendEntry]:
    text = page.text
    while end > start and text[end - 1] in " \t*_.`":
        end -= 1
    while start < end and text[start] in " \t*_`":
        start += 1
    token = text[start:end]
    if not token or len(token) > 48:
        return
    status = _meaning_of(page, token, meaning)
    if status is not Status.UNKNOWN:
        yield LegendEntry(token, status, Span(start, end))


def _meaning_of(page: Page, token: str, meaning: str) -> Status:
    """A word means itself where the vocabulary knows it; a mark or box means what is said of it."""
    said = meaning.strip(" \t:：=-\u2013\u2014()→.*`")
    is_word = any(char.isalnum() for char in normal(token)) and not _BOX.fullmatch(token.strip())
    own = page.vocabulary.interpret(token)[0] if page.vocabulary.is_status(token) or not is_word else Status.UNKNOWN
    if is_word and own is not Status.UNKNOWN:
        return own
    return next((found for found in _meanings(page, said) if found is not Status.UNKNOWN), own)


def _meanings(page: Page, said: str) -> Sequence[Status]:
    head = re.split(r"[,;(/]|\s[-\u2013\u2014]\s", said, maxsplit=1)[0]
    return [page.vocabulary.interpret(words)[0] for words in (head, said) if words.strip()]
