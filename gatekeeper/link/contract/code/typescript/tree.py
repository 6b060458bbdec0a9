"""A file of TypeScript or JavaScript as a syntax tree, and what it declares at its top level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from gatekeeper.model.text import SourceText, Span

# `tree_sitter.Node`; the library is loaded only where a contract needs it.
Node = Any

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_TSX = (".tsx",)
_TYPESCRIPT = (".ts", ".mts", ".cts")
_TYPES = {
    "type_alias_declaration",
    "interface_declaration",
    "enum_declaration",
    "class_declaration",
    "abstract_class_declaration",
}
_VALUES = {"enum_declaration", "function_declaration", "class_declaration", "abstract_class_declaration"}


class CodeTree:
    """The tree of one file. Offsets are code points: what is not ASCII is masked by one character before parsing."""

    def __init__(self, source: SourceText) -> None:
        """Parses a file, in time linear to its length; what is no code of the language is an ERROR node in the tree."""
        self.source = source
        self.root = _parse(source)
        self.values: dict[str, list[Node]] = {}
        self.types: dict[str, list[Node]] = {}
        self._index(self.root, "", 0)

    def span(self, node: Node) -> Span:
        """Where a node stands."""
        return Span(node.start_byte, node.end_byte)

    def text(self, node: Node) -> str:
        """A node as written."""
        return self.source.text[node.start_byte : node.end_byte]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Everything that is declared, in file order, values first."""
        return tuple(dict.fromkeys([*self.values, *self.types]))

    @cached_property
    def reassigned(self) -> frozenset[str]:
        """The variables to which some code of the file gives another value."""
        return frozenset(self._iter_reassigned())

    def _iter_reassigned(self) -> Iterator[str]:
        for node in self.walk(self.root):
            if node.type in ("assignment_expression", "augmented_assignment_expression", "update_expression"):
                target = node.child_by_field_name("left" if "assignment" in node.type else "argument")
                if target is not None and target.type == "identifier":
                    yield self.text(target)

    def walk(self, node: Node) -> Iterator[Node]:
        """A node and all named nodes below it, in document order."""
        stack = [node]
        while stack:
            current = stack.pop()
            yield current
            stack.extend(reversed(current.named_children))

    def _index(self, block: Node, prefix: str, depth: int) -> None:
        for statement in block.named_children:
            for node in _declarations(statement):
                self._add(node, prefix, depth)

    def _add(self, node: Node, prefix: str, depth: int) -> None:
        if node.type in ("internal_module", "module"):
            body = node.child_by_field_name("body")
            if body is not None and depth < 4:
                self._index(body, f"{prefix}{self._name(node)}.", depth + 1)
            return
        if node.type == "assignment_expression":
            self._add_export(node)
            return
        name = "default" if node.type == "export_statement" else self._name(node)
        if node.type in ("variable_declarator", "export_statement") or node.type in _VALUES:
            self.values.setdefault(prefix + name, []).append(node)
        if node.type in _TYPES:
            self.types.setdefault(prefix + name, []).append(node)

    def _add_export(self, node: Node) -> None:
        """`module.exports = {...}` and `exports.name = ...`."""
        left = node.child_by_field_name("left")
        written = self.text(left) if left is not None else ""
        name = written.removeprefix("module.").removeprefix("exports.")
        if written == "module.exports":
            self.values.setdefault(written, []).append(node)
        elif name != written and name.isidentifier():
            self.values.setdefault(name, []).append(node)

    def _name(self, node: Node) -> str:
        name = node.child_by_field_name("name")
        return self.text(name) if name is not None else ""


def _declarations(statement: Node) -> Iterator[Node]:
    """What one statement of a block declares."""
    while statement.type in ("export_statement", "ambient_declaration", "expression_statement"):
        if statement.type == "export_statement" and statement.child_by_field_name("value") is not None:
            break
        inner = statement.child_by_field_name("declaration") or next(iter(statement.named_children), None)
        if inner is None:
            return
        statement = inner
    if statement.type in ("lexical_declaration", "variable_declaration"):
        yield from (child for child in statement.named_children if child.type == "variable_declarator")
    else:
        yield statement


def _parse(source: SourceText) -> Node:
    import tree_sitter

    text = source.text
    masked = text if text.isascii() else _NOT_ASCII.sub(lambda match: " " if match[0].isspace() else "x", text)
    return tree_sitter.Parser(_language(source.path)).parse(masked.encode("ascii")).root_node


def _language(path: str) -> Any:
    import tree_sitter

    suffix = path.lower()
    if suffix.endswith(_TYPESCRIPT + _TSX):
        import tree_sitter_typescript

        make = tree_sitter_typescript.language_tsx if suffix.endswith(_TSX) else None
        return tree_sitter.Language((make or tree_sitter_typescript.language_typescript)())
    import tree_sitter_javascript

    return tree_sitter.Language(tree_sitter_javascript.language())
