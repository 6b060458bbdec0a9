"""Heading anchors: the ones that GitHub gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.parse.reader import parse_document
from gatekeeper.parse.syntax.anchors import heading_anchors


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Getting started", "getting-started"),
        ("  Blanks  ", "blanks"),
        ("Two  blanks", "two--blanks"),
        ("C++ & C#", "c--c"),
        ("What's new?", "whats-new"),
        ("v1.2.3 (beta)", "v123-beta"),
        ("snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("A \u2014 B", "a--b"),
        ("\u2705 Done", "-done"),
        ("Done \u2705", "done-"),
        ("\u00c9t\u00e9 \u00e0 Paris", "\u00e9t\u00e9-\u00e0-paris"),
        ("\u5b8c\u6210 \u72b6\u6001", "\u5b8c\u6210-\u72b6\u6001"),
        ("\u0413\u043e\u0442\u043e\u0432\u043e", "\u0433\u043e\u0442\u043e\u0432\u043e"),
        ("10% / 20%", "10--20"),
        ("a/b", "ab"),
        ("...", ""),
        ("", ""),
        # combining marks are words to GitHub
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
    ],
)  # fmt: skip
def test_a_title_becomes_its_anchor(title: str, anchor: str) -> None:
    assert heading_anchors([title]) == (anchor,)


@pytest.mark.parametrize(
    ("titles", "anchors"),
    [
        (["a", "a", "a"], ("a", "a-1", "a-2")),
        (["A!", "a", "a?"], ("a", "a-1", "a-2")),
        (["a", "b", "a"], ("a", "b", "a-1")),
        (["", ""], ("", "-1")),
        (["a", "a", "a-1"], ("a", "a-1", "a-1-1")),
        (["a-1", "a", "a"], ("a-1", "a", "a-2")),
    ],
)  # fmt: skip
def test_a_second_heading_of_a_name_gets_a_number(titles: list[str], anchors: tuple[str, ...]) -> None:
    assert heading_anchors(titles) == anchors


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["Intro", "intro", "Set up", "End."]), max_size=8))
def test_no_two_headings_share_an_anchor(titles: list[str]) -> None:
    anchors = heading_anchors(titles)
    assert len(set(anchors)) == len(anchors) == len(titles)


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("# The `code` word\n", ("the-code-word",)),
        ("# A [link](b.md) here\n", ("a-link-here",)),
        ("# **Bold** and *slanted*\n", ("bold-and-slanted",)),
        ("# Bold and _slanted_\n", ("bold-and-slanted",)),
        ("Set\next\n===\n", ("set-ext",)),
        ("# One #\n\n```\n# no heading\n```\n\n> # Quoted\n", ("one", "quoted")),
        ("# Snake_case_name\n", ("snake_case_name",)),
    ],
)
def test_a_documents_anchors_are_those_of_its_headings_words(text: str, anchors: tuple[str, ...]) -> None:
    assert parse_document("a.md", text.encode()).anchors == anchors
