"""The list of waivers, by the day on which they end: for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatekeeper.model.exception.waiver import Standing, WaiverUse
from gatekeeper.render.json_report import related_json
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.words import counted
from gatekeeper.render.shapes import WaiverJson, WaiversJson
from gatekeeper.render.style import Style

_SOON_DAYS = 14


def by_expiry(uses: Iterable[WaiverUse]) -> tuple[WaiverUse, ...]:
    """Waivers by last day, those without one first, then by place."""
    return tuple(
        sorted(uses, key=lambda use: (use.waiver.expires, use.waiver.location.path, use.waiver.location.start))
    )


def render_waivers(uses: Iterable[WaiverUse], style: Style, malformed: int = 0) -> str:
    """The waivers for people, each with what it covers, and a line that counts them; ends with a line end.

    Args:
        uses: what each comes to.
        style: the terminal's abilities.
        malformed: how many entries were meant as waivers and are none.
    """
    listed = by_expiry(uses)
    blocks = ["\n".join(_lines(use, style)) for use in listed]
    counts = [(standing.value, sum(use.standing is standing for use in listed)) for standing in Standing]
    tally = ", ".join(f"{count} {word}" for word, count in counts if count)
    last = f"{counted(len(listed), 'waiver')}: {tally}" if listed else "no waivers"
    blocks.append(f"{last}; {malformed} malformed, `gatekeeper check` tells why" if malformed else last)
    return "\n\n".join(blocks) + "\n"


def render_waivers_json(uses: Iterable[WaiverUse]) -> str:
    """The waivers as JSON text with a final line end."""
    shape: WaiversJson = {"schema_version": "1", "waivers": [waiver_json(use) for use in by_expiry(uses)]}
    return dump(shape, depth=3) + "\n"


def _lines(use: WaiverUse, style: Style) -> Iterator[str]:
    waiver = use.waiver
    place = f"{style.paint('strong', style.show(waiver.location.path))}:{waiver.location.start.line}"
    role = "good" if use.standing is Standing.IN_FORCE else "error"
    if use.standing is Standing.IN_FORCE and use.days_left is not None and use.days_left <= _SOON_DAYS:
        role = "warning"
    standing = style.paint(role, use.standing.value)
    yield f"{place}: {style.paint('strong', style.show(waiver.code))} for {style.show(waiver.scope)}"
    yield f"  {standing}, {_until(use)}"
    people = [f"owner {waiver.owner}"] * bool(waiver.owner) + [f"approved by {waiver.approved_by}"] * bool(
        waiver.approved_by
    )
    known = [*people, *[f"ticket {waiver.ticket}"] * bool(waiver.ticket)]
    yield f"  reason: {style.show(waiver.reason)}" + (f" ({style.show(', '.join(known))})" if known else "")
    yield f"  covers {counted(len(use.covers), 'finding')}" if use.covers else "  covers nothing"
    for finding in use.covers:
        where = f"{style.show(finding.location.path)}:{finding.location.start.line}:{finding.location.start.column}"
        yield f"    {where}: {style.show(finding.message)}"


def _until(use: WaiverUse) -> str:
    if not use.waiver.expires:
        return "no last day"
    days = use.days_left
    if days is None:
        return f"until {use.waiver.expires}"
    left = f"{counted(days, 'day')} left" if days >= 0 else f"{counted(-days, 'day')} ago"
    return f"until {use.waiver.expires}, {left}"


def waiver_json(use: WaiverUse) -> WaiverJson:
    """A waiver in its JSON shape."""
    waiver = use.waiver
    return {
        "code": waiver.code,
        "standing": use.standing,
        "expires": waiver.expires,
        "days_left": use.days_left,
        "scope": waiver.scope,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "approved_by": waiver.approved_by,
        "ticket": waiver.ticket,
        "path": waiver.location.path,
        "line": waiver.location.start.line,
        "covers": [{**related_json(finding.location), "message": finding.message} for finding in use.covers],
    }
