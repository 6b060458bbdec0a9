"""JSON text reads back equal and harms no reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.render.json_text import dump

TEXTS = st.text(alphabet=st.characters(exclude_categories=()) | st.sampled_from('\\"\x1b\x9b\u202e\ud800\U000e0041'))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.integers(0, 4))
def test_any_value_reads_back_equal_from_utf_8(value: object, depth: int) -> None:
    text = dump(value, depth)
    again = json.loads(text.encode("utf-8"))
    # Two lone surrogates that meet are one character to a reader.
    assert json.dumps(again) == json.dumps(json.loads(json.dumps(value)))


@given(TEXTS)
def test_no_character_acts_on_a_terminal(text: str) -> None:
    dumped = dump([text])
    assert not any(
        char < " " or "\x7f" <= char <= "\x9f" or char in "\u200b\u2028\u202e\u2066\ufeff" for char in dumped
    )


def test_other_characters_stand_as_they_are() -> None:
    assert dump("多言語 ✅ é") == '"多言語 ✅ é"'
    assert dump("a\u202eb\x9b\U000e0041\ud800") == r'"a\u202eb\u009b\udb40\udc41\ud800"'


def test_depth_says_how_much_is_laid_out() -> None:
    value = {"a": [{"b": 1}, {"b": [2]}], "c": {}, "d": []}
    assert dump(value) == '{"a": [{"b": 1}, {"b": [2]}], "c": {}, "d": []}'
    assert dump(value, 2) == '{\n  "a": [\n    {"b": 1},\n    {"b": [2]}\n  ],\n  "c": {},\n  "d": []\n}'


def test_a_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump(float("nan"))


@pytest.mark.parametrize("text", ["##vso[task.prependpath]x", "a ##[add-path]x", "###VSO[x", "##", "# [", "##vso"])
def test_nothing_is_a_command_to_a_ci_system_that_logs_it(text: str) -> None:
    dumped = dump({text: [text]}, 2)
    assert not any(sign in dumped.lower() for sign in ("##vso[", "##["))
    assert json.loads(dumped) == {text: [text]}
