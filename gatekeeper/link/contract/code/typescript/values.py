"""Values of TypeScript and JavaScript: literals, objects and arrays, with what only running the code would tell marked as such."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.link.contract.code.literal import (
    Budget,
    Pair,
    computed,
    descend,
    mapping,
    scalar,
    sequence,
)
from gatekeeper.link.contract.code.typescript.text import read_number, read_string
from gatekeeper.link.contract.code.typescript.tree import CodeTree, Node
from gatekeeper.model.data import DataKind, DataNode

_WRAPPERS = ("as_expression", "satisfies_expression", "parenthesized_expression", "non_null_expression")
_WORDS = {
    "arrow_function": "a function",
    "binary_expression": "an expression",
    "call_expression": "a call",
    "function_expression": "a function",
    "member_expression": "a value from elsewhere",
    "identifier": "a name from elsewhere",
    "template_string": "a template with `${}`",
    "ternary_expression": "a choice",
    "undefined": "`undefined`",
}
# `schema.optional()`: the values that the schema allows stay what they are.
_KEEPS = {"catch", "default", "describe", "nullable", "nullish", "optional", "passthrough", "readonly", "strict"}
_REFERENCE_LIMIT = 16


class Values:
    """Reads the values of one file."""

    def __init__(self, tree: CodeTree) -> None:
        self.tree = tree
        self._budget = Budget()

    def constant(self, name: str) -> DataNode | None:
        """The value of a name that the file declares, dotted for what lies in it; None where there is no such name.

        Raises:
            AbsentError: the first part of the name is there, the rest is not.
            UnreadError: there are too many values, or they lie too deep.
        """
        parts = name.split(".")
        for count in range(len(parts), 0, -1):
            head = ".".join(parts[:count])
            if head in self.tree.values:
                return descend(self._declared(head, 0), parts[count:], name)
        return None

    def read(self, node: Node, depth: int = 0, references: int = 0) -> DataNode:
        """The value of an expression."""
        span = self.tree.span(node)
        self._budget.spend(depth, span)
        kind = node.type
        if kind in _WRAPPERS:
            return self.read(node.named_children[0], depth + 1, references)
        if kind == "type_assertion":
            return self.read(node.named_children[-1], depth + 1, references)
        if kind == "object":
            return mapping(self._pairs(node, depth, references), span)
        if kind == "array":
            return sequence(self._entries(node, depth, references), span)
        if kind in ("call_expression", "new_expression"):
            return self._call(node, depth, references)
        if kind in ("identifier", "member_expression"):
            return self._reference(node, references)
        return self._scalar(node, depth, references)

    def _scalar(self, node: Node, depth: int, references: int) -> DataNode:
        tree, span, kind = self.tree, self.tree.span(node), node.type
        if kind in ("string", "template_string"):
            text = read_string(tree, node)
            return computed(_WORDS["template_string"], span) if text is None else scalar(text, span)
        if kind == "number":
            number = read_number(tree.text(node))
            return computed("a number", span) if number is None else scalar(number, span)
        if kind in ("true", "false", "null"):
            return scalar({"true": True, "false": False, "null": None}[kind], span)
        if kind == "unary_expression":
            return self._signed(node, depth, references)
        if kind == "binary_expression" and tree.text(node.child_by_field_name("operator")) == "+":
            sides = [self.read(node.child_by_field_name(side), depth + 1, references) for side in ("left", "right")]
            if all(side.kind is DataKind.STRING for side in sides):
                return scalar("".join(str(side.scalar) for side in sides), span)
        return computed(_WORDS.get(kind, "an expression"), span)

    def _signed(self, node: Node, depth: int, references: int) -> DataNode:
        sign = self.tree.text(node.child_by_field_name("operator"))
        inner = self.read(node.child_by_field_name("argument"), depth + 1, references)
        if sign in "+-" and inner.kind is DataKind.NUMBER and isinstance(inner.scalar, int | float):
            return scalar(-inner.scalar if sign == "-" else inner.scalar, self.tree.span(node))
        return computed("an expression", self.tree.span(node))

    def _pairs(self, node: Node, depth: int, references: int) -> Iterator[Pair]:
        for child in node.named_children:
            span = self.tree.span(child)
            if child.type == "pair":
                key = self._key(child.child_by_field_name("key"))
                yield key, self.read(child.child_by_field_name("value"), depth + 1, references)
            elif child.type == "shorthand_property_identifier":
                yield scalar(self.tree.text(child), span), self._reference(child, references)
            elif child.type == "method_definition":
                yield self._key(child.child_by_field_name("name")), computed("a function", span)
            elif child.type != "comment":
                what = "a spread" if child.type == "spread_element" else "a syntax error"
                yield computed(what, span), computed(what, span)

    def _key(self, node: Node) -> DataNode:
        span = self.tree.span(node)
        if node.type == "computed_property_name":
            inner = node.named_children[0]
            text = read_string(self.tree, inner) if inner.type in ("string", "template_string") else None
            return computed("a computed key", span) if text is None else scalar(text, span)
        if node.type == "string":
            return scalar(read_string(self.tree, node) or "", span)
        if node.type == "number":
            number = read_number(self.tree.text(node))
            return scalar(str(number), span)
        return scalar(self.tree.text(node), span)

    def _entries(self, node: Node, depth: int, references: int) -> Iterator[DataNode]:
        for child in node.named_children:
            if child.type == "spread_element":
                yield computed("a spread", self.tree.span(child), is_many=True)
            elif child.type == "ERROR":
                yield computed("a syntax error", self.tree.span(child), is_many=True)
            elif child.type != "comment":
                yield self.read(child, depth + 1, references)

    def _call(self, node: Node, depth: int, references: int) -> DataNode:
        """What is frozen, a set of literals, and schemas of zod that list their values; any other call is computed."""
        called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        arguments = node.child_by_field_name("arguments")
        given = [one for one in arguments.named_children if one.type != "comment"] if arguments is not None else []
        name = self.tree.text(called) if called.end_byte - called.start_byte < 200 else ""
        method = called.child_by_field_name("property") if called.type == "member_expression" else None
        word = self.tree.text(method) if method is not None else ""
        if len(given) == 1 and (name in ("Object.freeze", "Set") or word in ("enum", "nativeEnum", "literal")):
            return self.read(given[0], depth + 1, references)
        if len(given) == 1 and name in ("z.object", "z.array", "z.strictObject"):
            return self.read(given[0], depth + 1, references)
        if name == "z.union" and len(given) == 1:
            return self.read(given[0], depth + 1, references)
        if word in _KEEPS and (inner := called.child_by_field_name("object")).type == "call_expression":
            return self.read(inner, depth + 1, references)
        return computed("a call", self.tree.span(node))

    def _reference(self, node: Node, references: int) -> DataNode:
        """The value of a constant of the same file."""
        name, span = self.tree.text(node), self.tree.span(node)
        head, *rest = name.split(".")
        what = _WORDS["identifier" if not rest else "member_expression"]
        if head not in self.tree.values or references >= _REFERENCE_LIMIT:
            return computed(what, span)
        found = self._declared(head, references + 1)
        for key in rest:
            inner = found.find(key) if found.kind is DataKind.MAPPING else None
            if inner is None:
                return computed(what, span)
            found = inner
        return found

    def _declared(self, name: str, references: int) -> DataNode:
        """The value of a declaration, placed where it stands."""
        node, *others = self.tree.values[name]
        span = self.tree.span(node)
        if others:
            return computed("one of several declarations", span)
        if node.type == "enum_declaration":
            return mapping(self._members(node, references), span)
        if "class" in node.type:
            return mapping(self._fields(node, references), span)
        value = node.child_by_field_name("right" if node.type == "assignment_expression" else "value")
        if value is None:
            return computed("a declaration without a value", span)
        is_variable = node.type == "variable_declarator" and self.tree.text(node.parent).startswith(("let", "var"))
        if is_variable and name in self.tree.reassigned:
            return computed("a variable that is assigned again", self.tree.span(value))
        return self.read(value, 0, references)

    def _members(self, node: Node, references: int) -> Iterator[Pair]:
        for child in node.child_by_field_name("body").named_children:
            span = self.tree.span(child)
            if child.type == "enum_assignment":
                key = self._key(child.child_by_field_name("name"))
                yield key, self.read(child.child_by_field_name("value"), 1, references)
            elif child.type != "comment":
                yield self._key(child), computed("a number that the compiler gives", span)

    def _fields(self, node: Node, references: int) -> Iterator[Pair]:
        """The static and other fields of a class that have a value."""
        for child in node.child_by_field_name("body").named_children:
            value = child.child_by_field_name("value") if child.type in _FIELDS else None
            name = child.child_by_field_name("name") or child.child_by_field_name("property")
            if value is not None and name is not None:
                yield self._key(name), self.read(value, 1, references)


_FIELDS = ("public_field_definition", "field_definition")
