"""The one place that knows an expression language: CEL, by cel-expr-python, which is an extra.

An expression sees values and nothing else: no environment, no clock, no files. CEL itself ends an evaluation after 10,000 steps of its
loops and refuses what is nested deeper than 32; the bounds here keep what one step may cost small.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

INSTALL = "python -m pip install 'gatekeeper-docs[cel]'"
LENGTH_LIMIT = 1_000
LOOPS_LIMIT = 4
GROWTH_LIMIT = 4_096
ROUNDS_LIMIT = 10_000
"""How often CEL goes around in one evaluation."""

# Wherever it stands: comments and literals must not hide one.
_LOOP = re.compile(r"\b(?:all|exists|exists_one|existsOne|map|filter|transformList|transformMap|transformMapEntry)\b")
_PLACE = re.compile(r"<input>:(-?\d+):(-?\d+): ([^\n|]*)")
_STATE = re.compile(r"^[A-Z_]+: | \[[A-Z_]+\]$")
_SHOWN_LIMIT = 160


class Expression(Protocol):
    """An expression that was understood."""

    rounds: int
    """How deep its loops may be nested at most."""

    width: int
    """How long the lists that it writes out may be at most."""

    def judge(self, values: Mapping[str, object]) -> bool | str:
        """Whether it is true of these values; why that cannot be told, in one line, where it cannot."""


class Evaluator(Protocol):
    """An expression language."""

    def compile(self, text: str, names: Sequence[str]) -> Expression:
        """An expression about values of these names.

        Raises:
            ValueError: it is none; in one line.
            NotInstalledError: what evaluates it is not installed.
        """


class NotInstalledError(Exception):
    """The extra is not installed."""


class CelEvaluator:
    """CEL, the Common Expression Language."""

    def compile(self, text: str, names: Sequence[str]) -> Expression:
        """See `Evaluator.compile`."""
        rounds = _check_bounds(text)
        try:
            from cel_expr_python import cel
        except ImportError:
            raise NotInstalledError from None
        environment = cel.NewEnv(variables=dict.fromkeys(names, cel.Type.MAP))
        try:
            compiled = environment.compile(text)
        except (RuntimeError, ValueError, TypeError) as error:
            raise ValueError(_told(str(error))) from None
        gives = repr(compiled.return_type())
        if gives not in ("BOOL", "DYN"):
            raise ValueError(f"it gives {gives.lower()}, expected true or false")
        return _CelExpression(compiled, rounds, text.count(",") + 1)


class _CelExpression:
    def __init__(self, compiled: Any, rounds: int, width: int) -> None:
        self._compiled = compiled
        self.rounds = rounds
        self.width = width

    def judge(self, values: Mapping[str, object]) -> bool | str:
        try:
            found = self._compiled.eval(data=values)
            value, kind = found.value(), repr(found.type())
        except (RuntimeError, ValueError, TypeError, OverflowError, UnicodeError) as error:
            return _told(str(error))
        if isinstance(value, bool):
            return value
        return _told(str(value)) if kind == "ERROR" else f"it gives {kind.lower()}, expected true or false"


def _check_bounds(text: str) -> int:
    """How many loops there are.

    Raises:
        ValueError: the expression could cost more than an assertion may.
    """
    if len(text) > LENGTH_LIMIT:
        raise ValueError(f"it is longer than {LENGTH_LIMIT:,} characters")
    loops = len(_LOOP.findall(text))
    if loops > LOOPS_LIMIT:
        raise ValueError(f"it has more than {LOOPS_LIMIT} loops")
    if (text.count("+") + 1) ** loops > GROWTH_LIMIT:
        raise ValueError("it adds too often inside of its loops")
    return loops


def _told(error: str) -> str:
    """What the library said, in one short line."""
    place = _PLACE.search(error)
    if place and int(place[2]) > 0:
        text = f"{place[3]} (column {place[2]})" if place[1] == "1" else f"{place[3]} (line {place[1]})"
    else:
        text = place[3] if place else _STATE.sub("", error)
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_LIMIT else f"{line[: _SHOWN_LIMIT - 3]}..."
