"""What a gate of the law names and must exist: documents, sections, items; what does not is a fault of the law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from gatekeeper.link.glob import has_magic, match_glob
from gatekeeper.model.contract.fact import Reader
from gatekeeper.model.document import Document, Section
from gatekeeper.model.errors import PolicyError, UnreadableError
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.law import Named
from gatekeeper.model.project import Tree
from gatekeeper.model.text import Position

_LIMIT = 2 * 1024 * 1024
_LIKENESS = 60.0


def likely(word: str, choices: Iterable[str]) -> str:
    """The choice that is spelled most like a word, of equals the first in the alphabet; "" when none is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, sorted(set(choices)), scorer=fuzz.ratio, processor=str.casefold)
    return str(best[0]) if best and best[1] >= _LIKENESS else ""


def place_in_law(where: str) -> Location:
    """The place of "path:line:column" in a policy; the first character of a pack, whose places are no files."""
    path, _, rest = where.partition(":")
    line, _, column = rest.partition(":")
    if not (line.isdecimal() and column.isdecimal()):
        return Location.whole(path)
    position = Position(int(line), int(column))
    return Location(path, position, position)


def refuse(named: Named, message: str, choices: Iterable[str], otherwise: str) -> PolicyError:
    """The error for something that is named and does not exist."""
    near = likely(named.word, choices)
    return PolicyError(message, f'did you mean "{near}"?' if near else otherwise, named.where)


class Pages:
    """Tracked documents by path, each read once, whether or not they carry status."""

    def __init__(self, tree: Tree, reader: Reader) -> None:
        self.tree = tree
        self._reader = reader
        self._read = lru_cache(maxsize=None)(self._parse)

    def find(self, named: Named, word: str = "") -> list[Document]:
        """The tracked documents at a path or glob, by path.

        Raises:
            PolicyError: there is none, or it cannot be read.
        """
        pattern = word or named.word
        paths = self.paths(pattern)
        if not paths:
            hint = "name a file that git tracks, from the root of the repository"
            message = f'"{pattern}" matches no tracked file' if has_magic(pattern) else f'"{pattern}" is not tracked'
            raise refuse(Named(pattern, named.where), message, self.tree.files, hint)
        try:
            return [self._read(path) for path in paths]
        except UnreadableError as error:
            raise PolicyError(f"{error.message}", "name a document that can be read", named.where) from None

    def paths(self, pattern: str) -> list[str]:
        """The tracked paths that a path or glob means, sorted."""
        if pattern in self.tree.files:
            return [pattern]
        return sorted(match_glob(pattern, self.tree.files)) if has_magic(pattern) else []

    def section(self, named: Named) -> tuple[Document, Section | None]:
        """The document and the section that `path` or `path#heading` means.

        Raises:
            PolicyError: there is no such document, or no such section in it.
        """
        path, _, heading = named.word.partition("#")
        document = self.find(named, path)[0]
        if not heading:
            return document, None
        headed = [section for section in document.sections if section.level]
        names = dict(zip(document.anchors, headed, strict=False))
        found = names.get(heading.casefold()) or find_section(headed, heading)
        if found is None:
            message = f'there is no heading "{heading}" in {path}'
            raise refuse(Named(heading, named.where), message, names, "name a heading of that document")
        return document, found

    def _parse(self, path: str) -> Document:
        return self._reader.read_document(path, self.tree.read(path, _LIMIT))


def find_section(sections: Sequence[Section], title: str) -> Section | None:
    """The first section of that title; letter case, blanks and a number before it make no difference."""
    wanted = _words(title)
    return next((one for one in sections if one.level and _words(one.title) == wanted), None)


def _words(title: str) -> str:
    return " ".join(title.replace("-", " ").split()).casefold().lstrip("0123456789.() ")
