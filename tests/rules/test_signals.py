"""Words beside a done mark count by where they stand."""

from __future__ import annotations

import pytest

from gatekeeper.rules.status._signals import find_open_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- [x] Client (CODE READY)", "CODE READY"),
        ("- [x] Client (works, not yet tested)", "not yet tested"),
        ("- [x] Backup - to be verified", "to be verified"),
        ("- [x] Backup; still pending", "still pending"),
        ("- [x] Backup (negative-path proof pending)", "negative-path proof pending"),
        ("- [x] Backup (waiting for the key)", "waiting for the key"),
        ("- [x] Backup (tested PENDING USER REVIEW)", "tested PENDING USER REVIEW"),
        ("- [x] Sicherung (noch nicht geprüft)", "noch nicht geprüft"),
        ("- [x] Copia (pendiente de revisión)", "pendiente de revisión"),
        ("- [x] 备份（未测试）", "未测试"),
    ],
)
def test_open_words_in_brackets_or_after_a_dash(text: str, words: str) -> None:
    assert find_open_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "- [x] Pending payments page",
        "- [x] Show what is pending",
        "- [x] Queue (pending jobs first)",
        "- [x] Queue (no review pending)",
        "- [x] Queue (nothing PENDING)",
        "- [x] Columns (to do, in progress, done)",
        "- [x] Columns (To Do / In Progress / Done)",
        "- [x] Loader (simulated network in tests)",
        "- [x] See [not yet tested](docs/a.md) `(pending review)`",
        "- [x] Placeholder text - placeholder color too",
        "- [x] Read the TODO - TODO list is empty",
    ],
)
def test_names_denials_and_lists_say_nothing(text: str) -> None:
    assert find_open_words(text) is None
