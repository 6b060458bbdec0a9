"""SARIF: valid by the committee's own schema, whole, and steady when lines move."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft4Validator
from msgspec.structs import replace

from gatekeeper.model.finding import Disposition
from gatekeeper.model.report import Report
from gatekeeper.render.ci.sarif import FINGERPRINT, render_sarif, sarif_of

SCHEMA = Path(__file__).parent / "official" / "sarif-schema-2.1.0.json"
VALIDATOR = Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))


def test_a_report_is_valid_sarif(report: Report, golden: Callable[[str, str], None]) -> None:
    text = render_sarif(report)
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
