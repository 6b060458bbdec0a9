"""GitLab's Code Quality report: by its description, each entry once, and steady when lines move."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft202012Validator
from msgspec.structs import replace

from gatekeeper.model.report import Report
from gatekeeper.render.ci.gitlab import render_gitlab

SCHEMA = Path(__file__).parent / "described" / "code-quality.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def test_a_report_is_as_gitlab_describes_it(settled: Report, golden: Callable[[str, str], None]) -> None:
    text = render_gitlab(settled)
    VALIDATOR.validate(json.loads(text))
    golden("report.gitlab.json", text)
    assert not text.startswith("\ufeff")


def test_severities_are_mapped_and_what_is_accepted_is_left_out(settled: Report) -> None:
    entries = json.loads(render_gitlab(settled))
    assert [one["severity"] for one in entries] == ["info", "major", "major", "major", "minor"]


def test_fingerprints_are_unique_even_where_findings_are_equal(settled: Report) -> None:
    doubled = replace(settled, findings=settled.findings * 3)
    prints = [one["fingerprint"] for one in json.loads(render_gitlab(doubled))]
    assert len(set(prints)) == len(prints) == 15
    VALIDATOR.validate(json.loads(render_gitlab(replace(settled, findings=(replace(settled.findings[0]),)))))


def test_hostile_words_are_one_plain_line(hostile: Report) -> None:
    text = render_gitlab(hostile)
    (entry,) = json.loads(text)
    VALIDATOR.validate([entry])
    assert not {"\n", "\r", "\x1b", "\u202e"} & set(entry["description"])
    text.encode("utf-8")


def test_an_empty_report_is_an_empty_list() -> None:
    assert render_gitlab(Report("1")) == "[]\n"
