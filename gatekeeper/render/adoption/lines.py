"""Lines of a policy file: in force, or guesses that are switched off, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from gatekeeper.render.layout.lines import wrap
from gatekeeper.render.sink import visible

_WIDTH = 120
# A line with its reason behind it may be longer than one of words.
_ENTRY_WIDTH = 160
_INDENT = "  "


class Entry(Struct, frozen=True):
    """One line below a section's name.

    Attributes:
        text: as YAML, without indentation.
        why: what it stands on, in words; may hold what documents say.
        is_law: whether it is in force.
    """

    text: str
    why: str
    is_law: bool = True


def comment(words: str) -> Iterator[str]:
    """A comment of whole lines; what documents say in it is made harmless."""
    return wrap(_line(words), _WIDTH, "# ")


def section(name: str, entries: Iterable[Entry], about: str) -> Iterator[str]:
    """A section with a comment above it; its name is in force where one of its entries is, else switched off like all of them."""
    every = tuple(entries)
    if not every:
        return
    yield ""
    yield from comment(about)
    yield f"{'' if any(one.is_law for one in every) else '#'}{name}:"
    for one in every:
        yield from _lines(one)


def _lines(entry: Entry) -> Iterator[str]:
    text = f"{'' if entry.is_law else '#'}{_INDENT}{entry.text}"
    why = _line(entry.why)
    if len(text) + len(why) + 4 <= _ENTRY_WIDTH:
        yield f"{text}  # {why}"
        return
    yield from wrap(why, _WIDTH, f"{_INDENT}# ")
    yield text


def _line(words: str) -> str:
    """Words on one line, harmless, so that only a line of ours has two blanks at its head."""
    return " ".join(visible(words).split())
