"""Names of units of work, gates, identifiers and dates: one line a spelling."""

from __future__ import annotations

import pytest

from gatekeeper.parse.words.identity import (
    Unit,
    find_coded_unit,
    find_date,
    find_gate_name,
    find_unit,
    split_leading_id,
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Sprint 03: Foundation", Unit("sprint", "Sprint 03", "03", "Foundation")),
        ("Sprint 03", Unit("sprint", "Sprint 03", "03", "Sprint 03")),
        ("Chunk A - Core", Unit("chunk", "Chunk A", "A", "Core")),
        ("Phase 3.4 \u2014 Cut over", Unit("phase", "Phase 3.4", "3.4", "Cut over")),
        ("Phase 2b: More", Unit("phase", "Phase 2b", "2b", "More")),
        ("Phase II: Build", Unit("phase", "Phase II", "II", "Build")),
        ("PHASE 2", Unit("phase", "PHASE 2", "2", "PHASE 2")),
        ("Gate 7 Completion", Unit("gate", "Gate 7", "7", "Gate 7 Completion")),
        ("Epic #4: Search", Unit("epic", "Epic 4", "4", "Search")),
        ("Epic 1.2.3: Deep", Unit("epic", "Epic 1.2.3", "1.2.3", "Deep")),
        ("User Story 12: Log in", Unit("story", "User Story 12", "12", "Log in")),
        ("Story AI-INFRA-001: Wire", Unit("story", "AI-INFRA-001", "AI-INFRA-001", "Wire")),
        ("Task T-12: Do it", Unit("task", "T-12", "T-12", "Do it")),
        ("Milestone M2: Beta", Unit("milestone", "Milestone M2", "M2", "Beta")),
        ("Workstream B: API", Unit("chunk", "Workstream B", "B", "API")),
        ("Спринт 3: Поиск", Unit("sprint", "Спринт 3", "3", "Поиск")),
        ("Progress Update 12", Unit("entry", "Progress Update 12", "12", "Progress Update 12")),
        ("\u00c9tape 2 : Essai", Unit("phase", "\u00c9tape 2", "2", "Essai")),
        ("Fase 1: Inicio", Unit("phase", "Fase 1", "1", "Inicio")),
        ("Aufgabe 3 - Bauen", Unit("task", "Aufgabe 3", "3", "Bauen")),
        ("\u042d\u0442\u0430\u043f 3. \u0422\u0435\u0441\u0442", Unit("phase", "\u042d\u0442\u0430\u043f 3", "3", "\u0422\u0435\u0441\u0442")),
        ("\u9636\u6bb5 2: \u8bbe\u8ba1", Unit("phase", "\u9636\u6bb5 2", "2", "\u8bbe\u8ba1")),
        ("\u7b2c 3 \u9636\u6bb5\uff1a\u6d4b\u8bd5", Unit("phase", "\u7b2c 3 \u9636\u6bb5", "3", "\u6d4b\u8bd5")),
        *((text, None) for text in (
            "Sprint", "Sprinting 3", "Gatekeeper 3", "Step 3", "Phase 50% done", "Phase 1-4", "Phase 1 to 4", "Phases 1 to 4",
            "Sprint 1 \u2013 3", "Phase I", "Phase A's end", "The Sprint 3", "", "3",
        )),
    ],
)  # fmt: skip
def test_a_heading_names_a_unit_of_work(text: str, unit: Unit | None) -> None:
    assert find_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("S0 \u2014 Scaffold", ("S0", "Scaffold")),
        ("S1\u2013S4 \u2014 Backend", ("S1\u2013S4", "Backend")),
        ("AI-7: Router", ("AI-7", "Router")),
        ("S2 - Wire", ("S2", "Wire")),
        ("Foo: x", None),
        ("S0 Scaffold", None),
        ("E2E: tests", None),
    ],
)
def test_a_heading_names_a_unit_by_its_code(text: str, found: tuple[str, str] | None) -> None:
    unit = find_coded_unit(text)
    assert (unit and (unit.id, unit.title)) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CI/CD Gate", "CI/CD Gate"),
        ("Sprint 3: CI/CD Gate Evidence", "CI/CD Gate"),
        ("Tenant Isolation gate", "Tenant Isolation gate"),
        ("Release Readiness Gate (GA)", "Release Readiness Gate"),
        ("Quality Gate: Beta", "Quality Gate"),
        ("Gate 7", None),
        ("data gate", None),
        ("gate evidence packet", None),
        ("Gateway", None),
        ("", None),
        ("Security & Privacy Gate", "Security & Privacy Gate"),
        ("The gate", None),
    ],
)  # fmt: skip
def test_a_heading_names_a_gate(text: str, name: str | None) -> None:
    assert find_gate_name(text) == name


@pytest.mark.parametrize(
    ("text", "identifier", "rest"),
    [
        ("AI-INFRA-001: Wire it", "AI-INFRA-001", "Wire it"),
        ("`F1-E1-S1` do", "F1-E1-S1", "do"),
        ("**T12** text", "T12", "text"),
        ("[G1] Integrity", "G1", "Integrity"),
        ("G1 - Integrity", "G1", "Integrity"),
        ("S3.2 foo", "S3.2", "foo"),
        ("FR1.2: x", "FR1.2", "x"),
        ("US_12 x", "US_12", "x"),
        ("P0: x", "P0", "x"),
        ("#12 fix", "#12", "fix"),
        ("\u00a7 3.1 Law", "\u00a7 3.1", "Law"),
        ("1-2-Login", "1-2", "Login"),
        ("API-DESIGN: x", "API-DESIGN", "x"),
        ("A-1", "A-1", "A-1"),
        *((text, None, text) for text in ("plain words", "API design", "A", "a-1", "2026-01-02 x", "RFC 3339", "TODO-list", "")),
    ],
)  # fmt: skip
def test_an_identifier_leads_its_words(text: str, identifier: str | None, rest: str) -> None:
    assert split_leading_id(text) == (identifier, rest)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-01-02", "2026-01-02"),
        ("on 2026/1/2 we met", "2026-01-02"),
        ("2026.12.31", "2026-12-31"),
        ("2026\u5e742\u67087\u65e5", "2026-02-07"),
        ("1999-12-31 and 2000-01-01", "1999-12-31"),
        *((text, None) for text in ("2026-13-01", "2026-01-00", "20260102", "12026-01-02", "2026-01-023", "07.02.2026", "2026-01", "")),
        ("2026-02-30", None),
        ("0000-01-01", None),
    ],
)  # fmt: skip
def test_a_date_is_one_that_the_calendar_has(text: str, date: str | None) -> None:
    assert find_date(text) == date
