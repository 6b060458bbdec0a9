"""Values of Python: literals, containers and a few calls that only wrap them; the rest is marked as computed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from gatekeeper.link.contract.code.literal import Budget, Pair, computed, descend, mapping, scalar, sequence
from gatekeeper.link.contract.code.python.tree import Declaration, PythonTree, declarations
from gatekeeper.model.data import DataKind, DataNode

# Calls whose result is their one argument, as far as a contract is concerned.
_WRAPPERS = {
    "frozenset",
    "list",
    "set",
    "tuple",
    "MappingProxyType",
    "Path",
    "PosixPath",
    "PurePath",
    "PurePosixPath",
}
_WORDS: dict[type[ast.AST], str] = {
    ast.Attribute: "a value from elsewhere",
    ast.BinOp: "an expression",
    ast.Call: "a call",
    ast.DictComp: "a comprehension",
    ast.IfExp: "a choice",
    ast.JoinedStr: "an f-string",
    ast.Lambda: "a function",
    ast.ListComp: "a comprehension",
    ast.Name: "a name from elsewhere",
    ast.SetComp: "a comprehension",
}
_REFERENCE_LIMIT = 16


class PythonValues:
    """Reads the values of one file."""

    def __init__(self, tree: PythonTree) -> None:
        self.tree = tree
        self._budget = Budget()

    def constant(self, name: str) -> DataNode | None:
        """The value of a name of the module, dotted for what lies in it; None where there is no such name.

        Raises:
            AbsentError: the first part of the name is there, the rest is not.
            UnreadError: there are too many values, or they lie too deep.
        """
        head, *rest = name.split(".")
        if head not in self.tree.declared:
            return None
        return descend(self._declared(head, 0), rest, name)

    def read(self, node: ast.expr, depth: int = 0, references: int = 0) -> DataNode:
        """The value of an expression."""
        span = self.tree.span(node)
        self._budget.spend(depth, span)
        if isinstance(node, ast.Constant):
            value = node.value
            is_plain = value is None or isinstance(value, str | int | float)
            return scalar(value, span) if is_plain else computed("no value of JSON", span)  # type: ignore[arg-type]
        if isinstance(node, ast.Dict):
            return mapping(self._pairs(node, depth, references), span)
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return sequence((self._entry(one, depth, references) for one in node.elts), span)
        if isinstance(node, ast.Name | ast.Attribute):
            return self._reference(node, references)
        if isinstance(node, ast.Call):
            return self._call(node, depth, references)
        return self._simple(node, depth, references)

    def _simple(self, node: ast.expr, depth: int, references: int) -> DataNode:
        span = self.tree.span(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            inner = self.read(node.operand, depth + 1, references)
            if inner.kind is DataKind.NUMBER and isinstance(inner.scalar, int | float):
                return scalar(-inner.scalar if isinstance(node.op, ast.USub) else inner.scalar, span)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = [self.read(side, depth + 1, references) for side in (node.left, node.right)]
            if all(side.kind is DataKind.STRING for side in sides):
                return scalar("".join(str(side.scalar) for side in sides), span)
        if isinstance(node, ast.JoinedStr) and all(isinstance(one, ast.Constant) for one in node.values):
            return scalar("".join(str(one.value) for one in node.values if isinstance(one, ast.Constant)), span)
        return computed(_WORDS.get(type(node), "an expression"), span)

    def _pairs(self, node: ast.Dict, depth: int, references: int) -> Iterator[Pair]:
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                span = self.tree.span(value)
                yield computed("a spread", span), computed("a spread", span)
                continue
            name = self.read(key, depth + 1, references)
            if name.kind in (DataKind.MAPPING, DataKind.SEQUENCE, DataKind.COMPUTED):
                name = computed("a computed key", name.span)
            yield name, self.read(value, depth + 1, references)

    def _entry(self, node: ast.expr, depth: int, references: int) -> DataNode:
        if isinstance(node, ast.Starred):
            return computed("a spread", self.tree.span(node), is_many=True)
        return self.read(node, depth + 1, references)

    def _call(self, node: ast.Call, depth: int, references: int) -> DataNode:
        """`frozenset({...})` and its like, `dict(a=1)`, and `Limits(a=1)`, whose other fields may have defaults."""
        name = _name_of(node.func).rpartition(".")[2]
        span = self.tree.span(node)
        if name in _WRAPPERS and len(node.args) == 1 and not node.keywords:
            return self.read(node.args[0], depth + 1, references)
        if node.args or not (name == "dict" or name[:1].isupper()):
            return computed("a call", span)
        pairs = list(self._keywords(node, depth, references))
        if name != "dict":
            what = f"the defaults of `{name[:60]}`"
            pairs.insert(0, (computed(what, span), computed(what, span)))
        return mapping(pairs, span)

    def _keywords(self, node: ast.Call, depth: int, references: int) -> Iterator[Pair]:
        for keyword in node.keywords:
            span = self.tree.span(keyword)
            if keyword.arg is None:
                yield computed("a spread", span), computed("a spread", span)
            else:
                yield scalar(keyword.arg, span), self.read(keyword.value, depth + 1, references)

    def _reference(self, node: ast.expr, references: int) -> DataNode:
        """The value of a constant of the same module."""
        head, *rest = _name_of(node).split(".")
        unknown = computed(_WORDS[type(node)], self.tree.span(node))
        if head not in self.tree.declared or references >= _REFERENCE_LIMIT:
            return unknown
        found: DataNode | None = self._declared(head, references + 1)
        for key in rest:
            found = found.find(key) if found is not None and found.kind is DataKind.MAPPING else None
        return unknown if found is None else found

    def _declared(self, name: str, references: int) -> DataNode:
        """The value of a name of the module; of one that is bound more than once it is computed."""
        first, *others = self.tree.declared[name]
        if first is None or others:
            known = next((one for one in (first, *others) if one is not None), self.tree.module)
            words = "a name that is assigned more than once" if others else "a name that is unpacked"
            return computed(words, self.tree.span(known))
        return self._bound(first, references)

    def _bound(self, node: Declaration, references: int) -> DataNode:
        if isinstance(node, ast.ClassDef):
            return mapping(self._fields(node, references), self.tree.span(node))
        if isinstance(node, ast.expr):
            return self.read(node, 0, references)
        return computed("a function", self.tree.span(node or self.tree.module))

    def _fields(self, node: ast.ClassDef, references: int) -> Iterator[Pair]:
        """The attributes of a class that have a value; what it inherits is not known."""
        bases = [_name_of(base).rpartition(".")[2] for base in node.bases]
        if any(base not in PLAIN_BASES for base in bases):
            span = self.tree.span(node.bases[0])
            yield computed("what the class inherits", span), computed("what the class inherits", span)
        for name, bound in declarations(node.body).items():
            value = bound[-1]
            if isinstance(value, ast.expr) and not name.startswith("__"):
                span = self.tree.span(value)
                inner = computed("a name that is assigned more than once", span) if len(bound) > 1 else None
                yield scalar(name, span), inner or self.read(value, 1, references)


PLAIN_BASES = {"BaseModel", "Enum", "IntEnum", "NamedTuple", "Protocol", "StrEnum", "TypedDict", "object", "str", "int"}


def _name_of(node: ast.expr) -> str:
    """A dotted name as written; "" for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
