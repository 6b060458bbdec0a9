"""Counted nouns."""

from __future__ import annotations

import pytest

from gatekeeper.render.layout.words import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_a_noun_agrees_with_its_number(number: int, said: str) -> None:
    assert counted(number, "file") == said


def test_an_irregular_plural_is_given() -> None:
    assert counted(2, "entry", "entries") == "2 entries"
    assert counted(1, "entry", "entries") == "1 entry"
