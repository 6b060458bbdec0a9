"""The facts that a selector names in one file, as a tree of values with places."""

from __future__ import annotations

from gatekeeper.link.contract.code.literal import AbsentError, nearest, sequence
from gatekeeper.link.contract.files import Files
from gatekeeper.model.contract.fact import OutlineSection
from gatekeeper.model.contract.law import EVERYWHERE, Extractor, Selector
from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.text import Span


def extract(files: Files, selector: Selector, path: str) -> DataNode:
    """The facts of one file.

    Raises:
        AbsentError: what is selected is not there.
        UnreadError: it may be there, but could not be read.
    """
    kind, name = selector.extractor, selector.name
    if kind is Extractor.DATA:
        return _point(files.data(path), name)
    if kind in (Extractor.CONSTANT, Extractor.UNION, Extractor.STRINGS):
        code = files.code(path)
        found = {"constant": code.constant, "union": code.union, "strings": code.strings}[kind.value](name)
        if found is None:
            raise AbsentError(f"{kind} `{name}` is not there{nearest(name, code.names())}")
        return found
    outline = files.outline(path)
    if kind is Extractor.SECTIONS:
        return _sections(outline, name)
    section = _section(outline, name)
    if kind is Extractor.LIST:
        return _list(section)
    return _table(section, selector.column)


def _point(root: DataNode, pointer: str) -> DataNode:
    """The value at a JSON pointer (RFC 6901); with `*` for a key or index, the sequence of all that it leads to."""
    found, is_many = [root], False
    for part in pointer.split("/")[1:]:
        is_star = part == EVERYWHERE
        key = part.replace("~1", "/").replace("~0", "~")
        inner = [child for node in found for child in (_children(node) if is_star else _child(node, key))]
        is_list = is_star and all(node.kind in (DataKind.MAPPING, DataKind.SEQUENCE) for node in found)
        if found and not inner and not is_list:
            names = [str(name.scalar) for node in found for name, _ in node.pairs]
            raise AbsentError(f"data `{pointer}` is not there{nearest(key, names)}", found[0].span)
        found, is_many = inner, is_many or is_star
    return sequence(found, root.span) if is_many else found[0]


def _children(node: DataNode) -> list[DataNode]:
    return [value for _, value in node.pairs] or list(node.entries)


def _child(node: DataNode, key: str) -> list[DataNode]:
    if node.kind is DataKind.SEQUENCE:
        return [node.entries[int(key)]] if key.isdecimal() and int(key) < len(node.entries) else []
    value = node.find(key)
    return [] if value is None else [value]


def _sections(outline: tuple[OutlineSection, ...], level: str) -> DataNode:
    entries = [
        DataNode(DataKind.STRING, one.heading, one.words)
        for one in outline
        if level == EVERYWHERE or str(one.level) == level
    ]
    return sequence(entries, Span(0, 0))


def _section(outline: tuple[OutlineSection, ...], title: str) -> OutlineSection:
    wanted = " ".join(title.casefold().split())
    same = [one for one in outline if wanted in (one.title.casefold(), one.words.casefold())]
    if not same:
        raise AbsentError(f"section `{title}` is not there{nearest(title, (one.words for one in outline))}")
    return next((one for one in same if one.entries or one.tables), same[0])


def _list(section: OutlineSection) -> DataNode:
    if not section.entries:
        raise AbsentError(f"section `{section.words}` has no list", section.heading)
    return sequence(section.entries, section.heading)


def _table(section: OutlineSection, column: str) -> DataNode:
    if not section.tables:
        raise AbsentError(f"section `{section.words}` has no table", section.heading)
    if not column:
        return section.tables[0]
    wanted = column.casefold()
    for table in section.tables:
        names = {str(key.scalar).casefold(): str(key.scalar) for row in table.entries for key, _ in row.pairs}
        if wanted in names:
            cells = (row.find(names[wanted]) for row in table.entries)
            return sequence((cell for cell in cells if cell is not None), section.heading)
    raise AbsentError(f"the table of section `{section.words}` has no column `{column}`", section.tables[0].span)
