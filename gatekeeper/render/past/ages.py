"""Findings by age, for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.model.view.history import Aged
from gatekeeper.render.json_report import finding_json
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.words import counted
from gatekeeper.render.past.history import COMMIT_LENGTH
from gatekeeper.render.past.shapes import AgedJson, AgesJson
from gatekeeper.render.style import Style


def render_ages(ages: Sequence[Aged], style: Style) -> str:
    """The findings, oldest first, each with the commit since which its line reads so; ends with a line end."""
    blocks = ["\n".join(_lines(aged, style)) for aged in ages]
    known = [aged for aged in ages if aged.since is not None]
    if not ages:
        total = style.paint("good", "no findings")
    elif not known:
        total = f"{counted(len(ages), 'finding')}; git tells of no line since when it reads so"
    else:
        total = f"{counted(len(ages), 'finding')}, the oldest since {known[0].since.date if known[0].since else ''}"
    return "\n".join([*blocks, *([""] if blocks else []), total]) + "\n"


def render_ages_json(ages: Sequence[Aged]) -> str:
    """The findings by age as JSON text with a final line end."""
    shape: AgesJson = {"schema_version": "1", "findings": [_aged(aged) for aged in ages]}
    return dump(shape, depth=2) + "\n"


def _lines(aged: Aged, style: Style) -> Iterator[str]:
    finding = aged.finding
    place = f"{style.show(finding.location.path)}:{finding.location.start.line}:{finding.location.start.column}"
    yield f"{place}: {style.severity(finding.severity, finding.code)} {style.show(finding.message)}"
    if aged.since is None:
        yield "  not committed so, or history does not tell"
        return
    days = f", {counted(aged.days, 'day')}" if aged.days is not None else ""
    yield f"  since {aged.since.commit[:COMMIT_LENGTH]} ({aged.since.date}){days}"


def _aged(aged: Aged) -> AgedJson:
    return {
        "finding": finding_json(aged.finding),
        "since": aged.since.commit if aged.since else None,
        "since_date": aged.since.date if aged.since else None,
        "days": aged.days,
    }
