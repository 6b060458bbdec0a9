"""Lines of a text, whatever ends them."""

from __future__ import annotations

import pytest

from gatekeeper.model.text import SourceText

TEXTS = ("", "one", "one\n", "one\ntwo", "one\r\ntwo\r\n", "one\rtwo\n\nthree", "\n\n")


@pytest.mark.parametrize("text", TEXTS)
def test_every_way_to_ask_for_a_line_gives_the_same(text: str) -> None:
    source = SourceText("x.md", text)
    for offset in range(len(text) + 1):
        line = source.position(offset).line
        assert source.line_of(offset) == line
        assert source.line_around(offset) == source.slice(source.line_span(line)) == source.text_lines()[line - 1]
