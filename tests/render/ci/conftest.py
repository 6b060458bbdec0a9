"""Reports as a run gives them: with fingerprints, with hostile words, with many findings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from gatekeeper.engine.settle import settle
from gatekeeper.model.finding import Acceptance, Disposition, Finding, Location, Severity
from gatekeeper.model.report import Input, InputState, Report
from gatekeeper.model.text import SourceText, Span

HOSTILE = "a%0A::error::x,y:z]\r\n##vso[task.complete]\x1b[31m\u202e</td>|`<b>@team [l](https://evil.example)\x00\ufffe\udcff;"


@pytest.fixture
def settled(report: Report) -> Report:
    """The common report with fingerprints, a waiver with a reason, and everything as its file says it."""
    waiver = Acceptance("ada", "moves with the next release", "2026-03-01", Location.whole(".gatekeeper/waivers.yml"))
    findings = settle(report.findings)
    waived = Disposition.WAIVED
    return replace(
        report,
        findings=tuple(replace(one, waiver=waiver) if one.disposition is waived else one for one in findings),
    )


@pytest.fixture
def hostile(report: Report) -> Report:
    """Every text that a document or a path may say is hostile."""
    source = SourceText(f"docs/{HOSTILE}.md", f"{HOSTILE}\n")
    place = Location.at(source, Span(0, 2), HOSTILE)
    finding = Finding("EV001", "evidence-target-missing", Severity.ERROR, HOSTILE, place, HOSTILE, (place,), HOSTILE)
    inputs = (Input(source.path, InputState.PARSED, HOSTILE), Input(HOSTILE, InputState.UNREADABLE, HOSTILE))
    return replace(report, findings=settle([finding]), inputs=inputs)


@pytest.fixture
def many() -> Callable[[int], Report]:
    """A report with a number of findings of each severity, one a line."""

    def make(number: int) -> Report:
        source = SourceText("tracker.md", "".join(f"| {at} | Done | `gone-{at}.txt` |\n" for at in range(number)))
        starts = [source.line_span(at + 1) for at in range(number)]
        findings = [
            Finding("EV001", "evidence-target-missing", severity, f"line {at} is bad", Location.at(source, span))
            for at, span in enumerate(starts)
            for severity in Severity
        ]
        return Report("1", findings=tuple(findings), inputs=(Input("tracker.md", InputState.PARSED, items=number),))

    return make
