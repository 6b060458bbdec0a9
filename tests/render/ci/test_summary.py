"""The job summary: GitHub Flavored Markdown that keeps its shape, within what GitHub takes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from gatekeeper.model.report import Report
from gatekeeper.render.ci.summary import SUMMARY_BYTES, render_summary

CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
COMMONMARK = MarkdownIt("commonmark").enable("table")


def test_a_report_reads_well(settled: Report, golden: Callable[[str, str], None]) -> None:
    golden("report.summary.md", render_summary(settled))


def test_errors_come_first(settled: Report) -> None:
    rows = [line for line in render_summary(settled).splitlines() if line.startswith(("| ❌", "| ⚠️", "| ℹ️"))]
    assert [row.split(" ")[2] for row in rows] == ["error", "error", "error", "warning", "note"]


def test_a_table_keeps_its_shape_and_nothing_is_markup(hostile: Report) -> None:
    html = COMMONMARK.render(render_summary(hostile))
    assert html.count("<td>") == 3
    assert "<b>" not in html
    assert "<a " not in html
    assert "@team" not in CODE.sub("", html)


@pytest.mark.parametrize("room", [SUMMARY_BYTES, 20_000])
def test_what_does_not_fit_is_said(room: int, many: Callable[[int], Report]) -> None:
    text = render_summary(many(6_000), room)
    assert len(text.encode()) <= room
    assert " left out: GitHub takes at most 1 MiB" in text
    assert text.count("\n| ") > 20


def test_a_pass_and_nothing_checked_differ(settled: Report) -> None:
    assert "✅ no findings" in render_summary(replace(settled, findings=()))
    assert "❌ nothing was checked" in render_summary(Report("1"))
