"""How many terminal columns text takes, and text cut to a number of columns."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise

EMOJI_STYLE = "\ufe0f"
"""The selector that asks for the emoji picture of the character before it."""


def columns(text: str) -> int:
    """The terminal columns of a text without control characters: 2 for wide characters, 0 for combining ones."""
    if text.isascii():
        return len(text)
    return sum(step_columns(before, char) for before, char in pairwise("\0" + text))


def step_columns(before: str, char: str) -> int:
    """The columns that a character adds after the one before it.

    An emoji style selector widens a narrow character (as in a check mark), a skin tone colors the emoji before it.
    """
    if char == EMOJI_STYLE:
        return 1 if char_columns(before) == 1 else 0
    if "\U0001f3fb" <= char <= "\U0001f3ff" and char_columns(before) == 2:
        return 0
    return char_columns(char)


@lru_cache(maxsize=8192)
def char_columns(char: str) -> int:
    """The columns of one character alone (Unicode Standard Annex #11; ambiguous ones are narrow)."""
    if " " <= char <= "~":
        return 1
    if char < " " or unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, room: int, ellipsis: str) -> str:
    """The text if it fits into `room` columns, else its beginning with an ellipsis."""
    if columns(text) <= room:
        return text
    budget = max(0, room - len(ellipsis))
    kept = 0
    for before, char in pairwise("\0" + text):
        budget -= step_columns(before, char)
        if budget < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ellipsis


def pad(text: str, width: int) -> str:
    """The text filled with blanks on the right to `width` columns."""
    return text + " " * (width - columns(text))
