"""Untrusted text inside Markdown of our own, as GitHub and GitLab read it."""

from __future__ import annotations

import re

from gatekeeper.render.sink import visible

_MARKS = re.compile(r"[\\`*_\[\]<>#|~&$]")
# What begins a list, a rule or a block of code where it begins a line.
_BLOCK = re.compile(r"(\d*)([-+=.)])")
# A name, an issue or an address that the forge would link, or tell somebody of; a blank of no width parts it.
_LINKED = re.compile(r"@(?=\w)|(?<=\\)#(?=\w)|(?<=\w):(?=//)|(?<=www)\.|(?<=mailto):", re.IGNORECASE)
_TICKS = re.compile(r"`+")
_GAP = "&#8203;"


def escape_markdown(text: object) -> str:
    """Text that reads as it is written: no markup, no mention, no link; one line, fit for a cell of a table."""
    escaped = _MARKS.sub(r"\\\g<0>", visible(str(text)))
    if escaped.startswith("    "):
        escaped = f"&#32;{escaped[1:]}"
    elif (match := _BLOCK.match(escaped)) is not None:
        escaped = f"{match[1]}\\{escaped[match.start(2) :]}"
    return _LINKED.sub(lambda match: f"{match[0]}{_GAP}", escaped)


def code_span(text: str) -> str:
    """Text as a code span, fit for a cell of a table; nothing in it is read as markup or as a name."""
    shown = visible(text)
    fence = "`" * (max(map(len, _TICKS.findall(shown)), default=0) + 1)
    blank = " " if shown[:1] in ("`", " ", "") or shown[-1:] in ("`", " ") else ""
    return f"{fence}{blank}{shown}{blank}{fence}".replace("|", "\\|")
