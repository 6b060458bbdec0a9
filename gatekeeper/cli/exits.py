"""How a run ends: the exit codes that scripts rely on."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes; an internal fault is never 0."""

    PASS = 0
    FINDINGS = 1
    USER = 2
    NOTHING = 3
    INTERNAL = 4
    REFUSED = 5
    INTERRUPTED = 130
