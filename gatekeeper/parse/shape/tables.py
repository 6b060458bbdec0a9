"""Tables to items: a row with a status, or a row of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import EvidenceForm, EvidenceKind, EvidenceRef, WorkItem
from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.columns import Columns, is_plan, is_register, names_unit, read_columns
from gatekeeper.parse.shape.evidence import PROOF, find_refs, iter_refs, weigh_offers
from gatekeeper.parse.shape.keylines import is_status_key
from gatekeeper.parse.shape.marks import make_mark
from gatekeeper.parse.shape.page import Page, Section, plain
from gatekeeper.parse.syntax.blocks import Cell, Row, Table
from gatekeeper.parse.words.identity import find_identifiers, find_unit, split_leading_id
from gatekeeper.parse.words.offer import is_gone

_TOTAL = re.compile(
    r"(?:grand |sub-?)?(?:totals?|sum|overall|average|gesamt|summe|итого|всего|合计|總計|総計|合計)\b", re.IGNORECASE
)
_COUNTS = frozenset("count number # total amount qty quantity anzahl nombre número количество 数量 件数".split())
_PLACEHOLDER_ROW = re.compile(r"[\s.…\-\u2014_<>{}]*$")
_NUMBERED = re.compile(r"(\d+)[.)]\s*")
_BOX = re.compile(r"\[([^\[\]]{0,3})\]$")


def iter_row_items(page: Page, section: Section, table: Table) -> Iterator[WorkItem]:
    """The items of a table in row order; none for a table that neither gives statuses nor lists units of work."""
    if not table.rows or len(table.header.cells) < 2:
        return
    columns = read_columns(page, table)
    if not columns.has_status and not is_plan(columns) and not _is_index(page, columns, table):
        return
    if _is_tally(page, columns, table):
        return
    for row in table.rows:
        if not _is_blank(page, columns, row):
            yield _row_item(page, section, columns, row)


def _is_tally(page: Page, columns: Columns, table: Table) -> bool:
    """Whether a table counts things by their status, a row for each status: `| Remaining | 0 |`."""
    if columns.status != 0 or not any(header in _COUNTS for header in columns.headers[1:]):
        return False
    statuses = [_words(page, row, 0).casefold() for row in table.rows]
    return len(set(statuses)) == len(statuses)


def _is_index(page: Page, columns: Columns, table: Table) -> bool:
    """Whether a table without statuses lists things with their evidence: half of its rows name some."""
    if not columns.evidence or is_register(columns):
        return False
    if 0 in columns.evidence:
        return False  # a list of files is no list of work
    proven = sum(any(True for _ in _row_evidence(page, columns, row)) for row in table.rows)
    return proven * 2 >= len(table.rows)


def _words(page: Page, row: Row, at: int) -> str:
    return plain(page.text[row.cells[at].text_start : row.cells[at].text_end]) if 0 <= at < len(row.cells) else ""


def count_rows(page: Page, table: Table) -> int:
    """How many rows a table lists: without empty ones and without totals."""
    return sum(not _is_filler([page.text[cell.text_start : cell.text_end] for cell in row.cells]) for row in table.rows)


def _is_filler(texts: list[str]) -> bool:
    first = next((plain(text) for text in texts if text), "")
    return all(_PLACEHOLDER_ROW.match(text) for text in texts) or bool(_TOTAL.match(first))


def _is_blank(page: Page, columns: Columns, row: Row) -> bool:
    """A row that nobody filled in, a row of totals, or a row of dots."""
    texts = [page.text[cell.text_start : cell.text_end] for cell in row.cells]
    names = [texts[at] for at in range(len(texts)) if at not in (columns.status, columns.passed, columns.failed)]
    return _is_filler(texts) or all(_PLACEHOLDER_ROW.match(text) for text in names)


def _row_item(page: Page, section: Section, columns: Columns, row: Row) -> WorkItem:
    mark = _row_mark(page, columns, row)
    title, item_id = _words(page, row, columns.title), _words(page, row, columns.id) or None
    gate = _words(page, row, columns.gate) or page.gate_of(section)
    if item_id and columns.id == columns.gate:
        item_id, gate, title = _split_gate(item_id, title)
    elif item_id and " " in item_id and columns.id != columns.title:
        leading, rest = split_leading_id(item_id)
        item_id, title = (leading, title or rest) if leading else (item_id, title)
    if item_id is None and title:
        item_id, title = _numbered_unit(columns, title) or split_leading_id(title)
    parent = _words(page, row, columns.parent) or page.parent_of(section)
    status = mark.status if mark is not None else _lane_status(page, columns, row)
    return WorkItem(
        kind=columns.unit or "item",
        title=title or item_id or "",
        span=Span(row.start, max(row.start, row.end)),
        mark=mark,
        status=status,
        id=item_id,
        gate=gate if gate and gate not in ("-", "\u2014", "\u2013") else None,
        parent=parent,
        refs=(*_item_refs(page, columns, row), *find_refs(page, row.start, row.end)),
        owner=_words(page, row, columns.owner) or None,
        evidence=tuple(_row_evidence(page, columns, row)),
        evidence_expected=bool(columns.evidence),
        evidence_words=" ".join(_words(page, row, at) for at in columns.evidence).strip(),
        others=tuple(_other_marks(page, columns, row)),
    )


def _other_marks(page: Page, columns: Columns, row: Row) -> Iterator[StatusMark]:
    """The marks of a row's further status columns: "Review status" beside "Status"."""
    for at in columns.statuses if columns.status >= 0 else ():
        if at != columns.status and at < len(row.cells) and is_status_key(columns.headers[at]):
            mark = make_mark(page, row.cells[at].text_start, row.cells[at].text_end, columns.headers[at])
            if mark is not None:
                yield mark


def _split_gate(cell: str, title: str) -> tuple[str | None, str, str]:
    """Id, gate and title of a cell that names a gate: `Gate G1 - Integrity`, `1) No orphans`."""
    unit = find_unit(cell)
    if unit is not None:
        return unit.number, unit.number, title or unit.title
    match = _NUMBERED.match(cell)
    if match is not None:
        return match.group(1), cell[match.end() :], title or cell[match.end() :]
    leading, rest = split_leading_id(cell)
    return (leading, leading, title or rest) if leading else (None, cell, title or cell)


def _numbered_unit(columns: Columns, title: str) -> tuple[str, str] | None:
    """Id and title of `1. Foundation` below a header that names the unit ("Phase"); None for any other cell."""
    match = _NUMBERED.match(title)
    header = columns.headers[columns.title]
    if match is None or not names_unit(header):
        return None
    return f"{header.capitalize()} {match.group(1)}", title[match.end() :]


def _row_mark(page: Page, columns: Columns, row: Row) -> StatusMark | None:
    if columns.passed >= 0:
        return _pass_fail_mark(page, columns, row)
    if not 0 <= columns.status < len(row.cells):
        return None
    cell = row.cells[columns.status]
    if columns.is_guessed and not page.vocabulary.is_status(page.text[cell.text_start : cell.text_end]):
        return None  # of a column that is about status by its other cells
    return make_mark(page, cell.text_start, cell.text_end, columns.headers[columns.status])


def _pass_fail_mark(page: Page, columns: Columns, row: Row) -> StatusMark | None:
    """Two columns of boxes: ticked under Pass, ticked under Fail, or neither; both ticked is not understood."""
    passed, failed = (_ticked(page, row, at) for at in (columns.passed, columns.failed))
    at = columns.failed if failed and not passed else columns.passed
    if at >= len(row.cells) or (passed is None and failed is None):
        return None
    cell = row.cells[at]
    status = (
        Status.UNKNOWN if passed and failed else Status.DONE if passed else Status.BLOCKED if failed else Status.QUEUED
    )
    basis = StatusBasis.NONE if passed and failed else StatusBasis.VOCABULARY
    raw = page.text[cell.text_start : cell.text_end]
    return StatusMark(raw, Span(cell.text_start, cell.text_end), status, basis, columns.headers[at])


def _ticked(page: Page, row: Row, at: int) -> bool | None:
    """Whether a cell is ticked; None for an empty cell."""
    if at >= len(row.cells):
        return None
    cell = row.cells[at]
    text = page.text[cell.text_start : cell.text_end].strip("*` ")
    if not text:
        return None
    if match := _BOX.match(text):
        return page.vocabulary.box(match.group(1))[0] is Status.DONE
    return page.vocabulary.interpret(text)[0] is Status.DONE or text.casefold() in ("x", "yes")


def _lane_status(page: Page, columns: Columns, row: Row) -> Status:
    """What several status columns add up to: one status when they agree, else PARTIAL."""
    words = [_words(page, row, at) for at in columns.lanes]
    found = {page.vocabulary.interpret(word)[0] for word in words if word.strip("-\u2014 ")} - {Status.UNKNOWN}
    if not found:
        return Status.UNKNOWN
    return found.pop() if len(found) == 1 else Status.PARTIAL


def _item_refs(page: Page, columns: Columns, row: Row) -> Iterator[str]:
    """The ids of other items that a row names in columns of its own: epics, stories, what it depends on."""
    taken = {columns.id, columns.title, columns.status, columns.gate, columns.owner, columns.parent, *columns.evidence}
    taken |= {*columns.notes, *columns.lanes, *columns.statuses}
    for at in range(len(row.cells)):
        if at not in taken:
            yield from find_identifiers(_words(page, row, at))


def _row_evidence(page: Page, columns: Columns, row: Row) -> Iterator[EvidenceRef]:
    """References of the evidence columns, or of all columns where there is no such column; each target once."""
    seen: set[str] = set()
    for at in columns.evidence or range(len(row.cells)):
        if at >= len(row.cells) or at == columns.status:
            continue
        # A status beside the reference is the item's, not the file's.
        end = row.cells[at].end if at + 1 == columns.status else row.end
        for ref in _cell_refs(page, row.cells[at], end, is_evidence=bool(columns.evidence)):
            if ref.form is EvidenceForm.LINK and at not in (*columns.evidence, *columns.notes):
                continue  # to the page of the item, as prose has them
            if ref.target not in seen:
                seen.add(ref.target)
                yield ref


def _cell_refs(page: Page, cell: Cell, end: int, *, is_evidence: bool) -> Iterator[EvidenceRef]:
    """What a cell offers: all that an evidence column holds, and what the words of another one offer or mention.

    `end` is how far the words reach that may say of a reference that its file is gone.
    """
    refs = iter_refs(page, cell.text_start, cell.text_end, cell.inlines, bare="any" if is_evidence else "path")
    if is_evidence:
        return (ref for ref in refs if ref.kind in PROOF and not is_gone(page.text, ref, end))
    named = (ref for ref in refs if ref.kind is not EvidenceKind.PATTERN)
    return weigh_offers(page, cell.text_start, named)
