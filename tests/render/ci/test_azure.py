"""Logging commands: what the agent reads back is what was meant, whatever documents say."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.model.report import Report
from gatekeeper.render.ci.azure import defuse, issue, render_azure
from gatekeeper.render.ci.budget import BUDGET
from gatekeeper.render.sink import visible

TEXTS = st.text() | st.lists(st.sampled_from(["%", "%AZP25", "%3B", "%5D", "]", ";", "=", "##vso[", "##[", " "])).map(
    "".join
)


class Read(NamedTuple):
    area: str
    properties: dict[str, str]
    data: str


def read(line: str) -> Read | None:
    """The agent's rules for one line of a log (azure-pipelines-agent, Command), told in Python."""
    at = line.find("##vso[")
    end = line.find("]", at)
    if at < 0 or end < 0:
        return None
    name, _, listed = line[at + len("##vso[") : end].partition(" ")
    if len([part for part in name.split(".") if part]) != 2:
        return None
    properties = {}
    for pair in listed.split(";"):
        key, equals, value = pair.partition("=")
        # .NET's Split leaves out empty parts: a value's first equals signs are lost, which no escape can mend.
        if key and equals and (value := value.lstrip("=")):
            properties[key] = unescape(value)
    return Read(name, properties, unescape(line[end + 1 :]))


def unescape(text: str) -> str:
    for escaped, token in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
        text = text.replace(escaped, token)
    return text


@given(TEXTS, TEXTS)
def test_a_command_reads_back_as_it_was_meant(path: str, text: str) -> None:
    path, text = visible(path).lstrip("="), visible(text)
    one = read(issue({"type": "error", "sourcepath": path, "linenumber": 3}, text))
    assert one is not None
    assert one.area == "task.logissue"
    assert one.properties == {"type": "error", **({"sourcepath": path} if path else {}), "linenumber": "3"}
    assert one.data == text


@given(TEXTS)
def test_no_command_is_found_in_a_defused_text(text: str) -> None:
    for line in defuse(f"{text}##vso[task.complete result=Succeeded;]{text}##[error]x").split("\n"):
        assert read(line) is None
        assert "##[" not in line


def test_issues_are_those_of_the_report(settled: Report, golden: Callable[[str, str], None]) -> None:
    text = render_azure(settled)
    golden("report.azure.txt", text)
    found = [read(line) for line in text.splitlines()]
    assert [one.properties["type"] for one in found if one] == ["error", "error", "error", "warning"]


def test_hostile_words_stay_words(hostile: Report) -> None:
    finding = hostile.findings[0]
    (line,) = render_azure(hostile).splitlines()
    one = read(line)
    assert one is not None
    assert one.properties["sourcepath"] == visible(finding.location.path)
    assert one.data == visible(f"{finding.message}; {finding.help}")


def test_each_severity_has_a_budget(many: Callable[[int], Report]) -> None:
    found = [read(line) for line in render_azure(many(200)).splitlines()]
    assert len(found) == 2 * BUDGET
    assert [one.data for one in found if one and "more" in one.data] == [
        "191 more errors: see the log above",
        "191 more warnings: see the log above",
    ]


def test_nothing_checked_is_an_error() -> None:
    assert "type=error;]nothing was checked" in render_azure(Report("1"))
