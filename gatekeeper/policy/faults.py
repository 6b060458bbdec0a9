"""What is wrong with a policy file: each fault with its place and remedy, all told in one error."""

from __future__ import annotations

from collections.abc import Iterable

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.text import SourceText

_SHOWN_LIMIT = 60
_LIKENESS = 60.0


class Faults:
    """The faults found in one policy file so far."""

    def __init__(self, path: str, text: str) -> None:
        self._source = SourceText(path, text)
        self._found: list[tuple[int, str, str]] = []

    def add(self, node: DataNode, message: str, hint: str) -> None:
        """Notes that a node is wrong: what was read and expected, and what to do."""
        self._found.append((node.span.start, message, hint))

    def word(self, node: DataNode) -> str:
        """A scalar as its author wrote it, so that YAML's `off`, `no` and `1.10` stay words."""
        if node.kind is DataKind.STRING:
            return str(node.scalar)
        return self._source.slice(node.span).strip()

    def shown(self, node: DataNode) -> str:
        """A value as an error message quotes it: short, on one line."""
        if node.kind is DataKind.MAPPING:
            return "a mapping"
        if node.kind is DataKind.SEQUENCE:
            return "a list"
        return "nothing" if node.kind is DataKind.NULL else quoted(self.word(node))

    def where(self, offset: int) -> str:
        """The place of an offset as path:line:column."""
        position = self._source.position(min(offset, len(self._source.text)))
        return f"{self._source.path}:{position.line}:{position.column}"

    def settle(self) -> None:
        """Ends the reading.

        Raises:
            PolicyError: there were faults; the first in the file is told, the others are counted.
        """
        if not self._found:
            return
        offset, message, hint = min(self._found, key=lambda fault: fault[0])
        others = len(self._found) - 1
        more = f" (and {others} more {'fault' if others == 1 else 'faults'})" if others else ""
        raise PolicyError(f"{message}{more}", hint, self.where(offset))


def quoted(word: str) -> str:
    """A word in double quotes, cut to a length that a line can hold."""
    flat = " ".join(word.split())
    return f'"{flat}"' if len(flat) <= _SHOWN_LIMIT else f'"{flat[: _SHOWN_LIMIT - 3]}..."'


def likely(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelled most like a word; None when none is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, list(choices), scorer=fuzz.ratio, processor=str.casefold)
    return best[0] if best and best[1] >= _LIKENESS else None


def remedy(word: str, choices: Iterable[str], otherwise: str) -> str:
    """The hint for a word that is none of the choices."""
    found = likely(word[:_SHOWN_LIMIT], choices)
    return f'did you mean "{found}"?' if found else otherwise
