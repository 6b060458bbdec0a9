"""String and number literals of JavaScript, decoded (ECMA-262 §12.9)."""

from __future__ import annotations

import re

from gatekeeper.link.contract.code.typescript.tree import CodeTree, Node

_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)$")
_DIGITS_LIMIT = 300


def read_string(tree: CodeTree, node: Node) -> str | None:
    """The value of a string, or of a template without substitutions; None for one that has them or is damaged."""
    if node.has_error or any(child.type == "template_substitution" for child in node.named_children):
        return None
    parts: list[str] = []
    at, end = node.start_byte + 1, node.end_byte - 1
    for child in node.named_children:
        if child.type == "escape_sequence":
            parts.append(tree.source.text[at : child.start_byte])
            escaped = _unescape(tree.text(child))
            if escaped is None:
                return None
            parts.append(escaped)
            at = child.end_byte
    return "".join([*parts, tree.source.text[at:end]])


def _unescape(sequence: str) -> str | None:
    body = sequence[1:]
    if body[:1] in "xu" and len(body) > 1:
        code = int(body[1:].strip("{}"), 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else None
    if body in ("\n", "\r\n", "\r", "\u2028", "\u2029"):
        return ""
    return _ESCAPES.get(body, body)


def read_number(text: str) -> int | float | None:
    """The value of a number literal; None for one that is not understood."""
    plain = text.replace("_", "").removesuffix("n") if not text.startswith(("0x", "0X")) else text.replace("_", "")
    if len(plain) > _DIGITS_LIMIT or not _NUMBER.match(plain):
        return None
    if plain[:2].lower() in ("0x", "0o", "0b"):
        return int(plain, 0)
    if plain.isdigit():
        # `012` is octal in old code and an error in new: nobody should have to guess.
        return None if len(plain) > 1 and plain[0] == "0" else int(plain)
    return float(plain)
