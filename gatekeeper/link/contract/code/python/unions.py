"""String unions of Python: `Literal[...]`, enums, and lists, tuples and sets of strings."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from gatekeeper.link.contract.code.literal import as_union, computed, scalar, sequence
from gatekeeper.link.contract.code.python.tree import PythonTree, annotations_of
from gatekeeper.link.contract.code.python.values import PythonValues
from gatekeeper.model.data import DataNode

_LITERALS = {"Literal"}
_TRANSPARENT = {"Annotated", "ClassVar", "Final", "NotRequired", "Optional", "ReadOnly", "Required", "Union"}
_REFERENCE_LIMIT = 16


class PythonUnions:
    """Reads the unions of one file."""

    def __init__(self, tree: PythonTree, values: PythonValues) -> None:
        self.tree = tree
        self._values = values

    def union(self, name: str) -> DataNode | None:
        """The members of a type, or the values of a constant or enum, as a sequence; None where there is no such name.

        A dotted name is an annotated attribute of a class, or lies in a constant.

        Raises:
            AbsentError: the first part of the name is there, the rest is not.
            UnreadError: what is there is no union.
        """
        head, *rest = name.split(".")
        bound = self.tree.declared.get(head)
        if bound is None:
            return None
        node = bound[0]
        if len(rest) == 1 and isinstance(node, ast.ClassDef):
            typed = annotations_of(node.body).get(rest[0])
            if typed is not None:
                return sequence(self._members(typed, 0), self.tree.span(typed))
        if not rest and len(bound) == 1 and isinstance(node, ast.Subscript | ast.BinOp):
            return sequence(self._members(node, 0), self.tree.span(node))
        return as_union(self._values.constant(name), name)

    def _members(self, node: ast.expr, references: int) -> Iterator[DataNode]:
        """The members of an annotation in order, without recursion into `|`, which nests to the left."""
        stack: list[ast.expr] = [node]
        while stack:
            current = stack.pop()
            if isinstance(current, ast.BinOp) and isinstance(current.op, ast.BitOr):
                stack += [current.right, current.left]
            elif isinstance(current, ast.Subscript) and _last_name(current.value) in _TRANSPARENT:
                inner = _arguments(current)
                stack += reversed(inner[:1] if _last_name(current.value) == "Annotated" else inner)
            else:
                yield from self._member(current, references)

    def _member(self, node: ast.expr, references: int) -> Iterator[DataNode]:
        if isinstance(node, ast.Subscript) and _last_name(node.value) in _LITERALS:
            yield from (self._values.read(one) for one in _arguments(node) if not _is_none(one))
        elif isinstance(node, ast.Name) and node.id in self.tree.declared and references < _REFERENCE_LIMIT:
            yield from self._named(node.id, references + 1)
        elif not _is_none(node):
            yield computed("a type that is no literal", self.tree.span(node), is_many=True)

    def _named(self, name: str, references: int) -> Iterator[DataNode]:
        bound = self.tree.declared[name]
        node = bound[0]
        if len(bound) == 1 and isinstance(node, ast.Subscript | ast.BinOp):
            yield from self._members(node, references)
        else:
            yield from as_union(self._values.constant(name), name).entries

    def strings(self, name: str) -> DataNode | None:
        """Every string that stands in a declaration of the module, or with "*" in the file; documentation strings do not count."""
        if name == "*":
            tops: list[ast.AST] = [self.tree.module]
        elif name in self.tree.declared:
            tops = [one for one in self.tree.declared[name] if one is not None]
        else:
            return None
        prose = {id(node.value) for top in tops for node in ast.walk(top) if isinstance(node, ast.Expr)}
        found = [
            scalar(node.value, self.tree.span(node))
            for top in tops
            for node in ast.walk(top)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
        ]
        return sequence(sorted(found, key=lambda one: one.span), self.tree.span(tops[0]))


def _arguments(node: ast.Subscript) -> list[ast.expr]:
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
