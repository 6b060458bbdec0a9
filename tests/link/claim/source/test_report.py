"""Reports and what they say; broken ones say why."""

from __future__ import annotations

import json

import pytest

from gatekeeper.link.claim.source.report.data import read_data, read_lcov
from gatekeeper.link.claim.source.report.figures import MalformedError
from gatekeeper.link.claim.source.report.markup import read_markup


def test_junit_cases_win_over_the_suites_own_sums() -> None:
    data = (
        b'<testsuites tests="9"><testsuite tests="9"><testcase/><testcase><error/></testcase></testsuite></testsuites>'
    )
    assert read_markup(data).counts == {"tests": 2, "failed": 1, "skipped": 0, "passed": 1}


def test_junit_without_cases_adds_its_suites() -> None:
    data = b'<testsuites><testsuite tests="3" failures="1"/><testsuite tests="2" skipped="1"/></testsuites>'
    assert read_markup(data).counts == {"tests": 5, "failed": 1, "skipped": 1, "passed": 3}


def test_coverage_in_three_forms_of_xml() -> None:
    assert read_markup(b'<coverage line-rate="0.5" branch-rate="0.25"/>').percents == {"line": 50, "branch": 25}
    jacoco = b'<!DOCTYPE report PUBLIC "a" "b"><report><counter type="LINE" missed="1" covered="3"/></report>'
    assert read_markup(jacoco).percents == {"line": 75}
    clover = b'<coverage><project><metrics statements="4" coveredstatements="1"/></project></coverage>'
    assert read_markup(clover).percents == {"statement": 25}


def test_no_branches_are_no_branch_coverage() -> None:
    assert read_markup(b'<coverage line-rate="1" branch-rate="0" branches-valid="0"/>').percents == {"line": 100}


@pytest.mark.parametrize("data", [b"<html/>", b"<testsuites/>", b"<coverage/>", b"<report/>"])
def test_other_xml_says_nothing(data: bytes) -> None:
    assert read_markup(data) is None


HOSTILE = {
    "cut off": b"<testsuite",
    "empty": b"",
    "entities": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "billion laughs": b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>',
    "external entity": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "encoding": b'<?xml version="1.0" encoding="no-such"?><a/>',
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_broken_and_hostile_xml_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedError):
        read_markup(data)


def test_nonsense_numbers_count_as_nothing() -> None:
    assert read_markup(b'<testsuite tests="nan" failures="-1" errors="1e400"/>').counts["tests"] == 0


def test_deep_xml_is_read_or_refused_but_ends() -> None:
    data = b"<testsuite>" * 20_000 + b"</testsuite>" * 20_000
    assert read_markup(data) is None


JSON = {
    "jest": ({"numTotalTests": 5, "numFailedTests": 1, "numPendingTests": 1}, (5, 1, 1, 3)),
    "mocha": ({"stats": {"tests": 5, "passes": 4, "failures": 1, "pending": 0}}, (5, 1, 0, 4)),
    "playwright": ({"stats": {"expected": 3, "unexpected": 1, "flaky": 1, "skipped": 2}}, (7, 1, 2, 4)),
    "pytest": ({"tests": [], "summary": {"total": 4, "failed": 1, "skipped": 1, "passed": 2}}, (4, 1, 1, 2)),
}


@pytest.mark.parametrize(("content", "expected"), JSON.values(), ids=JSON)
def test_json_of_test_runners(content: dict, expected: tuple[int, ...]) -> None:
    counts = read_data(json.dumps(content).encode()).counts
    assert (counts["tests"], counts["failed"], counts["skipped"], counts["passed"]) == expected


def test_json_of_coverage() -> None:
    assert read_data(b'{"totals": {"percent_covered": 87.5}}').percents == {"line": 87.5}
    assert read_data(b'{"total": {"lines": {"pct": 90}, "branches": {"pct": 80}}}').percents == {
        "line": 90,
        "branch": 80,
    }


def test_suppressed_results_of_sarif_do_not_count() -> None:
    content = {
        "version": "2.1.0",
        "runs": [{"results": [{"level": "error", "suppressions": [{}]}, {"level": "note"}, {}]}],
    }
    assert read_data(json.dumps(content).encode()).counts == {"results": 2, "errors": 0, "warnings": 1}


def test_values_of_any_json_by_path() -> None:
    assert read_data(b'{"a": {"b": [1, {"c": true}]}, "d": null}').values == {
        "a.b[0]": 1,
        "a.b[1].c": "true",
        "d": "null",
    }


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000])
def test_broken_json_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedError):
        read_data(data)


@pytest.mark.parametrize(
    "data",
    [b"[]", b"1", b'"x"', b'{"runs": 1, "version": 1}', b'{"runs": [1], "version": 1}', b'{"stats": 1, "total": 1}'],
)
def test_odd_json_says_nothing(data: bytes) -> None:
    figures = read_data(data)
    assert not figures.percents
    assert not any(figures.counts.values())


def test_lcov_adds_its_files() -> None:
    assert read_lcov("SF:a\nLF:10\nLH:5\nSF:b\nLF:10\nLH:10\n").percents == {"line": 75}
    assert read_lcov("nothing") is None
