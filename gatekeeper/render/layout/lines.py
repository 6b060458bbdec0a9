"""Text laid out in lines of a width."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.render.layout.columns import char_columns, columns


def wrap(text: str, width: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """A harmless text of one line in lines of at most `width` columns; what has no blanks is broken where it must be.

    Args:
        text: without control characters and colors.
        width: at least the indent's and some more.
        indent: what stands before each line.
        first: what stands before the first line instead, harmless; None for the same.
    """
    before = indent if first is None else first
    if text.isascii() and len(before) + len(text) <= width:
        yield (before + text).rstrip()
        return
    full = max(1, width - columns(indent))
    line, room = before, width - columns(before)
    is_empty = True
    for word in text.split(" "):
        for piece in pieces(word, full, room - (not is_empty)):
            need = columns(piece) + (not is_empty)
            if need > room and not (is_empty and room >= full):
                yield line.rstrip()
                line, room, need, is_empty = indent, full, columns(piece), True
            line += piece if is_empty else f" {piece}"
            room, is_empty = room - need, False
    yield line.rstrip()


def pieces(word: str, room: int, first: int | None = None) -> Iterator[str]:
    """A harmless word as it is where it fits into `room` columns, else cut into pieces that do, after a slash where there is one.

    Args:
        word: anything without control characters.
        room: columns of a line.
        first: columns that are left on the line on which a cut word begins; None for the same.
    """
    if len(word) * 2 <= room or columns(word) <= room:
        yield word
        return
    left = room if first is None or first < room // 3 else first
    start, used, slash = 0, 0, -1
    for at, char in enumerate(word):
        taken = char_columns(char)
        while used + taken > left and at > start:
            end = slash if slash > start else at
            yield word[start:end]
            used = columns(word[end:at])
            start, left, slash = end, room, -1
        used += taken
        if char == "/":
            slash = at + 1
    yield word[start:]
