"""Columns agree with an independent measure, and cuts stay within their room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gatekeeper.render.layout.columns import columns, cut, pad
from gatekeeper.render.sink import visible

SAMPLES = [
    "plain",
    "多言語",
    "한글",
    "ｆｕｌｌ",
    "e\u0301le\u0300ve",
    "✅ done",
    "⚠️ risk",
    "👍🏽 fine",
    "🚀🚀",
    "naïve — “x” …",
    "ไทย",
    "",
]


@pytest.mark.parametrize("text", SAMPLES)
def test_columns_are_those_of_another_measure(text: str) -> None:
    assert columns(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "width"),
    [("多言", 4), ("✅", 2), ("⚠", 1), ("⚠️", 2), ("👍🏽", 2), ("e\u0301", 1), ("\u1112\u1161\u11ab", 2), ("ﾊﾝ", 2)],
)
def test_columns_of_one_cluster(text: str, width: int) -> None:
    assert columns(text) == width


@given(st.text(alphabet=st.characters(), max_size=60).map(visible), st.integers(3, 40), st.sampled_from(["…", "..."]))
def test_a_cut_text_fits_and_begins_as_the_whole(text: str, room: int, ellipsis: str) -> None:
    short = cut(text, room, ellipsis)
    assert columns(short) <= max(room, columns(ellipsis))
    assert short == text or text.startswith(short.removesuffix(ellipsis))


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert cut("多言語検索", 6, "…") == "多言…"


def test_padding_counts_columns_not_characters() -> None:
    assert pad("多言", 6) == "多言  "
    assert pad("longer", 3) == "longer"
