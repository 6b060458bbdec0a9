"""Globs over listings."""

from __future__ import annotations

import time

import pytest

from gatekeeper.link.glob import fixed_folder, match_glob


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.md", "a.md", True),
        ("*.md", "docs/a.md", False),
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "docs/x/a.md", False),
        ("docs/**/a.md", "docs/a.md", True),
        ("docs/**/a.md", "docs/x/y/a.md", True),
        ("docs/**", "docs/x/y", True),
        ("**", "a/b/c", True),
        ("**/b/**/d", "a/b/c/b/c/d", True),
        ("**/b/**/d", "a/b/c/b/c/e", False),
        ("a/**/b", "a/b/c", False),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("a*b*c", "aXbXbc", True),
        ("a*b*c", "aXbXbcX", False),
        ("run-[0-9].log", "run-7.log", True),
        ("run-[!0-9].log", "run-7.log", False),
        ("run-[^0-9].log", "run-x.log", True),
        ("[id]/*.tsx", "[id]/page.tsx", True),
        ("[abc", "[abc", True),
        ("x.{ts,tsx}", "x.tsx", True),
        ("x.{ts,tsx}", "x.js", False),
        ("{a,b}/{c,d}", "b/c", True),
        ("{a}", "{a}", True),
        ("", "a", False),
    ],
)
def test_match(pattern: str, path: str, expected: bool) -> None:
    assert match_glob(pattern, [path]) == ((path,) if expected else ())


def test_hits_keep_the_order_of_the_listing() -> None:
    assert match_glob("*", ["c", "a/x", "b"]) == ("c", "b")


@pytest.mark.parametrize(
    ("pattern", "folder"),
    [("docs/a/*.md", "docs/a"), ("*.md", ""), ("docs/**/x/*.md", "docs"), ("a/b", "a"), ("a/[id]/*", "a")],
)
def test_fixed_folder(pattern: str, folder: str) -> None:
    assert fixed_folder(pattern) == folder


@pytest.mark.parametrize(
    "pattern", ["*a" * 200 + "b", "**/" * 200 + "b", "{a,b}" * 100, "?" * 500 + "*" * 500 + "b", "[a-z]*" * 100 + "!"]
)
def test_no_pattern_is_slow(pattern: str) -> None:
    paths = ["a" * 200, "/".join("a" * 200)]
    started = time.perf_counter()
    assert match_glob(pattern, paths) == ()
    assert time.perf_counter() - started < 2
