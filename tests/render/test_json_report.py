"""`check --format json`: the shape scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Callable

from jsonschema import Draft202012Validator
from msgspec.structs import replace

from gatekeeper.data import shipped
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.report import Input, InputState, Report
from gatekeeper.model.text import Position
from gatekeeper.render.json_report import render_report

SCHEMA = json.loads(shipped("schemas", "report.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_report_as_json(report: Report, golden: Callable[[str, str], None]) -> None:
    text = render_report(report)
    VALIDATOR.validate(json.loads(text))
    golden("report.json", text)


def test_the_fields_that_scripts_rely_on(report: Report) -> None:
    data = json.loads(render_report(report))
    assert data["schema_version"] == "1"
    assert data["tool"] == {"name": "gatekeeper", "version": "1.2.3"}
    assert data["policy"] == {
        "sha256": "99" * 32,
        "sources": [".gatekeeper.yml"],
        "digests": {".gatekeeper.yml": "99" * 32},
        "trusted": None,
    }
    summary = data["summary"]
    assert summary["findings"] == {"error": 3, "warning": 1, "note": 1}
    assert [summary[name] for name in ("documents", "items", "waived", "baselined")] == [3, 4, 1, 1]
    contradiction = next(entry for entry in data["findings"] if entry["code"] == "ST003")
    assert [contradiction[name] for name in ("line", "column", "end_line", "end_column")] == [7, 21, 7, 25]
    assert contradiction["related"][0]["path"] == "docs/progress.md"
    assert contradiction["related"][0]["line"] == 6
    assert contradiction["fix"] is None


def test_no_finding_is_left_out_and_their_order_is_kept(report: Report) -> None:
    data = json.loads(render_report(report))
    assert [entry["message"] for entry in data["findings"]] == [finding.message for finding in report.findings]
    assert [entry["disposition"] for entry in data["findings"]].count("active") == 5
    assert [entry["path"] for entry in data["inputs"]] == [entry.path for entry in report.inputs]


def test_an_empty_report_is_valid() -> None:
    VALIDATOR.validate(json.loads(render_report(Report("1"))))


def test_words_are_kept_as_written_whatever_they_hold() -> None:
    words = "\ud800\x1b[31m\u202e\n\u2028 é 多"
    place = Location(words, Position(1, 1), Position(1, 2), words, words)
    finding = Finding("EV001", "x", Severity.ERROR, words, place, words, (place,), words, words, words)
    text = render_report(Report("1", (finding,), (Input(words, InputState.PARSED, words, "tracker"),)))
    data = json.loads(text.encode("utf-8"))
    VALIDATOR.validate(data)
    assert data["findings"][0]["message"] == words
    assert data["inputs"][0]["path"] == words
    assert "\x1b" not in text


def test_the_schema_refuses_what_is_not_a_report(report: Report) -> None:
    data = json.loads(render_report(report))
    assert VALIDATOR.is_valid({**data, "a_field_of_tomorrow": 1})
    assert not VALIDATOR.is_valid({**data, "findings": [{**data["findings"][0], "severity": "fatal"}]})
    assert not VALIDATOR.is_valid({name: value for name, value in data.items() if name != "inputs"})
    assert not VALIDATOR.is_valid({**data, "findings": [{**data["findings"][0], "line": "7"}]})


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert render_report(report) == render_report(replace(report))
