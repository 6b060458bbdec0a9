"""A value read from a file, of data or of source code, in which every node knows its place."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.text import Span

Scalar = str | int | float | bool | None


class DataKind(StrEnum):
    """What a node is, in JSON's words; COMPUTED is source code whose value only running it would tell."""

    MAPPING = "mapping"
    SEQUENCE = "sequence"
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"
    COMPUTED = "computed"


class DataNode(Struct, frozen=True):
    """One value.

    Attributes:
        span: the value's place in its file, quotes included.
        scalar: the value of a scalar; what a COMPUTED node is, in words ("a call"); None for mappings, sequences and null.
        pairs: a mapping's keys and values in file order; keys are scalars, never doubled. A COMPUTED key stands for keys that are not known.
        entries: a sequence's values in file order. One that is COMPUTED with `is_many` stands for any number of values.
    """

    kind: DataKind
    span: Span
    scalar: Scalar = None
    pairs: tuple[tuple[DataNode, DataNode], ...] = ()
    entries: tuple[DataNode, ...] = ()
    is_many: bool = False

    def find(self, key: str) -> DataNode | None:
        """The value under a key of a mapping; None when there is no such key."""
        return next((value for name, value in self.pairs if name.scalar == key), None)

    def keys(self) -> Iterator[str]:
        """A mapping's keys as strings, in file order."""
        return (str(name.scalar) for name, _ in self.pairs)

    def plain(self) -> object:
        """The value as dict, list and scalars, places forgotten."""
        if self.kind is DataKind.MAPPING:
            return {name.scalar: value.plain() for name, value in self.pairs}
        if self.kind is DataKind.SEQUENCE:
            return [entry.plain() for entry in self.entries]
        return self.scalar
