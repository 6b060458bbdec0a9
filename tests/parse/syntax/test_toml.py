"""TOML: the values are those of `tomllib`, and each has its place."""

from __future__ import annotations

import tomllib

import pytest

from gatekeeper.model.data import DataNode
from gatekeeper.model.text import SourceText
from gatekeeper.parse.syntax.toml import parse_toml

TEXT = """\
title = "a # b" # c
b."c.d" = ["x", 'y', # z
  3.5, { q = 1, r.s = true, t = [ ] }]
[t.u]
m = \"\"\"
hi "there" \\
  you\"\"\"
n = '''it's'''
[[arr]]
n = 0x1F
[[arr]]
n = 1_000
[arr.sub]
z = -1
[t]
late = +2
"""


def root(text: str) -> DataNode:
    node, why = parse_toml(SourceText("a.toml", text))
    assert node is not None, why
    return node


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_values_are_those_of_the_standard_library(newline: str) -> None:
    text = TEXT.replace("\n", newline)
    assert root(text).plain() == tomllib.loads(text)


def test_dates_are_words() -> None:
    assert root("a = 1979-05-27 07:32:00Z\nb = 07:32:00\nc = inf\n").plain() == {
        "a": "1979-05-27 07:32:00+00:00",
        "b": "07:32:00",
        "c": "inf",
    }


def test_every_scalar_stands_at_its_place() -> None:
    def look(node: DataNode) -> None:
        for _, value in node.pairs:
            look(value)
        for entry in node.entries:
            look(entry)
        if node.scalar is not None:
            assert tomllib.loads(f"x = {TEXT[node.span.start : node.span.end]}") == {"x": node.scalar}

    look(root(TEXT))


@pytest.mark.parametrize(
    ("text", "told"),
    [("a = = 1", "not valid TOML"), ("a = " + "[" * 200 + "]" * 200, "deeper"), ("a = 1\n" * 200_000, "longer")],
)
def test_what_is_refused_says_why(text: str, told: str) -> None:
    node, why = parse_toml(SourceText("a.toml", text))
    assert node is None
    assert told in why
