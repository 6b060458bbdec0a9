"""Rewritten files as a unified diff. Edits keep the lines of a file, so that it is told line by line, in linear time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatekeeper.model.fix.repair import Rewrite
from gatekeeper.render.style import Style

_CONTEXT = 3
_NO_END = "\\ No newline at end of file"


def render_diff(rewrites: Iterable[Rewrite], style: Style | None = None) -> str:
    """The diff of some files, as `git apply` takes it; "" without any.

    Args:
        rewrites: the files, in path order.
        style: how a terminal is shown it, with what could harm it spelled out; None for the very text.
    """
    return "".join(f"{line}\n" for rewrite in rewrites for line in _lines(rewrite, style))


def _lines(rewrite: Rewrite, style: Style | None) -> Iterator[str]:
    old, new = (_split(data) for data in (rewrite.before, rewrite.after))
    changed = [at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    end = "\t" if " " in rewrite.path else ""
    for sign, side in (("---", "a"), ("+++", "b")):
        yield _shown(f"{sign} {side}/{rewrite.path}", "strong", style) + end
    for first, last in _hunks(changed, len(old)):
        place = f"{first + 1},{last - first}"
        yield _shown(f"@@ -{place} +{place} @@", "note", style)
        yield from _hunk(old, new, first, last, style)


def _hunk(old: list[str], new: list[str], first: int, last: int, style: Style | None) -> Iterator[str]:
    """The lines of one hunk; those that change together come before what they become."""
    at = first
    while at < last:
        stop = at
        while stop < last and old[stop] != new[stop]:
            stop += 1
        if stop == at:
            yield from _line(" ", old[at], "", style)
            at += 1
            continue
        for sign, side, role in (("-", old, "error"), ("+", new, "good")):
            for line in side[at:stop]:
                yield from _line(sign, line, role, style)
        at = stop


def _line(sign: str, line: str, role: str, style: Style | None) -> Iterator[str]:
    yield _shown(sign + line.removesuffix("\n"), role, style)
    if not line.endswith("\n"):
        yield _NO_END


def _split(data: bytes) -> list[str]:
    """The lines of a file with their ends; only a line feed ends one, as for git."""
    lines = data.decode("utf-8", "replace").split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def _hunks(changed: list[int], count: int) -> Iterator[tuple[int, int]]:
    """First line and the line after the last of each hunk, 0-based."""
    first = last = -1
    for at in changed:
        if first >= 0 and at - _CONTEXT > last:
            yield first, last
            first = -1
        first = max(0, at - _CONTEXT) if first < 0 else first
        last = min(count, at + _CONTEXT + 1)
    if first >= 0:
        yield first, last


def _shown(line: str, role: str, style: Style | None) -> str:
    if style is None:
        return line
    # A carriage return before the line's end and a tab do no harm, and git needs them.
    end = "\r" if line.endswith("\r") else ""
    text = "\t".join(style.show(part) for part in line.removesuffix("\r").split("\t")) + end
    return style.paint(role, text) if role else text
