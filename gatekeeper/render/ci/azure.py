"""A report as logging commands of Azure Pipelines, which shows them on the page of the run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import Report
from gatekeeper.render.ci.budget import budgeted
from gatekeeper.render.ci.words import NOTHING, active, sentence
from gatekeeper.render.layout.words import counted
from gatekeeper.render.sink import visible

# The agent takes `##vso[area.action]` for a command and `##[word]` for a format, wherever they stand in a line.
_COMMAND = re.compile(r"##(?=(?:vso)?\[)", re.IGNORECASE)


def render_azure(report: Report, elsewhere: str = "the log above") -> str:
    """One logging command a line, at most ten errors and ten warnings; "" without either.

    Notes are no issues to Azure Pipelines: they stay in the log.
    """
    return "".join(f"{line}\n" for line in _lines(report, elsewhere))


def defuse(text: str) -> str:
    """Text for the log of a task in which the agent finds no command: a blank parts what would begin one."""
    return _COMMAND.sub("## ", text)


def issue(properties: dict[str, str | int], data: str) -> str:
    """A `task.logissue` as the agent reads it back (azure-pipelines-agent, Command.TryParse)."""
    listed = "".join(f"{key}={_property(str(value))};" for key, value in properties.items() if value != "")
    return f"##vso[task.logissue {listed}]{_data(data)}"


def _lines(report: Report, elsewhere: str) -> Iterator[str]:
    if not report.has_checked:
        yield issue({"type": "error"}, NOTHING)
    for severity, shown, more in budgeted(active(report)):
        if severity is Severity.NOTE:
            continue
        yield from (_issue(finding) for finding in shown)
        if more:
            words = f"{counted(more, f'more {severity.value}', f'more {severity.value}s')}: see {elsewhere}"
            yield issue({"type": severity.value}, words)


def _issue(finding: Finding) -> str:
    start = finding.location.start
    properties: dict[str, str | int] = {
        "type": finding.severity.value,
        "sourcepath": visible(finding.location.path),
        "linenumber": start.line,
        "columnnumber": start.column,
        "code": visible(finding.code),
    }
    return issue(properties, visible(sentence(finding)))


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
