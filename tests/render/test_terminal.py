"""The report that people read: goldens at every width, hostile texts, silence when all is well, and speed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.report import Input, InputState, Report
from gatekeeper.model.text import Position, SourceText, Span
from gatekeeper.render.style import Style
from gatekeeper.render.terminal import render_report

Golden = Callable[[str, str], None]
ANSI = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "\x1b[2J\x9b0m\u202e\u2066\u200b\u2028\r\n::error::[ok] all checks passed\ud800\x07"
CLEAN = Report("1", inputs=(Input("a.md", InputState.PARSED, "", "tracker", "", 2),), evidence=1)


def finding(text: str = "say `x.py`", message: str = "`x.py` is not there", path: str = "docs/a.md") -> Finding:
    source = SourceText(path, text)
    return Finding("EV001", "evidence-target-missing", Severity.ERROR, message, Location.at(source, Span(5, 9)))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_report_at_every_width(report: Report, golden: Golden, width: int) -> None:
    golden(f"report.{width}.txt", render_report(report, Style(width=width)))


def test_report_in_color(report: Report, golden: Golden) -> None:
    golden("report.color.txt", render_report(report, Style(color=True)))


def test_report_without_unicode(report: Report, golden: Golden) -> None:
    text = render_report(report, Style(unicode=False))
    assert text.isascii()
    golden("report.ascii.txt", text)


def test_verbose_report_accounts_for_everything_that_was_left_out(report: Report, golden: Golden) -> None:
    golden("report.verbose.txt", render_report(report, Style(), verbosity=2))
    once = render_report(report, Style(), verbosity=1)
    assert "package.json: no status, evidence or gate content" in once
    assert "a table has a status column" not in once


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("unicode", [True, False])
def test_color_adds_escape_sequences_and_nothing_else(report: Report, width: int, unicode: bool) -> None:
    colored = render_report(report, Style(True, width, unicode), verbosity=2)
    plain = render_report(report, Style(False, width, unicode), verbosity=2)
    assert "\x1b" not in plain
    assert ANSI.sub("", colored) == plain


def test_every_color_ends_on_its_line(report: Report) -> None:
    for line in render_report(report, Style(color=True), verbosity=2).splitlines():
        codes = ANSI.findall(line)
        assert codes[1::2] == ["\x1b[0m"] * (len(codes) // 2)
        assert len(codes) % 2 == 0


def test_all_is_well_takes_one_line_and_none_when_quiet() -> None:
    assert render_report(CLEAN, Style()) == "no findings in 1 document (2 items, 1 evidence reference)\n"
    assert render_report(CLEAN, Style(), verbosity=-1) == ""


def test_nothing_checked_is_not_called_well() -> None:
    aside = Report("1", inputs=(Input("a.json", InputState.SET_ASIDE, "no status"),))
    assert render_report(aside, Style()) == "nothing was checked; 1 file set aside\n"
    assert render_report(Report("1"), Style()) == "nothing was checked\n"


def test_quiet_shows_findings_without_summary() -> None:
    assert render_report(replace(CLEAN, findings=(finding(),)), Style(), verbosity=-1).splitlines() == [
        "docs/a.md:1:6: error[EV001] `x.py` is not there",
        "  |",
        "1 | say `x.py`",
        "  |      ^^^^",
        "  = help: `gatekeeper rule EV001` explains",
    ]


def test_waived_and_baselined_findings_are_counted_and_not_shown() -> None:
    accepted = tuple(replace(finding(), disposition=state) for state in (Disposition.WAIVED, Disposition.BASELINED))
    text = render_report(replace(CLEAN, findings=accepted), Style())
    assert text == "no findings in 1 document (2 items, 1 evidence reference); 1 waived, 1 baselined\n"


def test_findings_keep_the_order_of_the_report(report: Report) -> None:
    heads = re.findall(r"^(docs/\S+): (?:error|warning|note)", render_report(report, Style()), re.MULTILINE)
    assert heads == [
        "docs/empty.md:1:1",
        "docs/tracker.md:7:21",
        "docs/tracker.md:7:29",
        "docs/tracker.md:8:29",
        "docs/tracker.md:9:24",
    ]


def test_line_numbers_of_a_finding_and_its_related_place_share_a_gutter() -> None:
    related = Location("b.md", Position(1200, 1), Position(1200, 4), "abc", "there")
    lines = render_report(Report("1", (replace(finding(), related=(related,)),)), Style(), -1).splitlines()
    assert lines[2] == "   1 | say `x.py`"
    assert lines[4] == "    ::: b.md:1200:1: there"
    assert lines[6:8] == ["1200 | abc", "     | ---"]


def test_a_place_without_text_has_no_source_line() -> None:
    whole = Finding("DC006", "placeholder-tree", Severity.NOTE, "empty", Location.whole("a.md"), "fill it")
    assert render_report(Report("1", (whole,)), Style(), -1) == "a.md:1:1: note[DC006] empty\n  = help: fill it\n"


@pytest.mark.parametrize("style", [Style(), Style(color=True), Style(unicode=False)])
def test_hostile_text_in_every_field_stays_on_its_line_and_moves_nothing(style: Style) -> None:
    place = Location(HOSTILE, Position(1, 3), Position(1, 30), HOSTILE * 3, HOSTILE)
    bad = Finding(HOSTILE, HOSTILE, Severity.ERROR, HOSTILE, place, HOSTILE, (place,), HOSTILE, HOSTILE, HOSTILE)
    inputs = tuple(Input(HOSTILE, state, HOSTILE, HOSTILE) for state in InputState)
    hostile = Report("1", (bad, replace(bad, disposition=Disposition.WAIVED)), inputs)
    good = finding()
    tame = replace(
        hostile, findings=(replace(good, related=(good.location,)), replace(good, disposition=Disposition.WAIVED))
    )
    text = render_report(hostile, style, verbosity=2)
    left = ANSI.sub("", text) if style.color else text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u202e\u2066\ud800]", left)
    assert left.count("\n") == render_report(tame, style, verbosity=2).count("\n")
    assert not re.search(r"^::", left, re.MULTILINE)
    assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.parametrize(
    "line",
    [
        "| 01 | title | Done | `src/x.py` | owner |",
        "| 多言語 ✅ | `src/x.py` | — |",
        "— " + "y" * 5000 + " `src/x.py`" + "z" * 5000,
    ],
)
def test_ten_thousand_findings_take_less_than_half_a_second(line: str) -> None:
    start = line.index("src/x.py")
    place = Location.at(SourceText("docs/a.md", line), Span(start, start + 8))
    many = tuple(
        Finding(
            "EV001", "evidence-target-missing", Severity.ERROR, f"evidence `src/{n}.py` is not there", place, "help"
        )
        for n in range(10_000)
    )
    best = 9.0
    for _ in range(3):
        begun = time.process_time()
        render_report(Report("1", many), Style(color=True, width=100))
        best = min(best, time.process_time() - begun)
    assert best < 0.5
