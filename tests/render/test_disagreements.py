"""The view of who says what of which item."""

from __future__ import annotations

import json
from collections.abc import Callable

from gatekeeper.model.finding import Location
from gatekeeper.model.report import Change, Disagreement, Report, Saying
from gatekeeper.model.status import Status
from gatekeeper.model.text import Position
from gatekeeper.render.disagreements import render_disagreements
from gatekeeper.render.json_report import render_report
from gatekeeper.render.style import Style

COMMIT = Change("3f0bccc5821773d5e62be0342e1f3b3edc066b11", "2026-03-01")


def said(path: str, line: int, raw: str, status: Status, who: str = "", since: Change | None = COMMIT) -> Saying:
    return Saying(Location(path, Position(line, 5), Position(line, 5)), who, raw, status, since)


REPORT = Report(
    "1",
    disagreements=(
        Disagreement(
            "Sprint 02",
            (
                said("docs/index.md", 12, "Planned", Status.QUEUED),
                said("docs/sprint 02/closeout.md", 4, "PASS", Status.DONE, "quality", None),
                said("docs/检查.md", 120, "已完成，" + "但仍有缺陷" * 12, Status.DONE, "platform team"),
            ),
            ("ST003", "ST004"),
        ),
        Disagreement(
            "F1-E2",
            (said("a.md", 1, "Done", Status.DONE, "api"), said("b.md", 2, "\x1b[2JQueued\n", Status.QUEUED, "web")),
        ),
    ),
)


def test_the_view_lists_each_place_with_its_status_owner_and_commit(golden: Callable[[str, str], None]) -> None:
    golden("disagreements.txt", render_disagreements(REPORT, Style()))


def test_the_view_is_plain_where_the_terminal_is() -> None:
    text = render_disagreements(REPORT, Style(unicode=False))
    assert text.isascii()
    assert "\x1b" not in text


def test_without_any_history_no_line_is_called_uncommitted() -> None:
    report = Report("1", disagreements=(Disagreement("1", (said("a.md", 1, "Done", Status.DONE, "", None),) * 2),))
    assert render_disagreements(report, Style()).splitlines()[1] == "  Done → done  a.md:1:5"


def test_where_nobody_disagrees_it_says_so() -> None:
    assert render_disagreements(Report("1", disagreements=()), Style()) == "no item has two statuses\n"


def test_as_json_it_is_null_unless_asked_for() -> None:
    assert json.loads(render_report(Report("1")))["contradictions"] is None
    first = json.loads(render_report(REPORT))["contradictions"][0]
    assert first["codes"] == ["ST003", "ST004"]
    assert first["sayings"][0] == {
        "path": "docs/index.md",
        "line": 12,
        "column": 5,
        "who": "",
        "raw_status": "Planned",
        "status": "queued",
        "since": COMMIT.commit,
        "since_date": "2026-03-01",
    }
    assert first["sayings"][1]["since"] is None
