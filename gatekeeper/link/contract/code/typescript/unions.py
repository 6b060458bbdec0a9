"""String unions of TypeScript: `type X = "a" | "b"`, `z.enum`, enums, arrays `as const`, a property's own union."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.link.contract.code.literal import (
    AbsentError,
    UnreadError,
    as_union,
    computed,
    is_open,
    scalar,
    sequence,
)
from gatekeeper.link.contract.code.typescript.text import read_string
from gatekeeper.link.contract.code.typescript.tree import CodeTree, Node
from gatekeeper.link.contract.code.typescript.values import Values
from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.text import Span

_MEMBERS_LIMIT = 5_000
_NAMES_LIMIT = 32


class Unions:
    """Reads the unions of one file."""

    def __init__(self, tree: CodeTree, values: Values) -> None:
        self.tree = tree
        self._values = values

    def union(self, name: str) -> DataNode | None:
        """The members of a type, or the values of a constant, as a sequence; None where there is no such name.

        A dotted name is a property of an interface or object type, or a key of a constant.

        Raises:
            AbsentError: the first part of the name is there, the rest is not.
            UnreadError: there are too many members, or what is there is no union.
        """
        parts = name.split(".")
        for count in range(len(parts), 0, -1):
            head = ".".join(parts[:count])
            if head in self.tree.types:
                node = self.tree.types[head][0]
                body = self._property(node, parts[count:], name)
                return sequence(self._members(body, frozenset({head})), self.tree.span(body))
        value = self._values.constant(name)
        return None if value is None else as_union(value, name)

    def _property(self, node: Node, path: list[str], name: str) -> Node:
        """What a type is made of: its value, or the type of a property in it."""
        inner = node.child_by_field_name("value") or node.child_by_field_name("body")
        for key in path:
            fields = {self._label(one): one for one in inner.named_children}
            if key not in fields:
                raise AbsentError(f"`{name}` is not there: no `{key}`", self.tree.span(node))
            kind = fields[key].child_by_field_name("type")
            if kind is None:
                raise UnreadError(f"`{name}` has no type", self.tree.span(fields[key]))
            inner = kind.named_children[0] if kind.type == "type_annotation" else kind
        return inner

    def _label(self, node: Node) -> str:
        name = node.child_by_field_name("name")
        return self.tree.text(name).strip("\"'") if name is not None else ""

    def _members(self, node: Node, seen: frozenset[str]) -> Iterator[DataNode]:
        """The members of a union type in order, without recursion, as unions nest to the left."""
        stack, count = [(node, seen)], 0
        while stack:
            current, names = stack.pop()
            count += 1
            if count > _MEMBERS_LIMIT:
                raise UnreadError(f"it has more than {_MEMBERS_LIMIT:,} members", self.tree.span(node))
            if current.type in ("union_type", "parenthesized_type", "type_annotation"):
                stack.extend((child, names) for child in reversed(current.named_children) if child.type != "comment")
            elif current.type == "type_identifier" and self._is_known(current, names):
                name = self.tree.text(current)
                inner = self._property(self.tree.types[name][0], [], name)
                stack.append((inner, names | {name}))
            else:
                yield from self._member(current)

    def _is_known(self, node: Node, names: frozenset[str]) -> bool:
        name = self.tree.text(node)
        return name in self.tree.types and name not in names and len(names) < _NAMES_LIMIT

    def _member(self, node: Node) -> Iterator[DataNode]:
        span, kind = self.tree.span(node), node.type
        if kind == "literal_type":
            inner = node.named_children[0]
            if inner.type not in ("null", "undefined"):
                yield self._values.read(inner)
        elif kind == "enum_body":
            yield from as_union(self._values.constant(self._label(node.parent)), "").entries
        elif self.tree.text(node) != "undefined":
            yield from self._derived(node) or (computed(f"the type `{self._short(span)}`", span, is_many=True),)

    def _derived(self, node: Node) -> tuple[DataNode, ...]:
        """`(typeof X)[number]`, `keyof typeof X`, `z.infer<typeof X>`: what the constant holds; () when it is not known."""
        query = next((one for one in self.tree.walk(node) if one.type == "type_query"), None)
        if query is None or node.type not in ("lookup_type", "index_type_query", "generic_type"):
            return ()
        value = self._values.constant(self.tree.text(query.named_children[0]))
        if value is None or value.kind is DataKind.COMPUTED:
            return ()
        if node.type == "index_type_query":
            return () if is_open(value) else tuple(key for key, _ in value.pairs)
        return as_union(value, "").entries

    def _short(self, span: Span) -> str:
        return " ".join(self.tree.source.text[span.start : min(span.end, span.start + 60)].split())

    def strings(self, name: str) -> DataNode | None:
        """Every string that stands in a declaration, or with "*" in the file; imports and comments do not count."""
        nodes = [self.tree.root] if name == "*" else self.tree.values.get(name) or self.tree.types.get(name)
        if nodes is None:
            return None
        found = (one for top in nodes for one in self.tree.walk(top) if one.type in ("string", "template_string"))
        entries = []
        for node in found:
            text = None if _is_source(node) else read_string(self.tree, node)
            if text is not None:
                entries.append(scalar(text, self.tree.span(node)))
        return sequence(entries, self.tree.span(nodes[0]))


def _is_source(node: Node) -> bool:
    """Whether a string names the module of an import."""
    return node.parent is not None and node.parent.type in ("import_statement", "import_require_clause")
