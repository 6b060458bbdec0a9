"""A parsed page: its sections, and what the recognizers need of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct, field

from gatekeeper.model.document import EvidenceRef
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.syntax.blocks import Block, Heading, ListItem
from gatekeeper.parse.syntax.source import repair
from gatekeeper.parse.words.identity import Unit, find_coded_unit, find_gate_name, find_unit
from gatekeeper.parse.words.vocabulary import Vocabulary

_MARKS = re.compile(r"\*\*|__|`|~~|!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\))*[^()]*\)|<br\s*/?>|\\(?=[|*_`\[\]])")
_PACK = re.compile(r"\b(?:evidence|packet|pack|closeout|handoff|gate \d+ completion)\b", re.IGNORECASE)
_BOX = re.compile(r"\[[^\[\]\n]{0,3}\]\s")
_SPECIAL = re.compile(r"[*_`~\[<\\]")
_DECOR = re.compile(r"^[^\w\[(\"'§#\u4e00-\u9fff]+")
_NUMBERED = re.compile(r"(?:(\d+(?:\.\d+)*)[.)]\s+|(\d+(?:\.\d+)+)\s+)")


class Section(Struct):
    """A heading with the blocks below it, up to the next heading; the first section of a page has no heading.

    `title` is plain text; `lead` is how many of its characters decorate or number it before its words.
    """

    heading: Heading | None
    title: str = ""
    level: int = 0
    parent: Section | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)
    number: str | None = None
    unit: Unit | None = None
    gate: str | None = None
    # Found once by the recognizers, as every item of the section asks: who owns it, and how many headings below carry a mark.
    owner: str | None = ""
    marked: int = -1

    def ancestors(self) -> Iterator[Section]:
        """This section and those above it, innermost first."""
        section: Section | None = self
        while section is not None:
            yield section
            section = section.parent

    def walk(self) -> Iterator[Section]:
        """This section and those below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Page(Struct):
    """A document on its way to items.

    Attributes:
        title: the first heading's words; None without a heading.
        offers: what is known of the proof that blocks offer, by where their words begin and end and what counts.
        is_pack: whether the page calls itself a pack of evidence.
    """

    source: SourceText
    vocabulary: Vocabulary
    sections: list[Section]
    gate: str | None = None
    owner: str | None = None
    unit_id: str | None = None
    text: str = ""
    title: str | None = None
    offers: dict[tuple[int, int, str], tuple[EvidenceRef, ...]] = field(default_factory=dict)
    is_pack: bool = False

    def __post_init__(self) -> None:
        self.text = self.source.text
        self.title = next((section.title for section in self.sections if section.heading is not None), None)
        self.is_pack = _PACK.search(self.title or "") is not None

    def gate_of(self, section: Section) -> str | None:
        """The gate that things in a section belong to."""
        return next((above.gate for above in section.ancestors() if above.gate), self.gate)

    def parent_of(self, section: Section) -> str | None:
        """The id of the nearest unit of work at or above a section; None without one."""
        for above in section.ancestors():
            if above.unit is not None:
                return above.unit.id
        return None


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A piece of Markdown as one line of plain words."""
    if not _SPECIAL.search(text):
        return " ".join(text.split())
    return " ".join(_MARKS.sub(lambda match: match.group(1) or "", text).split()).strip("* ")


def build_sections(source: SourceText, blocks: list[Block]) -> list[Section]:
    """The sections of a document in order; nesting follows heading levels."""
    sections = [Section(None)]
    stack = [sections[0]]
    for block in blocks:
        if not isinstance(block, Heading):
            sections[-1].blocks.append(block)
            continue
        section = _section(source, block)
        while len(stack) > 1 and stack[-1].level >= block.level:
            stack.pop()
        section.parent = stack[-1]
        stack[-1].children.append(section)
        stack.append(section)
        sections.append(section)
    return sections


def _section(source: SourceText, heading: Heading) -> Section:
    title = plain(source.text[heading.text_start : heading.text_end]) if heading.text_start >= 0 else ""
    if source.mojibake:
        title = repair(title)
    words = _DECOR.sub("", title)
    number = None
    if match := _NUMBERED.match(words):
        number = match.group(1) or match.group(2)
    unit = find_unit(words) or (find_unit(words[match.end() :]) if match else find_coded_unit(words))
    gate = unit.id if unit is not None and unit.kind == "gate" else find_gate_name(title)
    return Section(heading, title, heading.level, number=number, unit=unit, gate=gate)


def line_end(text: str, offset: int) -> int:
    """Where the line that holds an offset ends, its line end not included."""
    index = text.find("\n", offset)
    end = len(text) if index < 0 else index
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def first_line(page: Page, block: Block) -> Span:
    """The span of a block's first line from its own first character; the place of an item."""
    return Span(block.start, max(block.start, min(block.end, line_end(page.text, block.start))))


def has_box(page: Page, block: Block) -> bool:
    """Whether a block is a list item with a checkbox."""
    return isinstance(block, ListItem) and block.text_start >= 0 and _BOX.match(page.text, block.text_start) is not None
