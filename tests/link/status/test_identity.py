"""Ids of one thing have one key."""

from __future__ import annotations

import pytest

from gatekeeper.link.status.identity import above_of, is_distinctive, key_of, leading_key, normal_key, slug_key
from gatekeeper.model.document import WorkItem
from gatekeeper.model.text import Span


@pytest.mark.parametrize(
    ("text", "kind"),
    [("01", "sprint"), ("1", "sprint"), ("Sprint 01", "item"), ("sprint-01", "item"), ("SPRINT 1", "epic")],
)
def test_spellings_of_one_sprint_have_one_key(text: str, kind: str) -> None:
    assert normal_key(text, kind) == "sprint 1"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("F1-E1", "f1-e1"),
        ("AI_OPS-09", "ai-ops-09"),
        ("`E2`", "e2"),
        ("TW-E1", "tw-e1"),
        ("Milestone M2", "m2"),
        ("§ 11", "§11"),
        ("§2.1", "§2.1"),
        ("Phase 3.7", "phase 3.7"),
        ("Phase 3.10", "phase 3.10"),
        ("Chunk A", "chunk a"),
        ("Phase II", "phase ii"),
        ("Étape 2", "phase 2"),
        ("阶段 2", "phase 2"),
        ("Gate\u00a09", "gate 9"),
    ],
)
def test_a_key_is_the_id_without_its_spelling(text: str, key: str) -> None:
    assert normal_key(text) == key


@pytest.mark.parametrize(
    "text", ["1", "#12", "Backend", "S1\u2013S4", "P1", "L2", "K8s", "SOC2", "OAuth2", "v2", "13+ tests"]
)
def test_running_numbers_words_ranges_and_levels_are_no_identity(text: str) -> None:
    assert normal_key(text) is None


def test_a_number_is_an_identity_only_for_a_kind_of_work() -> None:
    assert key_of(WorkItem("sprint", "t", Span(0, 1), id="07")) == "sprint 7"
    assert key_of(WorkItem("criterion", "t", Span(0, 1), id="07")) is None
    assert key_of(WorkItem("sprint", "t", Span(0, 1))) is None


@pytest.mark.parametrize(
    ("key", "is_one_of_a_kind"),
    [
        ("ai-ops-09", True),
        ("f1-e1", True),
        ("hb-sea-07", True),
        ("proj-123", True),
        ("tw-e1", True),
        ("tw-e1-s2", True),
        ("ac-t1", True),
        ("task-a1", False),
        ("x-b2", False),
        ("task-3", False),
        ("fr-7", False),
        ("t001", False),
        ("e2", False),
        ("sprint 3", False),
        ("phase 3.7", False),
    ],
)
def test_only_some_ids_tell_a_thing_from_all_others(key: str, is_one_of_a_kind: bool) -> None:
    assert is_distinctive(key) is is_one_of_a_kind


@pytest.mark.parametrize(
    ("text", "above"), [("1-2", "1"), ("03.4", "3"), ("7", None), ("F1-E1", None), ("1-2-3", None)]
)
def test_a_parted_number_names_the_unit_above(text: str, above: str | None) -> None:
    assert above_of(text) == above


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Phase 1: Audit", "phase 1"),
        ("Sprint 03 \u2014 Tenants", "sprint 3"),
        ("Sprint 3", "sprint 3"),
        ("Phase 3 tasks: all", None),
        ("Sprints 1-3", None),
        ("After Phase 2", None),
    ],
)
def test_a_title_begins_with_a_unit_only_where_it_is_set_off(text: str, key: str | None) -> None:
    assert leading_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("1-6-sign-in-page", "story 1.6"), ("1-6", None), ("1-6-retrospective", None), ("10-20-minutes a day", None)],
)
def test_a_slug_of_two_numbers_and_words_names_a_story(text: str, key: str | None) -> None:
    assert slug_key(text) == key
