"""A source line as it can be shown: harmless, cut to the terminal, with the columns to mark."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from gatekeeper.model.environment.secret import mask
from gatekeeper.model.finding import Location
from gatekeeper.render.layout.columns import EMOJI_STYLE, char_columns, step_columns
from gatekeeper.render.style import Style

_TAB = "    "


class Excerpt(Struct, frozen=True):
    """One line to show.

    Attributes:
        line: the harmless text, at most as wide as there is room.
        before: columns in front of the marks.
        marked: columns to mark, at least 1.
    """

    line: str
    before: int
    marked: int


def cut_excerpt(location: Location, room: int, style: Style) -> Excerpt:
    """The source line of a location within `room` columns; a longer line is cut to a window around the span."""
    # Before it is cut: half of a secret is not known as one.
    text = _masked(location.excerpt)
    start = min(location.start.column - 1, len(text))
    end = location.end.column - 1 if location.end.line == location.start.line else len(text)
    end = max(start, min(end, len(text)))
    # What is further away than the room is wide cannot be shown; it need not be measured either.
    low, high = max(0, start - room), min(len(text), end + room, start + 2 * room)
    shown, edges = _measure(text[low:high], style)
    window = _Window(shown, edges, start - low, min(end, high) - low, low > 0, high < len(text))
    return window.cut(room, style.ellipsis)


@lru_cache(maxsize=16)
def _masked(line: str) -> str:
    # Many findings may stand in one long line.
    return mask(line)


def _measure(text: str, style: Style) -> tuple[Sequence[str], Sequence[int]]:
    """What is shown of each character, and the column at which each begins, with the last one's end."""
    if text.isascii() and text.isprintable():
        return text, range(len(text) + 1)
    cells = [_cell(char, style.unicode) for char in text]
    shown = [cell for cell, _ in cells]
    widths = [width for _, width in cells]
    for index in range(1, len(cells)):
        # A selector or a skin tone changes the character before it.
        if shown[index] >= EMOJI_STYLE:
            widths[index] = step_columns(shown[index - 1][-1], shown[index])
    return shown, list(accumulate(widths, initial=0))


@lru_cache(maxsize=8192)
def _cell(char: str, unicode: bool) -> tuple[str, int]:
    if char == "\t":
        return _TAB, len(_TAB)
    shown = Style(unicode=unicode).show(char)
    return shown, char_columns(shown) if len(shown) == 1 else len(shown)


class _Window(Struct, frozen=True):
    """Measured characters with a span among them, and whether more of the line stands outside."""

    shown: Sequence[str]
    edges: Sequence[int]
    start: int
    end: int
    more_left: bool
    more_right: bool

    def cut(self, room: int, ellipsis: str) -> Excerpt:
        # One column stays free for the mark of an empty span at the end.
        low, high = self._bounds(room - 1, len(ellipsis))
        left = ellipsis if low > 0 or self.more_left else ""
        right = ellipsis if high < len(self.shown) or self.more_right else ""
        line = left + "".join(self.shown[low:high]) + right
        marked = self.edges[min(self.end, high)] - self.edges[self.start]
        return Excerpt(line, len(left) + self.edges[self.start] - self.edges[low], max(1, marked))

    def _bounds(self, room: int, dots: int) -> tuple[int, int]:
        """The first and one past the last character to show."""
        edges = self.edges
        if not self.more_left:
            if not self.more_right and edges[-1] <= room:
                return 0, len(self.shown)
            if edges[self.end] + dots <= room:
                return 0, self._reach(room - dots)
        inner = max(1, room - 2 * dots)
        context = max(0, inner - (edges[self.end] - edges[self.start]))
        after = edges[-1] - edges[self.end]
        low = bisect_left(edges, edges[self.start] - max(context // 2, context - after))
        while low < self.start and self._is_attached(low):
            low += 1
        return low, self._reach(edges[low] + inner)

    def _reach(self, limit: int) -> int:
        """How many characters end within a number of columns; combining marks stay with their letter."""
        return bisect_right(self.edges, limit) - 1

    def _is_attached(self, index: int) -> bool:
        return self.edges[index] == self.edges[index + 1] or self.shown[index] == EMOJI_STYLE
