"""What is wrong with a policy: each fault with its place and remedy, all gathered before the first is told."""

from __future__ import annotations

from collections.abc import Iterable

from gatekeeper.model.data import DataKind
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.fault import Fault
from gatekeeper.policy.source.value import Value

_SHOWN_LIMIT = 60
_LISTED_LIMIT = 20
_LIKENESS = 60.0


class Faults:
    """The faults found so far in a policy and what it extends."""

    def __init__(self) -> None:
        self._found: dict[Fault, tuple[int, int]] = {}
        self._ranks: dict[str, int] = {}
        self._untold = 0

    def __len__(self) -> int:
        return len(self._found) + self._untold

    def open(self, name: str) -> None:
        """Notes that a source is read now: its faults stand behind those of the sources opened before."""
        self._ranks.setdefault(name, len(self._ranks))

    def add(self, value: Value, message: str, hint: str) -> None:
        """Notes that a value is wrong: what was read and expected, and what to do."""
        rank = self._ranks.setdefault(value.source.path, len(self._ranks))
        self._found.setdefault(Fault(value.where, message, hint), (rank, value.span.start))

    def count(self, number: int) -> None:
        """Notes that there are more faults, which nobody would read."""
        self._untold += number

    def settle(self) -> None:
        """Ends the reading.

        Raises:
            PolicyError: there were faults; the first is told, the others are counted and go with it.
        """
        if not self._found:
            return
        first, *others = sorted(self._found, key=lambda fault: self._found[fault])
        number = len(self) - 1
        more = f" (and {number} more {'fault' if number == 1 else 'faults'})" if number else ""
        raise PolicyError(f"{first.message}{more}", first.hint, first.where, (first, *others))


def shown(value: Value) -> str:
    """A value as an error message quotes it: short, on one line."""
    if value.kind is DataKind.MAPPING:
        return "a mapping"
    if value.kind is DataKind.SEQUENCE:
        return "a list"
    return "nothing" if value.kind is DataKind.NULL else quoted(value.word)


def quoted(word: str) -> str:
    """A word in double quotes, cut to a length that a line can hold."""
    flat = " ".join(word[: 4 * _SHOWN_LIMIT].split())
    return f'"{flat}"' if len(flat) <= _SHOWN_LIMIT else f'"{flat[: _SHOWN_LIMIT - 3]}..."'


def listed(words: Iterable[str]) -> str:
    """Words parted by commas, the first ones where there are many."""
    every = list(words)
    more = f" and {len(every) - _LISTED_LIMIT} more" if len(every) > _LISTED_LIMIT else ""
    return ", ".join(every[:_LISTED_LIMIT]) + more


def likely(word: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelled most like a word; None when none is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, list(choices), scorer=fuzz.ratio, processor=str.casefold)
    return best[0] if best and best[1] >= _LIKENESS else None


def remedy(word: str, choices: Iterable[str], otherwise: str) -> str:
    """The hint for a word that is none of the choices."""
    found = likely(word[:_SHOWN_LIMIT], choices)
    return f'did you mean "{found}"?' if found else otherwise
