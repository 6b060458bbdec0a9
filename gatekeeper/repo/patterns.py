"""Patterns as git's ignore files write them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence

from gatekeeper.model.errors import ConfigError


def compile_patterns(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a repo-relative path matches one of these gitignore patterns, as a function.

    Raises:
        ConfigError: a line is not such a pattern.
    """
    if not patterns:
        return lambda path: False
    from pathspec import GitIgnoreSpec

    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):
            match = GitIgnoreSpec.from_lines(patterns).match_file
    except (ValueError, re.error) as error:
        raise ConfigError(
            f"not a gitignore pattern: {error}", "write it as in .gitignore; see `git help gitignore`"
        ) from None

    def is_match(path: str) -> bool:
        try:
            return match(path)
        except UnicodeEncodeError:
            # A name that is no text: what is none of it stands as one unknown character each.
            return match(path.encode("utf-8", "replace").decode("utf-8"))

    return is_match
