"""Patterns as in .gitignore."""

from __future__ import annotations

import pytest

from gatekeeper.model.errors import ConfigError
from gatekeeper.repo.patterns import compile_patterns


def test_a_name_that_is_no_text_is_matched_like_any_other() -> None:
    is_match = compile_patterns(["old/", "st?tus.md"])
    assert is_match("old/caf\udce9.md")
    assert is_match("st\udce9tus.md")
    assert not is_match("new/caf\udce9.md")


def test_no_pattern_matches_nothing_and_a_wrong_one_is_told() -> None:
    assert not compile_patterns([])("a.md")
    with pytest.raises(ConfigError, match="not a gitignore pattern"):
        compile_patterns(["!"])
