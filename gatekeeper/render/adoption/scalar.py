"""Words as YAML reads them back, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Readable without quotes in every place of a file, between brackets too.
_PLAIN = re.compile(r"[A-Za-z/](?:[A-Za-z0-9_./* -]*[A-Za-z0-9_./*])?")
# What YAML 1.1 takes for something else than a word.
_RESERVED = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"))
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str) -> str:
    """A string as one scalar on one line, without quotes where nobody can misread it; lone surrogates cannot be said.

    It may stand as a key, as a value, and between brackets.
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED and "- " not in text:
        return text
    return f'"{"".join(map(_escape, text))}"'


def sequence(texts: Iterable[str]) -> str:
    """Strings as a sequence in brackets."""
    return f"[{', '.join(map(scalar, texts))}]"


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    if char.isprintable():
        return char
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
