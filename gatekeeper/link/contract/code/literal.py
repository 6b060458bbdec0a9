"""Nodes for what source code holds, and why something could not be taken out of it."""

from __future__ import annotations

from collections.abc import Iterable

from gatekeeper.model.data import DataKind, DataNode, Scalar
from gatekeeper.model.text import Span

DEPTH_LIMIT = 64
VALUES_LIMIT = 20_000

Pair = tuple[DataNode, DataNode]


class AbsentError(Exception):
    """What a contract names is not there.

    Attributes:
        message: what was looked for, and what there is.
        span: where it was looked for; None for the whole file.
    """

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


class UnreadError(AbsentError):
    """What a contract names may be there, but could not be read."""


class Budget:
    """How many values may still be taken out of a file."""

    def __init__(self) -> None:
        self._left = VALUES_LIMIT

    def spend(self, depth: int, span: Span) -> None:
        """Counts one value.

        Raises:
            UnreadError: there are too many, or it lies too deep.
        """
        self._left -= 1
        if self._left < 0:
            raise UnreadError(f"it holds more than {VALUES_LIMIT:,} values", span)
        if depth > DEPTH_LIMIT:
            raise UnreadError(f"it is nested deeper than {DEPTH_LIMIT} levels", span)


def scalar(value: Scalar, span: Span) -> DataNode:
    """A node for a plain value; an infinite number is computed."""
    if isinstance(value, bool):
        return DataNode(DataKind.BOOLEAN, span, value)
    if isinstance(value, int | float):
        is_finite = abs(value) != float("inf") and value == value
        return DataNode(DataKind.NUMBER, span, value) if is_finite else computed("no finite number", span)
    return DataNode(DataKind.NULL, span) if value is None else DataNode(DataKind.STRING, span, value)


def computed(what: str, span: Span, *, is_many: bool = False) -> DataNode:
    """A node for what only running the program would tell."""
    return DataNode(DataKind.COMPUTED, span, what, is_many=is_many)


def sequence(entries: Iterable[DataNode], span: Span) -> DataNode:
    """A node for values in order."""
    return DataNode(DataKind.SEQUENCE, span, entries=tuple(entries))


def mapping(pairs: Iterable[Pair], span: Span) -> DataNode:
    """A node for keys and values; as when the code is run, the last of a key counts, and a spread may replace what stands before it."""
    known: dict[object, Pair] = {}
    for key, value in pairs:
        if key.kind is DataKind.COMPUTED:
            words = f"a value that {key.scalar} may replace"
            known = {name: (one, computed(words, other.span)) for name, (one, other) in known.items()}
        name: object = key.span if key.kind is DataKind.COMPUTED else str(key.scalar)
        known.pop(name, None)
        known[name] = (key, value)
    return DataNode(DataKind.MAPPING, span, pairs=tuple(known.values()))


def descend(node: DataNode, path: list[str], name: str) -> DataNode:
    """The value at a path of keys below a node.

    Raises:
        AbsentError: there is no such key.
        UnreadError: whether there is one is not known.
    """
    for key in path:
        found = node.find(key) if node.kind is DataKind.MAPPING else None
        if found is None:
            if node.kind is DataKind.COMPUTED or is_open(node):
                raise UnreadError(f"`{key}` of `{name}` is behind {_what(node)}", node.span)
            raise AbsentError(f"`{name}` is not there: no `{key}`", node.span)
        node = found
    return node


def is_open(node: DataNode) -> bool:
    """Whether a mapping or sequence may hold more than is written."""
    return any(key.kind is DataKind.COMPUTED for key, _ in node.pairs) or any(entry.is_many for entry in node.entries)


def _what(node: DataNode) -> str:
    if node.kind is DataKind.COMPUTED:
        return str(node.scalar)
    return next((str(key.scalar) for key, _ in node.pairs if key.kind is DataKind.COMPUTED), "a value")


def as_union(value: DataNode | None, name: str) -> DataNode:
    """The values that a constant lists: its entries, or the values of its keys.

    Raises:
        UnreadError: it is no list.
    """
    if value is not None and value.kind is DataKind.SEQUENCE:
        return value
    if value is not None and value.kind is DataKind.MAPPING:
        hidden = [key for key, _ in value.pairs if key.kind is DataKind.COMPUTED]
        many = (computed(str(key.scalar), key.span, is_many=True) for key in hidden)
        plain = (inner for key, inner in value.pairs if key.kind is not DataKind.COMPUTED)
        return sequence([*plain, *many], value.span)
    if value is not None and value.kind is DataKind.STRING:
        return sequence([value], value.span)
    is_computed = value is not None and value.kind is DataKind.COMPUTED
    what = str(value.scalar) if value is not None and is_computed else "no list of values"
    raise UnreadError(f"`{name}` is {what}", None if value is None else value.span)


def nearest(name: str, names: Iterable[str]) -> str:
    """Words that name what is spelled like a missing name; "" when nothing is."""
    from difflib import get_close_matches

    found = get_close_matches(name[:80], list(names)[:2000], 1, 0.7)
    return f"; did you mean `{found[0]}`?" if found else ""
