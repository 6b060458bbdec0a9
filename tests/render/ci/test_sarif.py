"""SARIF: valid by the committee's own schema, whole, and steady when lines move."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft4Validator
from msgspec.structs import replace

from gatekeeper.model.finding import Disposition
from gatekeeper.model.report import Report
from gatekeeper.render.ci.sarif import FINGERPRINT, render_sarif, sarif_of

LINK = re.compile(r"(?<!\\)\]\(")
SCHEMA = Path(__file__).parent / "official" / "sarif-schema-2.1.0.json"
VALIDATOR = Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))


def test_a_report_is_valid_sarif(settled: Report, golden: Callable[[str, str], None]) -> None:
    text = render_sarif(settled)
    VALIDATOR.validate(json.loads(text))
    golden("report.sarif", text)


def test_an_empty_report_is_valid_sarif() -> None:
    VALIDATOR.validate(sarif_of(Report("1")))


def test_no_finding_is_left_out_and_what_is_accepted_is_suppressed(report: Report) -> None:
    results = sarif_of(report)["runs"][0]["results"]
    assert [one["partialFingerprints"][FINGERPRINT] for one in results] == [one.fingerprint for one in report.findings]
    active = [finding.disposition is Disposition.ACTIVE for finding in report.findings]
    assert [not one["suppressions"] for one in results] == active


def test_a_place_is_in_code_points_from_one_and_its_uri_is_relative_and_encoded(report: Report) -> None:
    finding = next(one for one in report.findings if one.code == "ST003")
    moved = replace(finding, location=replace(finding.location, path="docs/a b/100%/ü.md"))
    place = sarif_of(replace(report, findings=(moved,)))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "docs/a%20b/100%25/%C3%BC.md", "uriBaseId": "%SRCROOT%"}
    assert place["region"]["startLine"] == finding.location.start.line
    assert place["region"]["endColumn"] == finding.location.end.column


def test_every_result_names_its_rule_by_place_in_the_list(report: Report) -> None:
    run = sarif_of(report)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for one in run["results"]:
        if "ruleIndex" in one:
            assert rules[one["ruleIndex"]]["id"] == one["ruleId"]


def test_hostile_words_are_no_links_and_the_file_is_utf8(hostile: Report) -> None:
    text = render_sarif(hostile)
    text.encode("utf-8")
    VALIDATOR.validate(json.loads(text))
    (one,) = json.loads(text)["runs"][0]["results"]
    for message in (one["message"]["text"], one["relatedLocations"][0]["message"]["text"]):
        assert not LINK.search(message)
        assert message.replace("\\", "").startswith("a%0A::error::x,y:z]")
    uri = one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9/%._~-]+", uri)


def test_what_is_waived_is_suppressed_with_its_reason(settled: Report) -> None:
    results = sarif_of(settled)["runs"][0]["results"]
    (waived,) = [one["suppressions"][0] for one in results if one["ruleId"] == "EV004"]
    assert waived["justification"] == "moves with the next release; owner ada; until 2026-03-01"
    assert waived["location"]["physicalLocation"]["artifactLocation"]["uri"] == ".gatekeeper/waivers.yml"


def test_what_could_not_be_read_is_a_notification_of_the_run(settled: Report) -> None:
    (invocation,) = sarif_of(settled)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"]
    (note,) = invocation["toolExecutionNotifications"]
    assert (note["level"], note["message"]["text"]) == ("error", "unreadable: permission denied")
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "docs/locked.md"


def test_beyond_what_a_reader_takes_the_gravest_stay_and_the_rest_is_counted(many: Callable[[int], Report]) -> None:
    report = many(10)
    run = sarif_of(report, most=15)["runs"][0]
    assert [one["level"] for one in run["results"]].count("error") == 10
    assert [one["level"] for one in run["results"]].count("warning") == 5
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("15 results left out")
    VALIDATOR.validate(sarif_of(report, most=15))
    assert len(sarif_of(report)["runs"][0]["results"]) == 30


def test_each_command_has_results_of_its_own(report: Report) -> None:
    assert sarif_of(report, "validate-env")["runs"][0]["automationDetails"] == {"id": "gatekeeper/validate-env/"}
