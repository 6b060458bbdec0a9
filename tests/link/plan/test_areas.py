"""Areas with plans of their own."""

from __future__ import annotations

import pytest

from gatekeeper.link.plan.areas import Areas, are_mirrored, is_nested

PATHS = ("apps/web/docs/tracker.md", "apps/api/docs/tracker.md", "apps/api/docs/old/tracker.md", "docs/roadmap.md")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("apps/web/docs", "apps/api/docs", True),
        ("apps/api", "apps/web/sprints/first", True),
        ("apps/web/docs", "apps/web/sprints", False),
        ("apps/web", "apps/web", False),
        ("apps/web", "apps", False),
        ("apps/web", "apps/shop", False),
        ("apps/web", "apps/website", False),
        ("apps/web", "docs", False),
        ("", "apps/web", False),
        ("apps/api/docs", "apps/api/docs/old", False),
    ],
)
def test_areas_stand_beside_each_other_and_hold_one_file_name(one: str, other: str, expected: bool) -> None:
    areas = Areas(PATHS)
    assert areas.are_apart(one, other) is areas.are_apart(other, one) is expected


@pytest.mark.parametrize(
    ("folder", "expected"), [("", True), ("apps", True), ("apps/web", False), ("docs", False), ("app", False)]
)
def test_what_lies_above_areas(folder: str, expected: bool) -> None:
    assert Areas(PATHS).is_above(folder) is expected


def test_areas_of_areas() -> None:
    areas = Areas(["a/1/x/plan.md", "a/1/y/plan.md", "a/2/z/plan.md"])
    assert areas.are_apart("a/1/x", "a/1/y")
    assert areas.are_apart("a/1/x", "a/2/z")
    assert not Areas(["a/plan.md"]).are_apart("a", "b")


def test_mirrored_documents_have_one_name_in_folders_beside_each_other() -> None:
    assert are_mirrored("a/plan.md", "b/plan.md")
    assert not are_mirrored("a/plan.md", "b/board.md")
    assert not are_mirrored("a/plan.md", "a/b/plan.md")
    assert not are_mirrored("plan.md", "b/plan.md")


def test_a_folder_holds_itself_and_what_is_below() -> None:
    assert is_nested("a", "a/b")
    assert is_nested("a/b", "a")
    assert is_nested("", "a")
    assert is_nested("a", "a")
    assert not is_nested("a", "ab")
