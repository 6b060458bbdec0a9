"""Counted nouns and lists in plain English."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun: "1 file", "2 files".

    Args:
        number: how many.
        noun: for one.
        plural: for any other number; "" adds an s.
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
