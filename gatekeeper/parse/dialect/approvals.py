"""Where somebody decides or signs: rows and lines under a heading for sign-offs, and lines such as `Approved by:`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gatekeeper.model.document import Approval, SectionRole, WorkItem
from gatekeeper.model.status import Status
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.shape.page import Page, Section, line_end, plain
from gatekeeper.parse.syntax.blocks import Block, Cell, ListItem, Paragraph, Row, Table
from gatekeeper.parse.words.gate import has_signer, is_label, role_of
from gatekeeper.parse.words.identity import find_date

_LINE = re.compile(r"(?P<mark>[-*+>\s]*)(?P<label>[^:：|\n]{1,60}?)[*_\s]*[:：](?!//)[*_\s]*(?P<value>[^\n]*)")
_BOX = re.compile(r"\[(?P<inside>[^\[\]\n]{0,3})\](?=\s|$)")
_FIELD = re.compile(r"(?P<label>[^\W\d_][^:：|\n_]{1,30}?)[ \t]*[:：][ \t]*(?P<value>_{2,}|\.{3,}|…+|$)")
_EMPTY = re.compile(
    r"(?:[\W_]|\bt\W?b\W?[adc]\b|\btodo\b|\bpending\b|\bawaiting\b|\bunsigned\b|\bnone\b|\byyyy\b|\bmm\b|\bdd\b)*"
    r"|<[^<>]*>|\[[^\[\]]{0,40}\]|\{[^{}]*\}",
    re.IGNORECASE,
)
_OPEN = (Status.QUEUED, Status.READY, Status.IN_PROGRESS, Status.PARTIAL, Status.REVIEW, Status.BLOCKED)
_LONGEST_ROLE = 60


def iter_approvals(page: Page) -> Iterator[Approval]:
    """The places of a page where somebody signs, in document order."""
    is_named = has_signer(page.text)
    signing: set[int] = set()
    for section in page.sections:
        is_own = section.level > 0 and role_of(section.title) is SectionRole.SIGN_OFF
        if is_own or (section.parent is not None and id(section.parent) in signing):
            signing.add(id(section))
            yield from _of_section(page, section)
        elif is_named:
            for block in section.blocks:
                yield from _named_lines(page, block)


def find_decisions(source: SourceText, items: Iterable[WorkItem]) -> Iterator[Span]:
    """The places of status words that stand behind a label for decisions: `Decision: GO`."""
    for item in items:
        if item.mark is None:
            continue
        span = item.mark.span
        head = source.text[source.line_span(source.position(span.start).line).start : span.start].rstrip(" *_`")
        if head.endswith((":", "：")) and is_label("decision", plain(head[:-1]).strip(" -*+>")):
            yield span


def _of_section(page: Page, section: Section) -> Iterator[Approval]:
    fields: list[tuple[Span, str]] = []
    for block in section.blocks:
        if isinstance(block, Table):
            yield from _rows(page, block)
        elif isinstance(block, ListItem | Paragraph):
            for line in _own_lines(page, block):
                found = _line(page, line, fields)
                if found is not None:
                    yield found
    if fields:
        span = Span(fields[0][0].start, fields[-1][0].end)
        yield _approval(page, section.title, span, [value for _, value in fields])


def _own_lines(page: Page, block: Block) -> Iterator[Span]:
    """The lines of a block and of what it holds."""
    start = block.start
    while start < block.end:
        end = min(line_end(page.text, start), block.end)
        if end > start:
            yield Span(start, end)
        start = page.text.find("\n", end, block.end) + 1 or block.end


def _line(page: Page, span: Span, fields: list[tuple[Span, str]]) -> Approval | None:
    """A line that gives a role and who signed for it; what only names one part of a signature goes to `fields`."""
    text = page.source.slice(span)
    box = _BOX.search(text, 0, 12)
    body = text[box.end() :] if box is not None else text
    match = _LINE.match(body)
    label = plain(match["label"]).strip(" -*") if match is not None else ""
    if box is not None:
        is_ticked = page.vocabulary.box(box["inside"])[0] is Status.DONE
        blanks = [one["value"] for one in _FIELD.finditer(body)]
        words = plain(body)
        found = Approval(words[:_LONGEST_ROLE], span, words, is_ticked and not blanks, find_date(words) or "")
        return found if words else None
    if match is None or not label:
        return None
    if is_label("signature", label) or is_label("day", label):
        fields.append((span, match["value"]))
        return None
    return _approval(page, label, span, [match["value"]])


def _named_lines(page: Page, block: Block) -> Iterator[Approval]:
    if not isinstance(block, ListItem | Paragraph) or not has_signer(page.text[block.start : block.end]):
        return
    for span in _own_lines(page, block):
        match = _LINE.match(page.source.slice(span))
        if match is not None and is_label("signer", match["label"].strip(" -*>")):
            yield _approval(page, plain(match["label"]).strip(" -*"), span, [match["value"]])


def _rows(page: Page, table: Table) -> Iterator[Approval]:
    """The rows of a table that has a column for a name, a day or a signature; its role stands in the column for it, else in the first."""
    headers = [_words(page, cell) for cell in table.header.cells]
    slots = [at for at, word in enumerate(headers) if is_label("signature", word) or is_label("day", word)]
    states = [at for at, word in enumerate(headers) if word.casefold() in ("status", "decision", "verdict", "approved")]
    named = next((at for at, word in enumerate(headers) if is_label("signee", word)), None)
    at = named if named is not None else next((one for one in range(len(headers)) if one not in slots), 0)
    if not slots:
        return
    for row in table.rows:
        cells = [_words(page, cell) for cell in row.cells]
        role = cells[at] if at < len(cells) else ""
        values = [cells[one] for one in dict.fromkeys((*slots, *states)) if one != at and one < len(cells)]
        if role and values:
            yield _approval(page, role, _span(row), values)


def _approval(page: Page, role: str, span: Span, values: Sequence[str]) -> Approval:
    words = " ".join(filter(None, (plain(value) for value in values if not _EMPTY.fullmatch(value.strip()))))
    is_signed = bool(values) and all(_is_given(page, value) for value in values)
    return Approval(role[:_LONGEST_ROLE], span, words, is_signed, find_date(words) or "")


def _is_given(page: Page, value: str) -> bool:
    """Whether a place for a name, a day or a signature holds one."""
    status = page.vocabulary.interpret(value)[0] if value.strip() else Status.UNKNOWN
    if status is Status.DONE:
        return True
    if status in _OPEN and page.vocabulary.is_status(value):
        return False
    return not _EMPTY.fullmatch(value.strip())


def _words(page: Page, cell: Cell) -> str:
    return plain(page.text[cell.text_start : cell.text_end]) if cell.text_start >= 0 else ""


def _span(row: Row) -> Span:
    return Span(row.start, row.end)
