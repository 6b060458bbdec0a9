"""Days as numbers agree with the standard library's calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.model.exception.day import day_number, days_between


@given(st.dates(), st.dates())
def test_days_agree_with_the_standard_library(first: date, last: date) -> None:
    assert day_number(first.isoformat()) == first.toordinal()
    assert days_between(first.isoformat(), last.isoformat()) == (last - first).days


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-02-29", "2026-13-01", "0000-01-01", "2026-1-1", "٢٠٢٦-01-01", "20260101"]
)
def test_what_is_no_date_has_no_number(text: str) -> None:
    assert day_number(text) is None
    assert days_between("2026-01-01", text) is None
