"""Values as JSON text that every reader and terminal can take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from gatekeeper.model.environment.secret import mask
from gatekeeper.render.sink import HIDDEN

_HIDDEN = re.compile(f"[{HIDDEN}]")
# What runners of CI systems take for a command, wherever it stands in their log.
_COMMAND = re.compile(r"#(?=#(?:vso)?\[)", re.IGNORECASE)


def dump(value: object, depth: int = 0, indent: int = 0, *, masks: bool = True) -> str:
    """A value as JSON (RFC 8259) without a final line end; it reads back equal, but for secrets that are masked.

    Characters beyond ASCII stand as they are, but for those that hide or reorder text and for lone surrogates, which
    UTF-8 cannot hold: these are escaped, and so is what a CI system that logs the text would take for a command.

    Args:
        value: mappings, lists and scalars.
        depth: how many levels of mappings and lists to lay out with one member a line; deeper ones take one line.
        indent: blanks before the closing bracket.
        masks: whether strings and names of members are masked, as everything is that quotes something.
    """
    if masks:
        return dump(masked(value), depth, indent, masks=False)
    if depth and value and isinstance(value, Mapping):
        members = [f"{_flat(key)}: {dump(member, depth - 1, indent + 2, masks=False)}" for key, member in value.items()]
        return lay_out("{}", members, indent)
    if depth and value and isinstance(value, list):
        return lay_out("[]", [dump(member, depth - 1, indent + 2, masks=False) for member in value], indent)
    return _flat(value)


def lay_out(brackets: str, members: list[str], indent: int) -> str:
    """Members between brackets, each on a line of its own."""
    blank = " " * (indent + 2)
    return f"{brackets[0]}\n{blank}" + f",\n{blank}".join(members) + f"\n{' ' * indent}{brackets[1]}"


def stream(opening: str, members: Iterator[str], closing: str) -> Iterator[str]:
    """An opening, the members parted by commas, and a closing, one piece after the other."""
    yield opening
    parting = ""
    for member in members:
        yield parting + member
        parting = ","
    yield closing


def _flat(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _HIDDEN.sub(_escape, _COMMAND.sub(r"\\u0023", text) if "##" in text else text)


def masked(value: object) -> object:
    """A value of mappings, lists and scalars with every secret in its strings and names of members masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {masked(key): masked(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [masked(member) for member in value]
    return value


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
