"""What contracts are held against in files of data and in Markdown pages: values and sections with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.model.contract.fact import OutlineSection
from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.document import Document, ProblemKind
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.reader import ParseSettings, parse_document
from gatekeeper.parse.shape.page import Section, build_sections, plain
from gatekeeper.parse.syntax.blocks import ListItem, Row, Table
from gatekeeper.parse.syntax.data import parse_data
from gatekeeper.parse.syntax.markdown import parse_markdown
from gatekeeper.parse.syntax.source import decode_source
from gatekeeper.parse.syntax.toml import parse_toml

_BOX = re.compile(r"\[[^\[\]\n]{0,3}\]\s+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*\n]+?):?\1:?")
_TERM = re.compile(r"([^\s:`]+):\s")
_DECOR = re.compile(r"^(?:[^\w(\"'`]+|(?:\d+(?:\.\d+)*)[.)]?\s+)+")


class FactReader:
    """A `model.contract.Reader`; documents are parsed by `settings`."""

    def __init__(self, settings: ParseSettings | None = None) -> None:
        self._settings = settings or ParseSettings()

    def decode(self, path: str, data: bytes) -> SourceText:
        """The text of a file; never raises."""
        return decode_source(path, data)[0]

    def read_data(self, source: SourceText) -> tuple[DataNode | None, str]:
        """The value that a YAML, JSON or TOML file holds, by its suffix; None and why not.

        What stands behind an alias or a merge key of YAML is not followed: it is COMPUTED.
        """
        if source.path.lower().endswith(".toml"):
            return parse_toml(source)
        node, problems = parse_data(source)
        refusal = next((problem for problem in problems if problem.kind is not ProblemKind.ALIAS), None)
        if refusal is not None:
            place = source.position(refusal.span.start)
            return None, f"{refusal.detail} (line {place.line})"
        if node is None:
            return None, "it is empty"
        aliases = frozenset(problem.span for problem in problems)
        return (_without_aliases(node, aliases) if aliases else node), ""

    def read_document(self, path: str, data: bytes) -> Document:
        """A document as it is parsed, whether or not it carries status; never raises."""
        return parse_document(path, data, self._settings)

    def read_outline(self, source: SourceText) -> tuple[OutlineSection, ...]:
        """The sections of a Markdown page in document order."""
        sections = build_sections(source, parse_markdown(source.text))
        return tuple(_outlined(source, section) for section in sections if section.heading is not None)


def _without_aliases(node: DataNode, aliases: frozenset[Span]) -> DataNode:
    if node.kind is DataKind.NULL and node.span in aliases:
        return DataNode(DataKind.COMPUTED, node.span, "an alias")
    pairs = tuple((_merge_key(key), _without_aliases(value, aliases)) for key, value in node.pairs)
    return replace(node, pairs=pairs, entries=tuple(_without_aliases(entry, aliases) for entry in node.entries))


def _merge_key(key: DataNode) -> DataNode:
    return DataNode(DataKind.COMPUTED, key.span, "a merge key") if key.scalar == "<<" else key


def _outlined(source: SourceText, section: Section) -> OutlineSection:
    heading = section.heading
    assert heading is not None
    blocks = [block for inner in section.walk() for block in inner.blocks]
    items = (item for block in blocks if isinstance(block, ListItem) for item in _iter_items(block))
    tables = [block for block in blocks if isinstance(block, Table)]
    return OutlineSection(
        title=section.title,
        words=_DECOR.sub("", section.title),
        level=section.level,
        heading=Span(heading.start, heading.end),
        entries=tuple(_entry(source, item) for item in items if item.text_start >= 0),
        tables=tuple(_table(source, table) for table in tables),
    )


def _iter_items(item: ListItem) -> Iterator[ListItem]:
    return (block for block in item.walk() if isinstance(block, ListItem))


def _entry(source: SourceText, item: ListItem) -> DataNode:
    """What an item is about: the code span, bold words or single word before a colon with which it begins, else all its words."""
    start, end = item.text_start, item.text_end
    if box := _BOX.match(source.text, start, end):
        start = box.end()
    code = next((one for one in item.inlines if one.kind == "code" and one.start <= start + 2), None)
    if code is not None and not source.text[start : code.start].strip("*_"):
        return _string(source, code.inner_start, code.inner_end)
    for pattern, group in ((_BOLD, 2), (_TERM, 1)):
        if match := pattern.match(source.text, start, end):
            return DataNode(DataKind.STRING, Span(*match.span(group)), plain(match.group(group)))
    return DataNode(DataKind.STRING, Span(start, end), plain(source.text[start:end]))


def _table(source: SourceText, table: Table) -> DataNode:
    """A sequence of mappings; a second column of the same name is left out."""
    header = [(plain(source.text[cell.text_start : cell.text_end]), cell) for cell in table.header.cells]
    names = [DataNode(DataKind.STRING, Span(cell.text_start, cell.text_end), name) for name, cell in header]
    rows = tuple(_row(source, row, names) for row in table.rows)
    return DataNode(DataKind.SEQUENCE, Span(table.start, table.end), entries=rows)


def _row(source: SourceText, row: Row, names: list[DataNode]) -> DataNode:
    pairs: dict[object, tuple[DataNode, DataNode]] = {}
    for name, cell in zip(names, row.cells, strict=False):
        pairs.setdefault(name.scalar, (name, _string(source, cell.text_start, cell.text_end)))
    return DataNode(DataKind.MAPPING, Span(row.start, row.end), pairs=tuple(pairs.values()))


def _string(source: SourceText, start: int, end: int) -> DataNode:
    return DataNode(DataKind.STRING, Span(start, max(start, end)), plain(source.text[start:end]))
