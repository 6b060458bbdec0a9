"""What changed between two packets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gatekeeper.model.packet.content import Manifest, mappings_of
from gatekeeper.model.packet.difference import Change


def find_changes(before: Manifest, after: Manifest) -> tuple[Change, ...]:
    """Every difference of two manifests, kind by kind, by name; what is said alike in both is left out."""
    kinds = (
        ("field", _fields),
        ("gate", _gates),
        ("requirement", _requirements),
        ("file", _files),
        ("finding", _findings),
        ("item", _items),
    )
    return tuple(change for kind, tell in kinds for change in _compare(kind, dict(tell(before)), dict(tell(after))))


def _compare(kind: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Change(kind, name, before.get(name), after.get(name))


def _fields(manifest: Manifest) -> Iterator[tuple[str, str]]:
    yield "commit", manifest.commit
    yield "policy", manifest.policy
    yield "day", manifest.day
    yield "tool", _word(manifest.data.get("tool"), "version")


def _gates(manifest: Manifest) -> Iterator[tuple[str, str]]:
    yield from manifest.gates.items()


def _requirements(manifest: Manifest) -> Iterator[tuple[str, str]]:
    for gate in mappings_of(manifest.data, "gates"):
        for one in mappings_of(gate, "requirements"):
            yield f"{_word(gate, 'name')}: {_word(one, 'name')}", f"{_word(one, 'state')}: {_word(one, 'reason')}"


def _files(manifest: Manifest) -> Iterator[tuple[str, str]]:
    for file in manifest.files:
        yield file.path, file.blob or file.sha256


def _findings(manifest: Manifest) -> Iterator[tuple[str, str]]:
    for one in mappings_of(manifest.data, "findings"):
        name = f"{_word(one, 'code')} {_word(one, 'path')} {_word(one, 'fingerprint')[:12]}"
        yield name, f"{_word(one, 'disposition')}: {_word(one, 'message')}"


def _items(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Items by document and id or title; of several by one name the last counts."""
    for one in mappings_of(manifest.data, "items"):
        yield f"{_word(one, 'path')}: {_word(one, 'id') or _word(one, 'title')}", _word(one, "status")


def _word(value: Any, name: str) -> str:
    """A field as text; "" where there is none: what a manifest holds beyond what checking needs may have any shape."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
