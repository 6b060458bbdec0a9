"""One variable that a file reads, as offsets."""

from __future__ import annotations

import re

from msgspec import Struct

from gatekeeper.link.environment.places import is_name, place
from gatekeeper.model.environment.fact import Use, UseKind
from gatekeeper.model.text import SourceText, Span

# What may stand between the start of an expression and the name: nothing that could be a secret.
_PLAIN = re.compile(r"[A-Za-z_$][\w$.?!]*[ ]?[(\[{]?[ ]?")
_WORD = re.compile(r"[rRuU]?([\"'`]?)\w+\1")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class Reading(Struct, frozen=True):
    """A variable and where it is read, as offsets into the text.

    Attributes:
        start: where the whole expression begins.
        name_start: where the name begins, its quotes included.
        end: just after the name and its quotes.
    """

    name: str
    start: int
    name_start: int
    end: int
    is_optional: bool = False


def use_of(source: SourceText, one: Reading, kind: UseKind) -> Use | None:
    """The use that a reading is; None where the name cannot be one of a variable."""
    if not is_name(one.name):
        return None
    head, name = source.text[one.start : one.name_start], source.text[one.name_start : one.end]
    if not _WORD.fullmatch(name):
        span, shown = Span(one.name_start, one.name_start), one.name
    elif head and not _PLAIN.fullmatch(head):
        span, shown = Span(one.name_start, one.end), one.name
    else:
        span = Span(one.start, one.end)
        shown = source.text[one.start : one.end]
        shown += next((_CLOSING[sign] for sign in reversed(head) if sign in _CLOSING), "")
    return Use(one.name, place(source, span, shown), kind, one.is_optional)
