"""Claims that a table makes by its header: a bare number in a column of lines or tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.link.claim.view import View
from gatekeeper.model.document import Claim, Group
from gatekeeper.model.text import Span

_CELL = re.compile(r"(?:\\\||`[^`\n]*`|[^|\n])*")
_HEADS = {
    "lines": "lines", "loc": "lines of code", "lines of code": "lines of code", "line count": "lines", "# lines": "lines",
    "tests": "tests", "# tests": "tests", "test count": "tests", "number of tests": "tests",
}  # fmt: skip
_NUMBER = re.compile(r"\s*\**(?P<about>~|≈)?(?P<n>\d{1,3}(?:,\d{3})+|\d{1,7})(?P<more>\+?)\**\s*")


def iter_column_claims(view: View) -> Iterator[Claim]:
    """The claims of the cells below a header such as "Lines", in order."""
    for group in view.groups:
        if group.kind == "table":
            yield from _of_table(view, group)


def read_heads(view: View, group: Group) -> list[str]:
    """The headers of a table in lower case, without marks."""
    return [cell.strip(" *`").casefold() for cell, _ in cells_of(view, view.line_of(group.span.start))]


def read_rows(view: View, group: Group) -> Iterator[tuple[int, list[str]]]:
    """The body rows of a table in order: the 1-based line and the cells without blanks around them."""
    for line in _body(view, group):
        yield line, [cell.strip() for cell, _ in cells_of(view, line)]


def _body(view: View, group: Group) -> range:
    """The lines of a table's body rows."""
    return range(view.line_of(group.span.start) + 2, view.line_of(max(group.span.end - 1, group.span.start)) + 1)


def _of_table(view: View, group: Group) -> Iterator[Claim]:
    heads = read_heads(view, group)
    wanted = {at: _HEADS[head] for at, head in enumerate(heads) if head in _HEADS}
    if not wanted:
        return
    for line in _body(view, group):
        cells = cells_of(view, line)
        for at, noun in wanted.items():
            match = _NUMBER.fullmatch(cells[at][0]) if at < len(cells) else None
            if match is not None:
                yield _claim(view, cells[at][1] + match.start("n"), match, noun)


def _claim(view: View, start: int, match: re.Match[str], noun: str) -> Claim:
    begin = start - len(match["about"] or "")
    span = Span(begin, start + len(match["n"]) + len(match["more"]))
    values: dict[str, int | float | str] = {"count": int(match["n"].replace(",", "")), "of": noun}
    return Claim("tests" if noun == "tests" else "lines", view.source.slice(span), span, values)


def cells_of(view: View, line: int) -> list[tuple[str, int]]:
    """The cells of a table row, on a 1-based line, with the offset at which each begins."""
    span = view.source.line_span(line)
    cells: list[tuple[str, int]] = []
    at = span.start
    text = view.source.text
    while at <= span.end:
        match = _CELL.match(text, at, span.end)
        assert match is not None  # the pattern matches nothing at all, too
        cells.append((match[0], at))
        at = match.end() + 1
    return cells[1:] if cells and not cells[0][0].strip() else cells
