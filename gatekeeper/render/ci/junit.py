"""A report as JUnit XML, in the dialect of Jenkins that all CI systems read: a suite for each file, a case for each finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from gatekeeper.model.finding import Disposition, Finding, Severity
from gatekeeper.model.report import InputState, Report
from gatekeeper.render.ci.words import NOTHING, acceptance, sentence
from gatekeeper.render.layout.words import counted
from gatekeeper.render.sink import visible

_COMMAND = re.compile(r"#(?=#(?:vso)?\[)", re.IGNORECASE)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


class _Suite(Struct):
    """The cases of one file, each with its outcome: "", "failure", "error" or "skipped"."""

    name: str
    cases: list[tuple[str, str]] = field(default_factory=list)


def render_junit(report: Report, fail_on: Severity = Severity.ERROR) -> str:
    """The report as an XML document with a final line end.

    A finding below `fail_on` is a case that passes and says so, a waived or baselined one is skipped, a file that cannot be read is an error, and
    so is a run that checked nothing.
    """
    suites = _suites(report, fail_on)
    totals = _totals([case for suite in suites for case in suite.cases])
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="gatekeeper" {totals}>']
    for suite in suites:
        skipped = sum(outcome == "skipped" for outcome, _ in suite.cases)
        lines.append(f'  <testsuite name="{suite.name}" {_totals(suite.cases)} skipped="{skipped}">')
        lines.extend(text for _, text in suite.cases)
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _totals(cases: list[tuple[str, str]]) -> str:
    failures = sum(outcome == "failure" for outcome, _ in cases)
    errors = sum(outcome == "error" for outcome, _ in cases)
    return f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'


def _suites(report: Report, fail_on: Severity) -> list[_Suite]:
    """A suite for each file that was read or has findings, by path, and one for what is no file's."""
    suites: dict[str, _Suite] = {}

    def suite_of(path: str) -> _Suite:
        return suites.setdefault(path, _Suite(_xml(path)))

    for finding in report.findings:
        suite_of(finding.location.path).cases.append(_case_of(finding, fail_on))
    for entry in report.inputs:
        if entry.path in suites:
            continue
        if entry.state is InputState.PARSED:
            suite_of(entry.path).cases.append(_case(entry.path, "no findings"))
        elif entry.state is InputState.UNREADABLE:
            suite_of(entry.path).cases.append(_case(entry.path, "can be read", "error", entry.reason))
    rest = _Suite("gatekeeper", list(_others(report)))
    return [*(suites[path] for path in sorted(suites)), *([rest] if rest.cases else [])]


def _others(report: Report) -> Iterator[tuple[str, str]]:
    for number, noun in ((report.contracts, "contract"), (report.variables, "variable")):
        if number:
            yield _case("gatekeeper", f"{noun}s looked at", body=counted(number, noun))
    if not report.has_checked:
        yield _case("gatekeeper", "something was checked", "error", NOTHING)


def _case_of(finding: Finding, fail_on: Severity) -> tuple[str, str]:
    # The name holds no line: a case that moves is the same case in a history of runs.
    name = f"{finding.code} {finding.name} [{finding.fingerprint[:12]}]"
    if finding.disposition is not Disposition.ACTIVE:
        return _case(finding.location.path, name, "skipped", acceptance(finding), _body(finding))
    outcome = "failure" if finding.severity.rank >= fail_on.rank else ""
    return _case(finding.location.path, name, outcome, finding.message, _body(finding), finding.severity.value)


def _body(finding: Finding) -> str:
    """The finding for a person, a line each for what was found, what to do and what belongs to it."""
    place = finding.location
    lines = [
        f"{place.path}:{place.start.line}:{place.start.column}: {finding.severity.value}[{finding.code}] {sentence(finding)}"
    ]
    lines += [f"{one.path}:{one.start.line}: {one.message or 'see also'}" for one in finding.related]
    return "\n".join(visible(line) for line in lines)


def _case(
    path: str, name: str, outcome: str = "", message: str = "", body: str = "", kind: str = ""
) -> tuple[str, str]:
    """A case's outcome and its XML."""
    start = f'    <testcase classname="{_xml(path)}" name="{_xml(name)}"'
    if outcome:
        kinds = f' type="{kind}"' if kind else ""
        inner = f'<{outcome}{kinds} message="{_xml(message)}">{_xml_lines(body)}</{outcome}>'
    elif body:
        inner = f"<system-out>{_xml_lines(body)}</system-out>"
    else:
        return outcome, f"{start}/>"
    return outcome, f"{start}>{inner}</testcase>"


def _xml(text: str) -> str:
    """Untrusted text on one line, in characters that XML 1.0 has (§2.2), in which a CI system that logs it finds no command."""
    return _COMMAND.sub("&#35;", "".join(_ESCAPES.get(char, char) for char in visible(text)))


def _xml_lines(text: str) -> str:
    return "\n".join(_xml(line) for line in text.split("\n"))
