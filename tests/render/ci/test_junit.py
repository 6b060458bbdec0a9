"""JUnit XML: by Jenkins's schema, a verdict as the exit code's, and well formed whatever documents say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.report import Report
from gatekeeper.render.ci.junit import render_junit
from gatekeeper.render.sink import visible

SCHEMA = etree.XMLSchema(file=str(Path(__file__).parent / "official" / "junit-10.xsd"))


def parsed(text: str) -> etree._Element:
    root = etree.fromstring(text.encode("utf-8"))
    SCHEMA.assertValid(root)
    return root


def test_a_report_is_valid_junit(settled: Report, golden: Callable[[str, str], None]) -> None:
    text = render_junit(settled)
    parsed(text)
    golden("report.junit.xml", text)


@pytest.mark.parametrize(("fail_on", "failures"), [(Severity.ERROR, 3), (Severity.WARNING, 4), (Severity.NOTE, 5)])
def test_what_fails_the_run_fails_its_case(fail_on: Severity, failures: int, settled: Report) -> None:
    root = parsed(render_junit(settled, fail_on))
    assert int(root.get("failures", "")) == len(root.findall(".//failure")) == failures


def test_what_is_accepted_is_skipped_with_its_reason(settled: Report) -> None:
    skipped = parsed(render_junit(settled)).findall(".//skipped")
    assert [one.get("message") for one in skipped] == [
        "baselined",
        "moves with the next release; owner ada; until 2026-03-01",
    ]


def test_every_document_has_a_case_and_an_unreadable_one_fails(settled: Report) -> None:
    root = parsed(render_junit(replace(settled, findings=())))
    cases = [(case.get("classname"), [child.tag for child in case]) for case in root.iter("testcase")]
    assert cases == [
        ("docs/empty.md", []),
        ("docs/locked.md", ["error"]),
        ("docs/progress.md", []),
        ("docs/tracker.md", []),
    ]


def test_nothing_checked_is_not_green() -> None:
    root = parsed(render_junit(Report("1")))
    assert (root.get("tests"), root.get("errors")) == ("1", "1")
    assert parsed(render_junit(Report("1", contracts=3))).get("errors") == "0"


def test_totals_are_the_sums(settled: Report) -> None:
    root = parsed(render_junit(settled))
    for name in ("tests", "failures", "errors"):
        assert int(root.get(name, "")) == sum(int(suite.get(name, "")) for suite in root.iter("testsuite"))
    assert int(root.get("tests", "")) == len(list(root.iter("testcase")))


def test_hostile_words_stay_words(hostile: Report) -> None:
    root = parsed(render_junit(hostile))
    (failure,) = root.findall(".//failure")
    assert failure.get("message") == visible(hostile.findings[0].message)


@given(st.text())
def test_any_text_is_well_formed(text: str) -> None:
    finding = Finding("EV001", "x", Severity.ERROR, text, Location.whole(text))
    root = parsed(render_junit(Report("1", findings=(finding,))))
    assert root.findall(".//failure")[0].get("message") == visible(text)


def test_nothing_is_a_command_to_a_ci_system_that_logs_it(hostile: Report) -> None:
    told = tuple(
        replace(one, message=f"###vso[task.prependpath]x ##[add-path]y {one.message}") for one in hostile.findings
    )
    text = render_junit(replace(hostile, findings=told), Severity.ERROR)
    assert not any(sign in text for sign in ("##vso[", "##["))
    assert "###vso[task.prependpath]x ##[add-path]y" in "".join(etree.fromstring(text.encode()).xpath("//@message"))
