"""The report of a packet as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gatekeeper.render.board.markup.escape import code_span, escape_markdown
from gatekeeper.render.packet.sheets import Report, Table

# Digests and ids, thousands of them: nothing in them needs care.
_HEX = re.compile(r"[0-9a-f]{7,64}")


def render_report_md(report: Report) -> str:
    """GitHub Flavored Markdown with a line end: a section for each gate."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escape_markdown(report.title)}"
    yield from _facts(report.facts)
    yield from _table(report.gates, "##")
    for sheet in report.sheets:
        yield f"\n## Gate: {escape_markdown(sheet.name)}"
        yield from _facts((("Verdict", sheet.state), *sheet.facts))
        for table in sheet.tables:
            yield from _table(table, "###")
    for table in report.annex:
        yield from _table(table, "##")


def _facts(facts: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield ""
    for label, words in facts:
        yield f"- {label}: {escape_markdown(words)}"


def _table(table: Table, level: str) -> Iterator[str]:
    yield f"\n{level} {table.title}\n"
    if not table.rows:
        yield table.none
        return
    yield f"| {' | '.join(table.heads)} |\n|{'---|' * len(table.heads)}"
    for row in table.rows:
        cells = (_cell(words, is_code=number in table.codes) for number, words in enumerate(row))
        yield f"| {' | '.join(cells)} |"


@lru_cache(maxsize=1 << 12)
def _cell(words: str, *, is_code: bool) -> str:
    """A cell; most columns say the same few things in every row."""
    if not is_code or not words:
        return escape_markdown(words)
    return f"`{words}`" if _HEX.fullmatch(words) else code_span(words)
