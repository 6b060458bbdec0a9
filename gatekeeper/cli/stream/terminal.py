"""What the terminal can do: color, width and characters, from the flags and the environment."""

from __future__ import annotations

import os
import sys

from gatekeeper.cli.stream.output import has_unicode, terminal_width
from gatekeeper.render.style import Style


def style_of(color: str, *, to_file: bool) -> Style:
    """How a result looks on stdout, or in a file (UTF-8, and plain unless color is asked for)."""
    if to_file:
        return Style(color == "always", 80, True)
    return Style(_has_color(color), terminal_width(), has_unicode(sys.stdout))


def _has_color(wanted: str) -> bool:
    """Whether stdout gets color: the flag, then NO_COLOR (no-color.org), then FORCE_COLOR, then what stdout is."""
    if wanted != "auto":
        return wanted == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: object) -> bool:
    """Whether a person looks at a stream; a closed one has nobody."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())
