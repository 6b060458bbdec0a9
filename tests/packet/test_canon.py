"""Canonical JSON is what another implementation of RFC 8785 writes, and only that is read."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.canon import canonical, parse_canonical

TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)


@given(VALUES)
def test_it_is_what_another_implementation_writes_and_reads_back(value: Any) -> None:
    written = canonical(value)
    assert written == rfc8785.dumps(value)
    assert parse_canonical(written, "a.json") == value


def test_names_stand_in_the_order_of_utf_16() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    assert list(parse_canonical(canonical(dict.fromkeys(names)), "a.json")) == [
        "\r",
        "1",
        "\u0080",
        "\u00f6",
        "\u20ac",
        "\U0001f600",
        "\ufb33",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"1.0",
        b"1e3",
        b"-0",
        b"9007199254740992",
        b"NaN",
        b"9" * 5000,
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b"[1, 2]",
        b'"\\u0061"',
        b'"\\ud800"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b"[" * 5000,
    ],
)
def test_whatever_is_not_written_in_the_one_way_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as error:
        parse_canonical(data, "a.json")
    assert error.value.reason is Reason.MALFORMED
