"""Values of a policy source, each of which knows its source and place and how it was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from gatekeeper.model.data import DataKind, DataNode, Scalar
from gatekeeper.model.text import SourceText, Span

PACK_PREFIX = "pack:"

KEY = "[key]"
"""In a location the mark behind a name, which means the name itself and not its value; pydantic writes it so."""

Location = Sequence[str | int]


class Value(Struct, frozen=True, dict=True):
    """One value; its mappings may hold values of other sources, where a parameter stood.

    Attributes:
        word: a scalar as its author wrote it, so that YAML's `no` and `1.10` stay words; "" for mappings and lists.
        scalar: what YAML says that the word means.
        pairs: names and values of a mapping, in the order of the file.
    """

    source: SourceText
    span: Span
    kind: DataKind
    word: str = ""
    scalar: Scalar = None
    pairs: tuple[tuple[Value, Value], ...] = ()
    entries: tuple[Value, ...] = ()

    @property
    def where(self) -> str:
        """The place as "path:line:column", or "pack:name:line:column"."""
        position = self.source.position(min(self.span.start, len(self.source.text)))
        return f"{self.source.path}:{position.line}:{position.column}"

    @property
    def is_container(self) -> bool:
        """Whether it is a mapping or a list."""
        return self.kind in (DataKind.MAPPING, DataKind.SEQUENCE)

    def find(self, word: str) -> Value | None:
        """What stands under a name of a mapping; None when there is no such name."""
        pair = self._pair(word)
        return pair and pair[1]

    def _pair(self, word: str | int) -> tuple[Value, Value] | None:
        return self._index.get(str(word))

    @cached_property
    def _index(self) -> dict[str, tuple[Value, Value]]:
        return {pair[0].word: pair for pair in reversed(self.pairs)}

    def named(self) -> Iterator[tuple[str, Value, Value]]:
        """Word, name and value of each pair that has a name."""
        return ((name.word, name, value) for name, value in self.pairs if not name.is_container and name.word.strip())

    def plain(self) -> object:
        """The value as dict, list and scalars, names as they were written."""
        if self.kind is DataKind.MAPPING:
            return {word: value.plain() for word, _, value in self.named()}
        if self.kind is DataKind.SEQUENCE:
            return [entry.plain() for entry in self.entries]
        return self.scalar

    def at(self, location: Location) -> Value:
        """The innermost value on the way that a location describes; parts that lead nowhere are passed over.

        A name followed by `KEY` is the name itself.
        """
        value, parts = self, list(location)
        for part, following in zip(parts, [*parts[1:], None], strict=False):
            if isinstance(part, int):
                value = value.entries[part] if 0 <= part < len(value.entries) else value
                continue
            pair = value._pair(part)
            if pair is not None:
                value = pair[0] if following == KEY else pair[1]
        return value


class Source(Struct, frozen=True):
    """One file or pack of law.

    Attributes:
        text: its text; the path is how people know it, "pack:name" for a shipped pack.
        root: None for an empty file.
    """

    text: SourceText
    root: Value | None = None

    @property
    def name(self) -> str:
        """How people know it."""
        return self.text.path

    @property
    def sha256(self) -> str:
        """Hex digest of its bytes."""
        return self.text.sha256


class Origin:
    """Where an entry of a policy stands, for those who build the law's nouns of it."""

    def __init__(self, value: Value) -> None:
        self._value = value

    def __call__(self, location: Location = ()) -> str:
        """The place of a value inside of the entry as "path:line:column"; of the entry itself without a location."""
        return self._value.at(location).where

    def word(self, location: Location = ()) -> str:
        """A scalar inside of the entry as its author wrote it, such as 1.10."""
        return self._value.at(location).word


def value_of(node: DataNode, source: SourceText) -> Value:
    """A parsed node as a value of its source."""
    return Value(
        source,
        node.span,
        node.kind,
        _word(node, source),
        node.scalar,
        tuple((value_of(name, source), value_of(value, source)) for name, value in node.pairs),
        tuple(value_of(entry, source) for entry in node.entries),
    )


def _word(node: DataNode, source: SourceText) -> str:
    if node.kind is DataKind.STRING:
        return str(node.scalar)
    return "" if node.kind in (DataKind.MAPPING, DataKind.SEQUENCE) else source.slice(node.span).strip()


def digest_of(sources: Sequence[Source]) -> str:
    """Hex SHA-256 of a law: its file's own digest where there is one source, else one over all digests in their order."""
    if len(sources) == 1:
        return sources[0].sha256
    return hashlib.sha256("\n".join(source.sha256 for source in sources).encode()).hexdigest()
