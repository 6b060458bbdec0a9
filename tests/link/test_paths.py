"""Paths as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.link.paths import (
    is_askable,
    is_foreign,
    is_site_route,
    is_system_path,
    is_variable,
    iter_spellings,
    join_path,
)


@pytest.mark.parametrize(
    ("folder", "path", "joined"),
    [
        ("", "a/b", "a/b"),
        ("docs", "a", "docs/a"),
        ("docs/x", "../a", "docs/a"),
        ("docs", "..", ""),
        ("docs", "../..", None),
        ("", "..", None),
        ("docs", "/a", "a"),
        ("docs", "./a//b/.", "docs/a/b"),
        ("docs", "", "docs"),
        ("", "a/../../a", None),
    ],
)
def test_join(folder: str, path: str, joined: str | None) -> None:
    assert join_path(folder, path) == joined


@given(st.text(alphabet="ab./", max_size=12), st.text(alphabet="ab./\\~:", max_size=20))
def test_what_is_joined_stays_inside(folder: str, path: str) -> None:
    joined = join_path(join_path("", folder) or "", path)
    assert joined is None or (
        not joined.startswith("/") and not {"", ".", ".."} & set(joined.split("/") if joined else [])
    )


def test_the_spelling_alone_tells_what_is_foreign() -> None:
    assert all(map(is_foreign, ["C:\\x", "c:/x", "D:", "~/x", "~", "~mira/x", "\\\\s\\x", "//s/x", "a\0b"]))
    assert not any(map(is_foreign, ["a/b", "C++/x", "a:b", "~$lock.docx", "../x", "/tmp/x", "abc:/x"]))


def test_other_spellings_are_told_apart() -> None:
    assert is_system_path("/tmp/x")
    assert not is_system_path("tmp/x")
    assert not is_system_path("/docs/x")
    assert is_variable("$HOME/x")
    assert not is_variable("a$/x")
    assert is_site_route("../../pull/3")
    assert not is_site_route("../pulling/3")
    assert not is_askable("x" * 256)
    assert is_askable("x" * 255 + "/y")


def test_spellings_begin_with_what_is_written() -> None:
    assert list(iter_spellings("a/b", is_link=True)) == ["a/b"]
    assert list(iter_spellings("a\\_b", is_link=False)) == ["a\\_b", "a/_b", "a_b"]
    assert list(iter_spellings("a?b", is_link=True)) == ["a?b", "a"]
    assert list(iter_spellings("a?b", is_link=False)) == ["a?b"]
