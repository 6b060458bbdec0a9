"""Which gate a person means."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from gatekeeper.engine.scope import normal
from gatekeeper.model.gate.verdict import Gate


def named(gates: Sequence[Gate], name: str) -> tuple[tuple[Gate, ...], str]:
    """The gates of that name, else of that alias or unit; and without any the name that may have been meant, "" for none."""
    word = normal(name)
    own = tuple(gate for gate in gates if word == normal(gate.name))
    other = tuple(gate for gate in gates if word and any(word == normal(one) for one in (*gate.aliases, gate.unit)))
    if own or other:
        return own or other, ""
    known = {normal(one): one for gate in gates for one in (*gate.aliases, gate.unit, gate.name) if one}
    near = get_close_matches(word, known, 1)
    return (), known[near[0]] if near else ""
