"""What TypeScript and JavaScript read of the environment.

A quick search finds where the environment is spoken of; the syntax tree (tree-sitter) then says whether that is code, and what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from gatekeeper.link.environment.code.reading import Reading
from gatekeeper.model.text import SourceText

SUFFIXES = (".ts", ".mts", ".cts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte")

_PARTS = (".vue", ".svelte")
_TYPESCRIPT = (".ts", ".mts", ".cts", *_PARTS)
_TSX = (".tsx",)
_ENVIRONMENT = re.compile(r"(?<![\w$.])(?:globalThis\.)?(?:process|import\.meta|Bun|Deno)\s?\??\.\s?env(?![\w$])")
_SCRIPT = re.compile(r"<script\b[^>]{0,400}>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BRACKET = re.compile(r"[()\[\]{}]")
_DEPTH_LIMIT = 1000
_NOT_LINE_END = re.compile(r"[^\r\n]")
_WRAPPERS = frozenset({"non_null_expression", "parenthesized_expression", "as_expression", "satisfies_expression"})
# Calls that hand on what they get, so that a default may stand behind them.
_CASTS = frozenset(
    {"Number", "parseInt", "parseFloat", "String", "Boolean", "BigInt", "Number.parseInt", "Number.parseFloat"}
)
_CONDITIONAL = frozenset({"if_statement", "while_statement", "ternary_expression"})
# Characters behind a declaration in which a test of what it declares is looked for.
_LOOK_AHEAD = 1500
_COMPARISONS = frozenset({"==", "===", "!=", "!==", "&&", "||", "??", "in"})

Node = Any  # `tree_sitter.Node`; the library is loaded only where a file speaks of the environment.


def read_script(source: SourceText) -> Iterator[Reading]:
    """The variables that a file reads, in order; a name that is computed is left out.

    Raises:
        RecursionError: it is nested too deeply.
    """
    text = source.text
    if source.path.lower().endswith(_PARTS):
        text = _script_parts(text)
    found = [match.span() for match in _ENVIRONMENT.finditer(text)]
    if not found:
        return
    code = _NOT_ASCII.sub(lambda match: " " if match[0].isspace() else "x", text)
    if _depth(code) > _DEPTH_LIMIT:
        raise RecursionError
    root = _parse(code, source.path)
    for start, end in found:
        node = root.descendant_for_byte_range(start, end)
        if node is not None and node.type == "member_expression" and (node.start_byte, node.end_byte) == (start, end):
            yield from _Environment(code, node).readings()


def _depth(code: str) -> int:
    """How deep brackets are nested, at most: the way to a parent in the tree takes as many steps."""
    return max(accumulate((1 if sign in "([{" else -1 for sign in _BRACKET.findall(code)), initial=0))


def _script_parts(text: str) -> str:
    """The text with blanks for all but the script elements, so that every place stays."""
    kept, at = [], 0
    for match in _SCRIPT.finditer(text):
        kept += [_NOT_LINE_END.sub(" ", text[at : match.start(1)]), match[1]]
        at = match.end(1)
    return "".join(kept) + _NOT_LINE_END.sub(" ", text[at:])


def _parse(code: str, path: str) -> Node:
    import tree_sitter

    name = path.lower()
    if name.endswith(_TYPESCRIPT + _TSX):
        import tree_sitter_typescript

        make = (
            tree_sitter_typescript.language_tsx if name.endswith(_TSX) else tree_sitter_typescript.language_typescript
        )
    else:
        import tree_sitter_javascript

        make = tree_sitter_javascript.language
    return tree_sitter.Parser(tree_sitter.Language(make())).parse(code.encode("ascii")).root_node


class _Environment:
    """One expression that is the environment as a whole, and what is taken out of it."""

    def __init__(self, code: str, node: Node) -> None:
        self._code = code
        self._node = node

    def readings(self) -> Iterator[Reading]:
        """What is read there."""
        node = _unwrapped(self._node)
        parent = node.parent
        if parent is None:
            return
        if parent.type == "member_expression" and _is(parent.child_by_field_name("object"), node):
            yield from self._of_member(parent)
        elif parent.type == "subscript_expression" and _is(parent.child_by_field_name("object"), node):
            yield from self._of_name(parent, parent.child_by_field_name("index"))
        elif parent.type == "binary_expression" and _is(parent.child_by_field_name("right"), node):
            if self._operator(parent) == "in":
                yield from self._reading(parent, parent.child_by_field_name("left"), is_optional=True)
        elif parent.type in ("variable_declarator", "assignment_expression"):
            pattern = parent.child_by_field_name("name") or parent.child_by_field_name("left")
            if pattern is not None and pattern.type == "object_pattern":
                yield from self._of_pattern(pattern)

    def _of_member(self, member: Node) -> Iterator[Reading]:
        name = member.child_by_field_name("property")
        if name is None:
            return
        if not self._text(self._node).startswith("Deno"):
            yield from self._of_name(member, name)
            return
        call = member.parent
        if call is not None and call.type == "call_expression" and self._text(name) in ("get", "has"):
            arguments = [one for one in call.child_by_field_name("arguments").named_children if one.type != "comment"]
            if arguments:
                yield from self._of_name(call, arguments[0], is_asked=self._text(name) == "has")

    def _of_name(self, whole: Node, name: Node | None, *, is_asked: bool = False) -> Iterator[Reading]:
        if not self._is_written(whole):
            yield from self._reading(whole, name, is_optional=is_asked or self._has_default(whole))

    def _of_pattern(self, pattern: Node) -> Iterator[Reading]:
        """`{A, B = "d", C: c, D: d = "e"}`."""
        for one in pattern.named_children:
            name, is_optional = one, False
            if one.type == "object_assignment_pattern":
                name, is_optional = one.child_by_field_name("left"), True
            elif one.type == "pair_pattern":
                name, value = one.child_by_field_name("key"), one.child_by_field_name("value")
                is_optional = value is not None and value.type == "assignment_pattern"
            if name is not None and name.type in (
                "shorthand_property_identifier_pattern",
                "property_identifier",
                "string",
            ):
                yield from self._reading(name, name, is_optional=is_optional)

    def _reading(self, whole: Node, name: Node | None, *, is_optional: bool) -> Iterator[Reading]:
        if name is None or name.type not in (
            "property_identifier",
            "shorthand_property_identifier_pattern",
            "string",
            "template_string",
        ):
            return
        word = self._text(name).strip("\"'`")
        yield Reading(word, whole.start_byte, name.start_byte, name.end_byte, is_optional)

    def _is_written(self, node: Node) -> bool:
        """Whether a variable is set or taken away there, not read."""
        parent = _unwrapped(node).parent
        if parent is None:
            return False
        if parent.type == "assignment_expression":
            return _is(parent.child_by_field_name("left"), _unwrapped(node))
        return parent.type == "unary_expression" and self._operator(parent) == "delete"

    def _has_default(self, node: Node) -> bool:
        """Whether something else is taken where the variable is not set, or the code only asks for it."""
        node = _unwrapped(node)
        parent = node.parent
        while parent is not None and parent.type == "arguments" and self._is_cast(parent.parent):
            node = _unwrapped(parent.parent)
            parent = node.parent
        if parent is None:
            return False
        if parent.type == "binary_expression":
            operator = self._operator(parent)
            is_left = _is(parent.child_by_field_name("left"), node)
            return operator in _COMPARISONS and (is_left or operator not in ("||", "??", "&&"))
        if parent.type == "augmented_assignment_expression":
            return self._operator(parent) in ("||=", "??=") and _is(parent.child_by_field_name("left"), node)
        if parent.type == "variable_declarator":
            return self._is_tested_later(parent)
        return parent.type in _CONDITIONAL and _is(parent.child_by_field_name("condition"), node)

    def _is_tested_later(self, declarator: Node) -> bool:
        """Whether the constant that takes the value is tested before it is used, and its absence is no error."""
        name = declarator.child_by_field_name("name")
        if name is None or name.type != "identifier":
            return False
        word = re.escape(self._text(name))
        following = self._code[declarator.end_byte : declarator.end_byte + _LOOK_AHEAD]
        refused = re.search(
            rf"if\s?\(\s?!{word}\b[^;{{}}]{{0,200}}\)\s{{0,20}}\{{?\s{{0,200}}(?:throw|process\.exit)", following
        )
        asked = rf"(?<![\w.]){word}\s{{0,40}}(?:\?(?!\.)|\|\||&&|===?|!==?)|if\s?\([^;{{}}]{{0,200}}(?<![\w.]){word}\b"
        return refused is None and re.search(asked, following) is not None

    def _is_cast(self, call: Node | None) -> bool:
        if call is None or call.type != "call_expression":
            return False
        return self._text(call.child_by_field_name("function")) in _CASTS

    def _operator(self, node: Node) -> str:
        operator = node.child_by_field_name("operator")
        return self._text(operator) if operator is not None else ""

    def _text(self, node: Node) -> str:
        return self._code[node.start_byte : node.end_byte]


def _unwrapped(node: Node) -> Node:
    """The outermost expression that is nothing but this one with signs around it."""
    while node.parent is not None and node.parent.type in _WRAPPERS and _is_first(node.parent, node):
        node = node.parent
    return node


def _is_first(parent: Node, node: Node) -> bool:
    first = next((child for child in parent.named_children if child.type != "comment"), None)
    return _is(first, node)


def _is(one: Node | None, other: Node) -> bool:
    return one is not None and one.id == other.id
