"""Layers of law, and how a later one wins over an earlier one: lists add up, mappings merge by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from gatekeeper.model.data import DataKind
from gatekeeper.model.report import PolicyLine
from gatekeeper.policy.section import Section
from gatekeeper.policy.source.value import Origin, Value


class Entry(Struct, frozen=True):
    """One entry of a section.

    Attributes:
        word: its name as written; "" in a list.
        model: what the section's model made of it.
        value: where it stands and how it is written.
        name: where its name stands; the value itself in a list.
    """

    word: str
    model: object
    value: Value
    name: Value

    @property
    def origin(self) -> Origin:
        """Its place, for those who build nouns of it."""
        return Origin(self.value)


class Layer(Struct, frozen=True):
    """One source without holes, and what the model of a policy file made of it."""

    root: Value
    model: Section

    def entries(self, section: str) -> Iterator[Entry]:
        """The entries of a section, a list or a mapping, in the order of the file."""
        value, model = self.root.find(section), getattr(self.model, section)
        if value is None:
            return
        if value.kind is DataKind.SEQUENCE:
            for inner, made in zip(value.entries, model, strict=True):
                yield Entry("", made, inner, inner)
        for word, name, inner in value.named():
            yield Entry(word, model[word], inner, name)


def merge_list(layers: Iterable[Layer], section: str) -> list[Entry]:
    """The entries of a list, those of all layers; of equal ones the first."""
    found: dict[str, Entry] = {}
    for layer in layers:
        for entry in layer.entries(section):
            found.setdefault(repr(entry.value.plain()), entry)
    return list(found.values())


def merge_map(layers: Iterable[Layer], section: str, same: Callable[[str], str] = str) -> list[Entry]:
    """The entries of a mapping; of those whose names are the `same` the last, which stands where the last stands."""
    found: dict[str, Entry] = {}
    for layer in layers:
        for entry in layer.entries(section):
            found.pop(same(entry.word), None)
            found[same(entry.word)] = entry
    return list(found.values())


def lines_of(section: str, entries: Sequence[Entry]) -> Iterator[PolicyLine]:
    """What `policy show` tells of a section's entries: each with its place."""
    for number, entry in enumerate(entries):
        yield PolicyLine((section, entry.word or number), entry.value.plain(), entry.name.where)
