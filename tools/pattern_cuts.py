"""A regular expression without one of its parts: an alternative, a look-around, an anchor, a bound of words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

# What of a pattern matters here: an escape, a class, the head of a group, a bar, an end, an anchor.
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!>]|<[=!]|P<\w+>|[aiLmsux-]+[:)]))?|[|)^$]", re.DOTALL
)
_LOOK_AROUND = re.compile(r"\(\?<?[=!]")
_BOUNDS = {r"\b": "the bound", "^": "the anchor", "$": "the anchor"}
# What stands for the values that an f-string puts into a pattern.
_VALUES = "".join(map(chr, range(0xE000, 0xE040)))


def joined(parts: Sequence[ast.expr]) -> str:
    """The text of a pattern that is written in parts; each value that is put in is one character of private use."""
    return "".join(
        part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else _VALUES[at]
        for at, part in enumerate(parts)
    )


def parted(pattern: str, parts: Sequence[ast.expr]) -> list[ast.expr]:
    """The parts of a joined pattern again."""
    pieces = re.split(f"([{_VALUES[0]}-{_VALUES[-1]}])", pattern)
    return [parts[_VALUES.index(piece)] if piece in _VALUES else ast.Constant(piece) for piece in pieces if piece]


def patterns(pattern: str) -> Iterator[tuple[str, str]]:
    """Each shorter pattern that can be compiled, and in words what it lacks."""
    for start, end, what in sorted(_iter_cuts(pattern)):
        cut = pattern[:start] + pattern[end:]
        try:
            re.compile(cut)
        except re.error:
            continue
        yield cut, f"pattern without {what} {pattern[start:end]}"


def _iter_cuts(pattern: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of what can be cut out of a pattern."""
    openings: list[int] = []
    groups: list[list[int]] = [[0]]
    for token in _TOKEN.finditer(pattern):
        text, start, end = token[0], token.start(), token.end()
        if text.startswith("("):
            openings.append(start)
            groups.append([end])
        elif text == "|":
            groups[-1].append(end)
        elif text == ")" and openings:
            yield from _alternatives(groups.pop(), start)
            opening = openings.pop()
            if _LOOK_AROUND.match(pattern, opening):
                yield opening, end, "the look-around"
        elif text in _BOUNDS:
            yield start, end, _BOUNDS[text]
    yield from _alternatives(groups[0], len(pattern))


def _alternatives(starts: list[int], end: int) -> Iterator[tuple[int, int, str]]:
    """Each alternative of a group, which begin at these offsets, with the bar beside it."""
    ends = [start - 1 for start in starts[1:]] + [end]
    for at, (start, stop) in enumerate(zip(starts, ends, strict=True)):
        if at:
            yield start - 1, stop, "the alternative"
        elif len(starts) > 1:
            yield start, stop + 1, "the alternative"
