"""The report of a packet: every gate with its claims, evidence, digests, waivers and sign-offs, on paper a page of its own."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.model.exception.waiver import Standing, Waiver, WaiverUse
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.gate.verdict import Demand, Gate, GateState, Requirement
from gatekeeper.model.packet.content import LeftOut, PackedFile
from gatekeeper.model.report import Change, Report, Saying
from gatekeeper.model.status import Status
from gatekeeper.model.text import Position
from gatekeeper.model.view.board import Board, ItemView, Proof, ProofState
from gatekeeper.render.board.data import board_data
from gatekeeper.render.board.links import Links
from gatekeeper.render.packet.page import render_report_html
from gatekeeper.render.packet.report import render_report_md
from gatekeeper.render.packet.sheets import Sheet, find_report

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = os.environ.get("GATEKEEPER_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
COMMIT = "3f0bccc5821773d5e62be0342e1f3b3edc066b11"
EVIL = "<script>alert(1)</script> \u202e| `x` @everyone"


def at(path: str, line: int) -> Location:
    return Location(path, Position(line, 1), Position(line, 1))


def packed(path: str, role: str = "evidence", digit: str = "a") -> PackedFile:
    date = "2026-02-01T00:00:00Z"
    return PackedFile(path, f"evidence/{path}", role, True, 12, digit * 64, "b" * 40, COMMIT, date)


FILES = (
    packed("docs/launch.md", "document", "1"),
    packed("law.txt", "evidence", "2"),
    packed("runs/a.txt", "evidence", "3"),
    packed("runs/b.txt", "evidence", "4"),
    packed("runs0.txt", "evidence", "5"),
)


def board() -> Board:
    proofs = (
        Proof("runs/", ProofState.FOUND, "runs", 5),
        Proof("gone.txt", ProofState.MISSING, "", 5),
        Proof("runs/", ProofState.FOUND, "runs", 6),
    )
    items = (
        ItemView(
            at("docs/launch.md", 5),
            "B-1",
            "task",
            "Load buoys",
            "Shipped!",
            Status.DONE,
            gate="Launch gate",
            evidence=proofs,
            changed=Change(COMMIT, "2026-02-03"),
        ),
        ItemView(at("docs/other.md", 9), "", "task", EVIL, "WIP", Status.IN_PROGRESS, gate=EVIL),
    )
    place = at("law.txt", 3)
    launch = Gate(
        "Launch gate",
        GateState.WAIVED,
        "Sprint 4",
        ("Go live",),
        "Ada",
        (
            Requirement("artifact:law.txt", Demand.ARTIFACT, "law.txt there", GateState.MET, "it is there", (place,)),
            Requirement("approvals", Demand.APPROVAL, "signed off", GateState.WAIVED, "'Bo' is waived", (place,) * 7),
        ),
        (Saying(at("docs/launch.md", 2), "the board", "GO", Status.DONE),),
        None,
        (at("docs/launch.md", 1),),
    )
    waiver = Waiver("EV001", at("waivers.yml", 2), "until the tide", "2026-03-31", owner="Cy", approved_by="Di")
    found = Finding("EV001", "missing-evidence", Severity.ERROR, "it is not there", at("docs/launch.md", 5))
    covered = WaiverUse(waiver, Standing.IN_FORCE, (found,), 30)
    report = Report(version="0.1.0", findings=(found,), waivers=(covered,), revision=COMMIT)
    return Board(report, (launch, Gate(EVIL, GateState.UNKNOWN)), items, today="2026-03-01", title="harbor")


@pytest.fixture
def sheet() -> Sheet:
    return find_report(board_data(board(), Links()), FILES, ()).sheets[0]


def rows(sheet: Sheet, title: str) -> tuple[tuple[str, ...], ...]:
    return next(table.rows for table in sheet.tables if table.title == title)


def test_a_gate_shows_its_claims_with_their_words_and_places(sheet: Sheet) -> None:
    assert sheet.state == "waived"
    assert sheet.facts == (("Closes", "Sprint 4"), ("Owner", "Ada"), ("Also called", "Go live"))
    assert rows(sheet, "Claims") == (
        ("the gate, by the board", "GO", "done", "docs/launch.md:2", ""),
        ("B-1 Load buoys", "Shipped!", "done", "docs/launch.md:5", "2026-02-03 3f0bccc58217"),
    )


def test_evidence_is_told_once_with_every_file_that_it_leads_to(sheet: Sheet) -> None:
    last = "2026-02-01 3f0bccc58217"
    assert rows(sheet, "Evidence") == (
        ("runs/", "found", "runs/a.txt", "3" * 64, last),
        ("runs/", "found", "runs/b.txt", "4" * 64, last),
        ("gone.txt", "missing", "", "", ""),
        ("law.txt there", "met", "law.txt", "2" * 64, last),
    )


def test_sign_offs_and_waivers_stand_with_the_gate_that_they_are_about(sheet: Sheet) -> None:
    (signed,) = rows(sheet, "Sign-offs")
    assert signed[:3] == ("signed off", "waived", "'Bo' is waived")
    assert signed[3].endswith("law.txt:3, and 2 more")
    ((code, _, until, *rest),) = rows(sheet, "Waivers")
    assert (code, until, rest) == ("EV001", "2026-03-31", ["Cy", "Di", "until the tide"])
    other = find_report(board_data(board(), Links()), FILES, ()).sheets[1]
    assert [table.title for table in other.tables if not table.rows] == [
        "Requirements",
        "Evidence",
        "Waivers",
        "Sign-offs",
    ]


def test_markdown_and_html_tell_the_same_and_hostile_words_stay_words() -> None:
    report = find_report(board_data(board(), Links()), FILES, (LeftOut(".env", "never packed"),))
    text, page = render_report_md(report), render_report_html(report)
    for words in ("Launch gate", "3" * 64, "never packed", "missing-evidence", "until the tide"):
        assert words in text
        assert words in page
    assert "<script" not in text.replace("\\<", "")
    assert "<script" not in page
    assert "\u202e" not in text + page
    assert "@everyone" not in text


def test_on_paper_each_gate_begins_a_page(tmp_path: Path) -> None:
    if BROWSER is None:
        pytest.skip("THE REPORT WAS NOT PRINTED: no chromium here (.ci/run installs it on Debian)")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'"
    )
    file = tmp_path / "report.html"
    file.write_text(render_report_html(find_report(board_data(board(), Links()), FILES, ())), "utf-8")
    said: list[str] = []
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page: Any = chromium.new_context(viewport={"width": 800, "height": 900}, offline=True).new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(file.as_uri())
        page.emulate_media(media="print")
        breaks = page.eval_on_selector_all("section", "all => all.map(one => getComputedStyle(one).breakBefore)")
        tall = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sections = page.eval_on_selector_all(".sheet", "all => all.map(one => one.querySelectorAll('h3').length)")
        printed = page.pdf(prefer_css_page_size=True)
        chromium.close()
    assert said == []
    assert breaks == ["page"] * 3
    assert sections == [5, 5]
    assert tall
    # The cover, a page for each gate, and the annex.
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 4
