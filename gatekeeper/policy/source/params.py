"""Parameters of packs: `${name}` in a pack's strings becomes what the adopting file says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.model.data import DataKind
from gatekeeper.model.errors import PolicyError
from gatekeeper.policy.faults import Faults, quoted, remedy
from gatekeeper.policy.source.value import Source, Value

GROWTH_LIMIT = 1 << 20
"""Characters and values that parameters may add to a policy."""

_HOLE = re.compile(r"\$(\$\{)|\$\{([^{}]*)\}")
_HEAD = ("extends", "params")


class _Declared(Struct, frozen=True):
    """A parameter as its pack declares it; `default` is None where the adopting file must give a value."""

    name: Value
    default: Value | None
    description: str


def fill_params(sources: Sequence[Source], via: Mapping[str, Value], faults: Faults) -> tuple[Source, ...]:
    """The sources with every `${name}` replaced.

    Args:
        sources: lowest precedence first.
        via: name of a source -> the value that brought it, which is where a missing parameter is told.
        faults: takes what is wrong.
    """
    declared = {source.name: _declared(source) for source in sources}
    given = {word: value for source in sources for word, _, value in _params(source) if not _declares(value)}
    known = {word for names in declared.values() for word in names}
    for source in sources:
        for word, name, value in _params(source):
            if not _declares(value) and word not in known:
                hint = remedy(word, known, "take the line out")
                faults.add(name, f"no pack has a parameter {quoted(word)}", hint)
    _note_missing(declared, given, via, faults)
    return tuple(_Filler(declared[source.name], given, faults).fill(source) for source in sources)


def has_holes(source: Source) -> bool:
    """Whether a source may have a `${name}`."""
    # A backslash may spell out either sign.
    return "${" in source.text.text or "\\" in source.text.text


def _params(source: Source) -> list[tuple[str, Value, Value]]:
    params = source.root.find("params") if source.root else None
    return list(params.named()) if params else []


def _declares(value: Value) -> bool:
    return value.kind in (DataKind.MAPPING, DataKind.NULL)


def _declared(source: Source) -> dict[str, _Declared]:
    found = {}
    for word, name, value in _params(source):
        if _declares(value):
            default, told = value.find("default"), value.find("description")
            found[word] = _Declared(name, default, told.word if told else "")
    return found


def _note_missing(
    declared: Mapping[str, Mapping[str, _Declared]],
    given: Mapping[str, Value],
    via: Mapping[str, Value],
    faults: Faults,
) -> None:
    for source, names in declared.items():
        for word, one in names.items():
            if one.default is None and word not in given:
                told = f", {one.description}" if one.description else ""
                message = f"{source} needs the parameter {quoted(word)}{told}"
                faults.add(via.get(source, one.name), message, f"give it a value: params: {{{word}: ...}}")


class _Filler:
    """Replaces the holes of one source."""

    def __init__(self, declared: Mapping[str, _Declared], given: Mapping[str, Value], faults: Faults) -> None:
        self._declared = declared
        self._given = given
        self._faults = faults
        self._growth = 0

    def fill(self, source: Source) -> Source:
        """The source without holes; its head stays as it is."""
        if source.root is None or not has_holes(source):
            return source
        pairs = tuple(
            (name, value) if name.word in _HEAD else (self._text(name), self._value(value))
            for name, value in source.root.pairs
        )
        return replace(source, root=replace(source.root, pairs=pairs))

    def _value(self, value: Value) -> Value:
        if value.kind is DataKind.STRING:
            whole = _HOLE.fullmatch(value.word)
            if whole and not whole[1]:
                return self._find(whole[2], value) or value
            return self._text(value)
        if not value.is_container:
            return value
        pairs = tuple((self._text(name), self._value(inner)) for name, inner in value.pairs)
        return replace(value, pairs=pairs, entries=tuple(self._value(entry) for entry in value.entries))

    def _text(self, value: Value) -> Value:
        """A string with its holes filled; a name of a mapping stays one."""
        if value.kind is not DataKind.STRING or "${" not in value.word:
            return value
        word = _HOLE.sub(lambda hole: hole[1] or self._word(hole[2], value), value.word)
        return replace(value, word=word, scalar=word)

    def _word(self, name: str, value: Value) -> str:
        found = self._find(name, value)
        if found is None:
            return ""
        if found.is_container or found.kind is DataKind.NULL:
            message = f"the parameter {quoted(name)} is a list, expected a word to stand inside of a text"
            self._faults.add(found, message, "give it one word")
        return found.word

    def _find(self, name: str, value: Value) -> Value | None:
        """What a hole stands for; None, with a fault, when there is nothing."""
        one = self._declared.get(name)
        if one is None:
            message = f"the parameter {quoted(name)} is not declared in {value.source.path}"
            otherwise = "declare it under params, or write $${ for the signs themselves"
            self._faults.add(value, message, remedy(name, self._declared, otherwise))
            return None
        found = self._given.get(name, one.default)
        if found is not None:
            self._grow(found, value)
        return found

    def _grow(self, found: Value, value: Value) -> None:
        self._growth += _size(found)
        if self._growth > GROWTH_LIMIT:
            hint = "use it in fewer places, or give it a shorter value"
            raise PolicyError("the parameters make this policy too large", hint, value.where)


def _size(value: Value) -> int:
    return 1 + len(value.word) + sum(_size(entry) for entry in value.entries)
