"""What differs between two trees as Markdown, for the summary of a job or a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gatekeeper.model.finding import Finding
from gatekeeper.model.view.history import Difference, GateMove, ItemMove, ProofMove
from gatekeeper.model.view.move import Stand
from gatekeeper.render.layout.columns import cut
from gatekeeper.render.past.difference import compared, parts_of, proof_turn, total_of, turn_of
from gatekeeper.render.sink import visible

_RUNS = re.compile("`+")
# Rows of one section; GitHub takes a million characters of a summary, and nobody reads half of them.
_ROWS = 200
_TITLE_ROOM = 120


def render_difference_markdown(difference: Difference) -> str:
    """A heading and a list for each kind of change; ends with a line end. Words of documents stand in code spans, where no markup is read."""
    parts = parts_of(difference)
    lines = ["## What changed", "", f"{code(compared(difference))}: {total_of(parts)}.", ""]
    lines += _section("Gates that turned", [_gate(one) for one in parts.gates])
    lines += _section("Items moved", [_item(one) for one in parts.moved])
    lines += _section("Evidence lost", [_proof(one) for one in parts.lost])
    lines += _section("Evidence gained", [_proof(one) for one in parts.gained])
    lines += _section("New findings", [_finding(one) for one in parts.new])
    lines += _section("Mended findings", [_finding(one) for one in parts.mended])
    return "\n".join(lines).rstrip() + "\n"


def code(text: str, room: int = 0) -> str:
    """Untrusted text as a code span of one line, whatever backticks it has (CommonMark 0.31 §6.1), cut to `room` columns; 0 for all of it."""
    # Harmless before it is cut: half of a secret is not known as one.
    plain = " ".join(visible(" ".join(text.split())).split()) or "-"
    plain = cut(plain, room, "…") if room else plain
    fence = "`" * (max(map(len, _RUNS.findall(plain)), default=0) + 1)
    blank = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{blank}{plain}{blank}{fence}"


def _section(title: str, rows: Sequence[str]) -> Iterator[str]:
    if not rows:
        return
    yield f"### {title} ({len(rows)})"
    yield ""
    yield from (f"- {row}" for row in rows[:_ROWS])
    if len(rows) > _ROWS:
        yield f"- and {len(rows) - _ROWS} more"
    yield ""


def _gate(one: GateMove) -> str:
    reason = f": {code(one.reason)}" if one.reason else ""
    return f"{code(one.name)} {turn_of(one, '→')}{reason}"


def _item(one: ItemMove) -> str:
    name = one.title if one.subject == one.title else f"{one.subject} {one.title}"
    return f"{code(name, _TITLE_ROOM)} {_stand(one.before)} → {_stand(one.after)} ({_place(one.path, one.line)})"


def _stand(stand: Stand | None) -> str:
    if stand is None:
        return "none"
    return f"{code(stand.raw)} ({stand.status.value})" if stand.raw else f"({stand.status.value})"


def _proof(one: ProofMove) -> str:
    owner = f" of {code(one.subject, _TITLE_ROOM)}" if one.subject else ""
    return f"{code(one.target)}{owner}: {proof_turn(one, '→')} ({_place(one.path, one.line)})"


def _finding(one: Finding) -> str:
    where = _place(one.location.path, one.location.start.line)
    return f"{one.severity.value} {code(one.code)} {where}: {code(one.message)}"


def _place(path: str, line: int) -> str:
    return code(f"{path}:{line}")
