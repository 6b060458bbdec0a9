"""What may be looked up: one line a spelling."""

from __future__ import annotations

import pytest

from gatekeeper.parse.words.pointer import names_something


@pytest.mark.parametrize(
    "words",
    [
        "run 412", "see `the log`", "https://example.org", "[run](a)", "asked @mira", "answers policy_denied", "DepthGauge holds",
        "gauge.log", "reset() works", "src/gauge/", "Gauge::read", "2026-03-02", "12 passed", "PR #4",
    ],
)  # fmt: skip
def test_a_pointer_is_heard(words: str) -> None:
    assert names_something(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "simulation logs",
        "CI gate link",
        "alert/log samples",
        "telemetry contract reference (draft)",
        "all passed.",
        "模拟日志",
    ],
)
def test_plain_words_point_nowhere(words: str) -> None:
    assert not names_something(words)
