"""Whether the tests that evidence names stand in a file's text. Unsure means yes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BLANKS = re.compile(r"\s+")
_PARTS = re.compile(r"\s+[>›»→]\s+|::|#|(?<=\w)\.(?=test)")
_PARAMETERS = re.compile(r"\[[^\[\]]*\]$|\(\)$")
_ELLIPSIS = re.compile(r"\.{3}|…")
_TITLE = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.){1,300})\1""")
_LEAST_FIXED = 6
_FILLED_IN = re.compile(r"\$\{[^}]*\}|%[sdifjopc#]|\$\w+|\{\w*\}")


def iter_missing_names(text: str, names: Iterable[str]) -> Iterator[str]:
    """The names, in their order, that a file's text does not hold.

    Blanks, letter case and backslashes do not count; a name of several parts (`Suite > case`, `Class::test`, `test[x]`) is looked for part by
    part; `...` stands for anything; a title in the file that is filled in when the test runs (`adds ${a}`) takes any words there.
    """
    plain = _plain(text)
    templates: list[list[str]] | None = None
    for name in names:
        parts = [part for part in _PARTS.split(_PARAMETERS.sub("", name.strip())) if part.strip()]
        absent = [part for part in parts if not _stands_in(part, plain)]
        if absent and templates is None:
            templates = _templates(text)
        if any(not _is_filled(part, templates or []) for part in absent):
            yield name


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text.replace("\\", "")).casefold()


def _stands_in(name: str, plain: str) -> bool:
    """Whether the pieces of a name between its ellipses stand in the text in their order."""
    place = 0
    for piece in _ELLIPSIS.split(name):
        at = plain.find(_plain(piece).strip(), place)
        if at < 0:
            return False
        place = at + len(piece.strip())
    return True


def _templates(text: str) -> list[list[str]]:
    """The fixed pieces of every quoted title that has places to fill in."""
    titles = (match[2] for match in _TITLE.finditer(text) if _FILLED_IN.search(match[2]))
    split = ([_plain(piece).strip() for piece in _FILLED_IN.split(title)] for title in titles)
    return [pieces for pieces in split if sum(map(len, pieces)) >= _LEAST_FIXED]


def _is_filled(name: str, templates: list[list[str]]) -> bool:
    plain = _plain(name).strip()
    return any(_fits(plain, pieces) for pieces in templates)


def _fits(plain: str, pieces: list[str]) -> bool:
    if not (plain.startswith(pieces[0]) and plain.endswith(pieces[-1])):
        return False
    place = 0
    for piece in pieces:
        at = plain.find(piece, place)
        if at < 0:
            return False
        place = at + len(piece)
    return True
