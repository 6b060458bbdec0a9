"""The trend as small panels of lines: points in the units of an SVG view box."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gatekeeper.render.board.shapes import PointJson

WIDTH, HEIGHT = 240, 64
"""The view box of a panel."""


class Panel(Struct, frozen=True):
    """One figure over time.

    Attributes:
        name: what it counts.
        role: "good" or "bad": which way is better, for its color.
        path: the line, as `points` of an SVG polyline; area: the polygon below it.
        end: x and y of the last point.
        first: the figure at the oldest commit; last: at the newest; top: the greatest.
    """

    name: str
    role: str
    path: str
    area: str
    end: tuple[float, float]
    first: int
    last: int
    top: int


def find_panels(trend: Sequence[PointJson]) -> list[Panel]:
    """The panels of a trend of two points or more; none for less, which shows no movement."""
    if len(trend) < 2:
        return []
    figures = [
        ("gates met", "good", [point["gates"]["met"] for point in trend]),
        ("items done", "good", [point["done"] for point in trend]),
        ("errors", "bad", [point["errors"] for point in trend]),
        ("warnings", "bad", [point["warnings"] for point in trend]),
    ]
    if not any(any(point["gates"].values()) for point in trend):
        del figures[0]
    return [_panel(name, role, values) for name, role, values in figures]


def _panel(name: str, role: str, values: list[int]) -> Panel:
    top = max(values)
    step = WIDTH / (len(values) - 1)
    # Two units above and below stay free for the width of the line.
    places = [
        (round(at * step, 1), round(HEIGHT - 2 - (HEIGHT - 4) * value / (top or 1), 1))
        for at, value in enumerate(values)
    ]
    path = " ".join(f"{x:g},{y:g}" for x, y in places)
    area = f"0,{HEIGHT} {path} {WIDTH},{HEIGHT}"
    return Panel(name, role, path, area, places[-1], values[0], values[-1], top)
