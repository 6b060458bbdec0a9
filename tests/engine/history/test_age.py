"""Findings grow old: since when their line reads so, and what the law makes of that."""

from __future__ import annotations

import pytest

from gatekeeper.engine.history.age import find_ages
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.finding import Severity
from gatekeeper.policy.policy import Policy, RuleSetting
from gatekeeper.repo.worktree import open_tree

BOARD = "| ID | Item | Status | Evidence |\n|---|---|---|---|\n| K-01 | Kiln | Done | `src/kiln.py` |\n"
LATER = "| K-02 | Glaze | Done | `src/glaze.py` |\n"


@pytest.fixture
def aged(chronicle):
    """Two faults: one committed on March 1, another on March 20; a third stands in the work tree alone."""
    chronicle.commit("2026-03-01", {"board.md": BOARD})
    chronicle.commit("2026-03-20", {"board.md": BOARD + LATER})
    (chronicle.root / "board.md").write_text(BOARD + LATER + "| K-03 | Clay | Done | `src/clay.py` |\n")
    return chronicle


def report_of(chronicle, today: str, **setting: object):
    policy = Policy(rules={"EV001": RuleSetting(**setting)})
    return check(open_tree(None, str(chronicle.root)), RunSettings(today=today, policy=policy))


def levels(chronicle, today: str, **setting: object) -> list[str]:
    return [one.severity.value for one in report_of(chronicle, today, **setting).findings if one.code == "EV001"]


def test_a_finding_is_as_old_as_its_line(aged) -> None:
    report = report_of(aged, "2026-03-31")
    ages = find_ages(report.findings, open_tree(None, str(aged.root)), "2026-03-31")
    assert [
        (one.finding.subject or one.finding.code, one.since.date if one.since else None, one.days) for one in ages
    ] == [
        ("src/kiln.py", "2026-03-01", 30),
        ("src/glaze.py", "2026-03-20", 11),
        ("src/clay.py", None, None),
    ]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-03-30", ["warning", "warning", "warning"]),
        ("2026-03-31", ["error", "warning", "warning"]),
        ("2026-04-19", ["error", "error", "warning"]),
    ],
)
def test_the_law_hardens_what_is_old(aged, today: str, expected: list[str]) -> None:
    assert levels(aged, today, severity=Severity.WARNING, harden_after_days=30) == expected


def test_a_note_becomes_a_warning_and_an_error_stays_one(aged) -> None:
    assert levels(aged, "2026-12-31", severity=Severity.NOTE, harden_after_days=1) == ["warning", "warning", "note"]
    assert levels(aged, "2026-12-31", harden_after_days=1) == ["error"] * 3
    assert levels(aged, "2026-12-31", severity=Severity.WARNING) == ["warning"] * 3


def test_it_says_why_and_stays_the_same_finding(aged) -> None:
    soft = report_of(aged, "2026-12-31", severity=Severity.WARNING).findings
    hard = report_of(aged, "2026-12-31", severity=Severity.WARNING, harden_after_days=1).findings
    assert [one.fingerprint for one in soft] == [one.fingerprint for one in hard]
    assert "305 days old (since " in hard[0].help
    assert hard[0].help.endswith("so it counts as error")


def test_without_history_nothing_hardens(tmp_path) -> None:
    (tmp_path / "board.md").write_text(BOARD)
    policy = Policy(rules={"EV001": RuleSetting(severity=Severity.WARNING, harden_after_days=1)})
    report = check(open_tree(None, str(tmp_path)), RunSettings(today="2030-01-01", policy=policy))
    assert [one.severity for one in report.findings] == [Severity.WARNING]
