"""A report in Markdown, for the summary of a job: as much of it as GitHub takes."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.report import InputState, Report
from gatekeeper.render.board.markup.escape import code_span, escape_markdown
from gatekeeper.render.ci.words import acceptance, active
from gatekeeper.render.layout.words import counted
from gatekeeper.render.sink import visible
from gatekeeper.render.style import Style
from gatekeeper.render.terminal import summary_line

SUMMARY_BYTES = 1 << 20
"""GitHub refuses a step's summary above this (docs.github.com, "Workflow commands", "Step isolation and limits")."""

_MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "ℹ️"}
_TEXT_LIMIT = 600
_RELATED_SHOWN = 5
_CLOSING_BYTES = 4_096


def render_summary(report: Report, room: int = SUMMARY_BYTES) -> str:
    """The report as GitHub Flavored Markdown with a final line end, within `room` bytes; what was left out is said."""
    findings = active(report)
    findings.sort(key=lambda finding: -finding.severity.rank)
    accepted = [finding for finding in report.findings if finding.disposition is not Disposition.ACTIVE]
    lines = ["## gatekeeper", "", f"{_verdict(report)} {escape_markdown(summary_line(report, Style()))}"]
    room -= sum(map(_size, lines)) + _CLOSING_BYTES
    for head, members, tail in (
        (["", "| Finding | Where | What |", "|---|---|---|"], [_row(one) for one in findings], []),
        (_folded("Waived and baselined", len(accepted)), [_accepted(one) for one in accepted], ["", "</details>"]),
        (_folded("Unreadable", len(report.inputs_in(InputState.UNREADABLE))), _unreadable(report), ["", "</details>"]),
    ):
        if members:
            shown = list(_fitting(members, room))
            room -= sum(map(_size, (*head, *shown, *tail)))
            lines += [*head, *shown, *tail]
    return "\n".join(lines) + "\n"


def _verdict(report: Report) -> str:
    worst = max((finding.severity for finding in active(report)), key=lambda severity: severity.rank, default=None)
    if worst is None:
        return "✅" if report.has_checked else "❌"
    return _MARKS[worst]


def _folded(title: str, count: int) -> list[str]:
    return ["", f"<details><summary>{title} ({count})</summary>", ""]


def _fitting(rows: list[str], room: int) -> Iterator[str]:
    """The rows as long as there is room, then a sentence about those left out."""
    for at, row in enumerate(rows):
        room -= _size(row)
        if room < 0:
            yield ""
            yield f"_{counted(len(rows) - at, 'row')} of {len(rows)} left out: GitHub takes at most 1 MiB. The log has all._"
            return
        yield row


def _size(line: str) -> int:
    """The bytes that a line takes with its line end."""
    return len(line.encode("utf-8", "backslashreplace")) + 1


def _row(finding: Finding) -> str:
    head = f"{_MARKS[finding.severity]} {finding.severity.value} {_text(finding.code)}"
    related = [_related(place) for place in finding.related[:_RELATED_SHOWN]]
    if len(finding.related) > _RELATED_SHOWN:
        related.append(f"and {counted(len(finding.related) - _RELATED_SHOWN, 'more place')}")
    remedy = [f"_{_text(finding.help)}_"] if finding.help else []
    return f"| {head} | {_place(finding.location)} | {'<br>'.join([_text(finding.message), *remedy, *related])} |"


def _related(place: Location) -> str:
    return f"{_place(place)} {_text(place.message)}".rstrip()


def _accepted(finding: Finding) -> str:
    words = f"{_text(finding.code)} {_place(finding.location)}: {_text(finding.message)}"
    return f"- {words} ({_text(acceptance(finding))})"


def _unreadable(report: Report) -> list[str]:
    entries = report.inputs_in(InputState.UNREADABLE)
    return [f"- {code_span(_cut(entry.path))}: {_text(entry.reason)}" for entry in entries]


def _place(place: Location) -> str:
    return code_span(f"{_cut(place.path)}:{place.start.line}")


def _text(words: str) -> str:
    return escape_markdown(_cut(words))


def _cut(text: str) -> str:
    """The text, harmless, or its beginning where it is so long that it would push out others."""
    # Harmless before it is cut: half of a secret is not known as one.
    shown = visible(text)
    return shown if len(shown) <= _TEXT_LIMIT else shown[:_TEXT_LIMIT] + "…"
