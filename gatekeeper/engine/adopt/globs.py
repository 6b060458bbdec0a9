"""Patterns that could name files together: by folder, by how their names begin or end, by one name in many folders."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

# Folders of everything: what comes next into one of them may be of any kind.
_WIDE_FOLDERS = frozenset(("doc", "docs", "documentation", "wiki", "pages", "content", "notes", "src"))
# Names that say nothing of what is in a file.
_PLAIN_NAMES = frozenset(
    "readme index changelog overview notes todo summary main plan contributing agents claude security license".split()
)
_BREAK = re.compile(r"[-_. ]+")
# A break, and a word behind it that is no number and no version.
_WORD_AHEAD = re.compile(r"[-_. ]+(?=[^\W\d_]{3})")
_LETTERS = re.compile(r"[^\W\d_]{4}")
_DAY = re.compile(r"\d{6}|\d{4}-\d\d")
_MAGIC = frozenset("\\*?[]")


class Glob(Struct, frozen=True):
    """A pattern as in .gitignore.

    Attributes:
        words: what it says of names itself; "" for one of a folder.
        rank: how far it reaches beyond what it was made of; the lower of two that name the same is the better one.
        members: the numbers of all files that it matches, ascending.
    """

    pattern: str
    words: str
    rank: int
    members: tuple[int, ...]


def escaped(path: str) -> str:
    """A path as a part of a pattern that matches it alone; what no line of a file can hold is any character."""
    text = "".join(_escape(char) for char in path)
    return f"{text[:-1]}\\ " if text.endswith(" ") else text


def _escape(char: str) -> str:
    if char in _MAGIC:
        return f"\\{char}"
    return char if char.isprintable() else "?"


def exactly(path: str) -> str:
    """The pattern of one file, or with a slash at its end of a folder."""
    return f"/{escaped(path)}"


def is_plain(path: str) -> bool:
    """Whether a file's name says nothing of what is in it."""
    return path.rpartition("/")[2].partition(".")[0].casefold() in _PLAIN_NAMES


def find_globs(paths: Sequence[str], least: int) -> list[Glob]:
    """The patterns that match at least so many of these files, each with all of these files that it matches."""
    found: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for number, path in enumerate(paths):
        for key in dict.fromkeys(_iter_patterns(path)):
            found[key].append(number)
    return [Glob(_unsigned(key[0]), *key[1:], tuple(who)) for key, who in found.items() if len(who) >= least]


def _unsigned(pattern: str) -> str:
    """A pattern whose first sign has no meaning of its own."""
    return f"\\{pattern}" if pattern[0] in "!#" else pattern


def _iter_patterns(path: str) -> Iterator[tuple[str, str, int]]:
    """Pattern, words and rank of what a file gives rise to; an equal pattern always means equal files."""
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        return
    ending = escaped(f"{dot}{suffix}")
    below = f"{escaped(folder)}/" if folder else "/"
    tails = [(f"*{escaped(tail)}{ending}", tail) for tail in _tails(stem)]
    if folder and folder.casefold() not in _WIDE_FOLDERS:
        yield f"{below}*{ending}", "", 0
    for head in _heads(stem):
        yield f"{below}{escaped(head)}*{ending}", head, 1
    for text, tail in tails:
        yield f"{below}{text}", tail, 1
        # Without a slash it may stand in any folder.
        yield text, tail, 3
    if stem.casefold() not in _PLAIN_NAMES and _is_telling(stem):
        tails.append((escaped(name), stem))
        yield escaped(name), stem, 2
    parts = folder.split("/") if folder else []
    for depth in range(1, len(parts) + 1):
        top = escaped("/".join(parts[:depth]))
        if top.casefold() not in _WIDE_FOLDERS:
            yield f"{top}/**/*{ending}", "", 2
        for text, tail in tails:
            yield f"{top}/**/{text}", tail, 2


def _heads(stem: str) -> Iterator[str]:
    """The beginnings of a name, each up to and with a break, that hold a word."""
    for match in _BREAK.finditer(stem):
        if match.end() < len(stem) and _is_telling(stem[: match.start()]):
            yield stem[: match.end()]


def _tails(stem: str) -> Iterator[str]:
    """The ends of a name, each from a break before a word on; one with a day in it does not come again."""
    if _DAY.search(stem[-10:]):
        return
    for match in _WORD_AHEAD.finditer(stem):
        rest = stem[match.end() :]
        if match.start() and _is_telling(rest) and rest.casefold() not in _PLAIN_NAMES - {"summary", "plan"}:
            yield stem[match.start() :]


def _is_telling(words: str) -> bool:
    """Whether there is a word in it, of one script or another."""
    return _LETTERS.search(words) is not None or any(ord(char) > 0x2E7F for char in words)
