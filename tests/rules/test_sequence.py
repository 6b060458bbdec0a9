"""Which values break the prevailing order."""

from __future__ import annotations

import pytest

from gatekeeper.rules.sequence import out_of_order


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([1], []),
        ([1, 2, 3], []),
        ([3, 2, 1], []),
        ([1, 1, 1], []),
        ([1, 2, 5, 3, 4], [2]),
        ([5, 4, 1, 3, 2], [2]),
        ([9, 1, 2, 3], [0]),
        ([1, 2, 3, 0], [3]),
        ([1, 3, 2], []),
        ([1, 5, 2, 4, 3, 6], []),
        ([1, 1, 2, 2, 1, 3], [4]),
        ([1, 2, 3, 20, 4, 5, 6, 7, 0, 8, 9], [3, 8]),
    ],
)
def test_what_breaks_the_order_that_prevails(values: list[int], expected: list[int]) -> None:
    assert out_of_order(values) == expected


def test_long_sequences_are_quick() -> None:
    values = [*range(50_000), 7, *range(50_000, 100_000)]
    assert out_of_order(values) == [50_000]
