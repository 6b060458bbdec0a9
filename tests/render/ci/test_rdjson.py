"""rdjson: by reviewdog's messages, with columns in bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft202012Validator

from gatekeeper.model.report import Report
from gatekeeper.render.ci.rdjson import render_rdjson

SCHEMA = Path(__file__).parent / "described" / "rdjson.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def test_a_report_is_as_reviewdog_defines_it(settled: Report, golden: Callable[[str, str], None]) -> None:
    text = render_rdjson(settled)
    VALIDATOR.validate(json.loads(text))
    golden("report.rdjson.json", text)


def test_columns_count_bytes(settled: Report) -> None:
    lines = {one.location.start.line: one.location.excerpt for one in settled.findings if one.location.excerpt}
    wide = next(one for one in json.loads(render_rdjson(settled))["diagnostics"] if "検索" in one["message"])
    start, end = wide["location"]["range"]["start"], wide["location"]["range"]["end"]
    line = lines[start["line"]].encode()
    assert line[start["column"] - 1 : end["column"] - 1].decode() == "docs/検索/結果.md"


def test_a_fix_is_a_suggestion_for_its_place(settled: Report) -> None:
    (fixed,) = [one for one in json.loads(render_rdjson(settled))["diagnostics"] if "suggestions" in one]
    assert fixed["suggestions"] == [{"range": fixed["location"]["range"], "text": "tools/validate-env.mjs"}]


def test_hostile_words_are_one_plain_line(hostile: Report) -> None:
    text = render_rdjson(hostile)
    result = json.loads(text)
    VALIDATOR.validate(result)
    assert not {"\n", "\r", "\x1b", "\u202e"} & set(result["diagnostics"][0]["message"])
    text.encode("utf-8")


def test_an_empty_report_has_no_diagnostics() -> None:
    result = json.loads(render_rdjson(Report("1")))
    VALIDATOR.validate(result)
    assert result["diagnostics"] == []
