"""A report as workflow commands, which GitHub shows as annotations beside the lines of a change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import Report
from gatekeeper.render.ci.budget import budgeted
from gatekeeper.render.ci.words import NOTHING, active
from gatekeeper.render.layout.words import counted
from gatekeeper.render.sink import visible

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# What the runner takes for a command: `::name` at the start of a line, and the older `##[name]` anywhere.
_COMMAND = re.compile(r"^\s*::[A-Za-z]|##\[", re.MULTILINE)


def render_github(report: Report, elsewhere: str = "the log above") -> str:
    """One workflow command a line, at most ten of each severity; "" without findings.

    Args:
        report: what was found.
        elsewhere: where a person sees those that are left out.
    """
    return "".join(f"{line}\n" for line in _lines(report, elsewhere))


def fence(text: str) -> str:
    """Text for the log of a step in which the runner finds no command; unchanged where there is none to find.

    The word that ends the fence is a digest of what stands inside, so that nothing inside can have been made to hold it.
    """
    if not _COMMAND.search(text):
        return text
    word = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
    end = "" if text.endswith("\n") else "\n"
    return f"::stop-commands::{word}\n{text}{end}::{word}::\n"


def command(name: str, properties: dict[str, str | int], data: str) -> str:
    """A workflow command as the runner reads it back (actions/runner, ActionCommand.TryParseV2)."""
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value != "")
    return f"::{name}{' ' if listed else ''}{listed}::{_data(data)}"


def _lines(report: Report, elsewhere: str) -> Iterator[str]:
    if not report.has_checked:
        yield command("error", {"title": "gatekeeper"}, NOTHING)
    for severity, shown, more in budgeted(active(report)):
        yield from (_annotation(finding) for finding in shown)
        if more:
            words = f"{counted(more, f'more {severity.value}', f'more {severity.value}s')}: see {elsewhere}"
            yield command(_KINDS[severity], {"title": "gatekeeper"}, words)


def _annotation(finding: Finding) -> str:
    start, end = finding.location.start, finding.location.end
    properties: dict[str, str | int] = {"file": visible(finding.location.path), "line": start.line}
    if end.line == start.line and end.column > start.column:
        # GitHub takes columns within one line alone.
        properties |= {"endLine": end.line, "col": start.column, "endColumn": end.column}
    else:
        properties |= {"endLine": max(end.line, start.line)}
    properties["title"] = visible(f"{finding.code} {finding.name}")
    lines = [visible(finding.message), *([f"help: {visible(finding.help)}"] if finding.help else [])]
    return command(_KINDS[finding.severity], properties, "\n".join(lines))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
