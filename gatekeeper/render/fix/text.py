"""What was mended and what was not, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gatekeeper.model.finding import Finding
from gatekeeper.model.fix.repair import Repair
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style


def render_repair(repair: Repair, unwritten: Mapping[str, str], style: Style, verbosity: int = 0) -> str:
    """What was done, a line for each finding, and one line that sums up; "" where there is nothing to say.

    Args:
        repair: the outcome.
        unwritten: path -> why it was not written, of the files that were not.
        style: the terminal's abilities.
        verbosity: below 0 only what was not mended.
    """
    lines = []
    if verbosity >= 0:
        lines += [_told(one, style) for one in repair.mended if one.location.path not in unwritten]
    lines += list(_left(repair, unwritten, style))
    if verbosity >= 0:
        lines.append(sum_up(repair, unwritten, style))
    return "".join(f"{line}\n" for line in lines)


def sum_up(repair: Repair, unwritten: Mapping[str, str], style: Style, *, is_done: bool = True) -> str:
    """How many findings were mended, or would be where nothing was done, and how many were not."""
    mended = sum(one.location.path not in unwritten for one in repair.mended)
    files = sum(one.path not in unwritten for one in repair.rewrites)
    left = len(repair.refused) + len(repair.mended) - mended
    verb = "mended" if is_done else "would be mended"
    text = f"{counted(mended, 'finding')} {verb} in {counted(files, 'file')}" if mended else f"nothing {verb}"
    more = [f"{left} not"] * bool(left)
    more += [f"{repair.unsafe} more with --unsafe"] * bool(repair.unsafe)
    more += [f"{repair.accepted} more with --accepted"] * bool(repair.accepted)
    return style.paint("good" if not left else "warning", text) + "".join(f"; {words}" for words in more)


def _left(repair: Repair, unwritten: Mapping[str, str], style: Style) -> Iterator[str]:
    """What was to be mended and was not, each with the reason."""
    for one in repair.refused:
        yield f"{_place(one.finding, style)}: not mended: {style.show(one.reason)}"
    for path, reason in sorted(unwritten.items()):
        yield f"{style.paint('strong', style.show(path))}: {style.paint('error', 'not written')}: {style.show(reason)}"


def _told(finding: Finding, style: Style) -> str:
    fix = finding.fix
    return f"{_place(finding, style)}: {style.show(fix.description if fix else '')}"


def _place(finding: Finding, style: Style) -> str:
    place, path = finding.location.start, style.paint("strong", style.show(finding.location.path))
    return f"{path}:{place.line}:{place.column}: {style.severity(finding.severity, finding.code)}"
