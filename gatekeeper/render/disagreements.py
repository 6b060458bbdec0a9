"""Who says what of which item, for people."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.report import Disagreement, Report, Saying
from gatekeeper.render.layout.columns import columns, cut, pad
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style

_STATUS_ROOM = 36
_COMMIT_LENGTH = 9


def render_disagreements(report: Report, style: Style) -> str:
    """One block for each item that several places give different statuses, then a line that sums up; ends with a line end."""
    found = report.disagreements or ()
    has_history = any(saying.since for one in found for saying in one.sayings)
    blocks = ["\n".join(_lines(one, style, has_history)) for one in found]
    known = sum(bool(one.codes) for one in found)
    total = f"{counted(len(found), 'item')} with different statuses, {known} of them with findings"
    blocks.append(total if found else style.paint("good", "no item has two statuses"))
    return "\n\n".join(blocks) + "\n"


def _lines(one: Disagreement, style: Style, has_history: bool) -> Iterator[str]:
    what = ", ".join(one.codes) or "no finding: they may differ by right"
    yield f"{style.paint('strong', style.show(one.subject))} ({what})"
    rows = [_cells(saying, style, has_history) for saying in one.sayings]
    widths = [max(columns(row[place]) for row in rows) for place in range(3)]
    for row in rows:
        cells = [pad(cell, width) for cell, width in zip(row[:3], widths, strict=True) if width]
        yield f"  {'  '.join(cells)}  {row[3]}"


def _cells(saying: Saying, style: Style, has_history: bool) -> tuple[str, str, str, str]:
    """Status as written and as understood, who, since when, and the place."""
    place = f"{style.show(saying.location.path)}:{saying.location.start.line}:{saying.location.start.column}"
    raw = cut(style.show(" ".join(saying.raw.split())), _STATUS_ROOM, style.ellipsis)
    since = "not committed" if has_history else ""
    if saying.since is not None:
        since = f"since {saying.since.commit[:_COMMIT_LENGTH]} ({saying.since.date})"
    return f"{raw} {style.arrow} {saying.status.value}", style.show(saying.who), since, place
