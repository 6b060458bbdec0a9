"""What differs between two trees, for people and for scripts."""

from __future__ import annotations

from msgspec import Struct

from gatekeeper.model.finding import Finding
from gatekeeper.model.view.history import Difference, GateMove, ItemMove, ProofMove
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.words import counted
from gatekeeper.render.past.history import COMMIT_LENGTH, show_stand, show_subject, stand_json
from gatekeeper.render.past.shapes import (
    DifferenceJson,
    DiffFindingJson,
    GateMoveJson,
    ItemMoveJson,
    ProofMoveJson,
)
from gatekeeper.render.style import Style

NONE = "none"
NOT_OFFERED = "not offered"


class Parts(Struct, frozen=True):
    """A difference by what people ask for, in the order in which it is told."""

    gates: tuple[GateMove, ...]
    moved: tuple[ItemMove, ...]
    lost: tuple[ProofMove, ...]
    gained: tuple[ProofMove, ...]
    new: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    came: int
    went: int


def parts_of(difference: Difference) -> Parts:
    """The parts of a difference; items that came or went are counted alone."""
    return Parts(
        gates=difference.gates,
        moved=tuple(one for one in difference.items if one.before and one.after),
        lost=tuple(one for one in difference.proofs if one.is_loss),
        gained=tuple(one for one in difference.proofs if not one.is_loss),
        new=difference.new,
        mended=difference.mended,
        came=sum(one.before is None for one in difference.items),
        went=sum(one.after is None for one in difference.items),
    )


def total_of(parts: Parts) -> str:
    """One line that counts everything."""
    return ", ".join(
        (
            f"{counted(len(parts.gates), 'gate')} turned",
            f"{counted(len(parts.moved), 'item')} moved, {parts.came} came and {parts.went} went",
            f"evidence: {len(parts.lost)} lost and {len(parts.gained)} gained",
            f"findings: {len(parts.new)} new and {len(parts.mended)} mended",
        )
    )


def compared(difference: Difference) -> str:
    """What was compared with what, in the user's words and as commits; untrusted text."""
    head = difference.head or "the work tree"
    last = f" ({difference.head_commit[:COMMIT_LENGTH]})" if difference.head_commit else ""
    return f"{difference.base} ({difference.base_commit[:COMMIT_LENGTH]}) to {head}{last}"


def render_difference(difference: Difference, style: Style) -> str:
    """A block for each kind of change, and a line that counts them; ends with a line end."""
    parts = parts_of(difference)
    sections = {
        "gates": [_gate(one, style) for one in parts.gates],
        "items moved": [_item(one, style) for one in parts.moved],
        "evidence lost": [_proof(one, style) for one in parts.lost],
        "evidence gained": [_proof(one, style) for one in parts.gained],
        "new findings": [_finding(one, style) for one in parts.new],
        "mended findings": [_finding(one, style) for one in parts.mended],
    }
    blocks = [style.show(compared(difference))]
    for title, lines in sections.items():
        if lines:
            blocks.append("\n".join([style.paint("strong", title), *(f"  {line}" for line in lines)]))
    return "\n\n".join([*blocks, total_of(parts)]) + "\n"


def render_difference_json(difference: Difference) -> str:
    """The difference as JSON text with a final line end; one change a line."""
    shape: DifferenceJson = {
        "schema_version": "1",
        "base": difference.base,
        "base_commit": difference.base_commit,
        "head": difference.head,
        "head_commit": difference.head_commit,
        "items": [_item_json(one) for one in difference.items],
        "evidence": [_proof_json(one) for one in difference.proofs],
        "gates": [_gate_json(one) for one in difference.gates],
        "new": [_finding_json(one) for one in difference.new],
        "mended": [_finding_json(one) for one in difference.mended],
    }
    return dump(shape, depth=2) + "\n"


def turn_of(one: GateMove, arrow: str) -> str:
    """From which verdict to which."""
    before, after = (state.value if state else NONE for state in (one.before, one.after))
    return f"{before} {arrow} {after}"


def proof_turn(one: ProofMove, arrow: str) -> str:
    """From which state to which."""
    before, after = (state.value if state else NOT_OFFERED for state in (one.before, one.after))
    return f"{before} {arrow} {after}"


def _gate(one: GateMove, style: Style) -> str:
    reason = f": {style.show(one.reason)}" if one.reason else ""
    return f"{style.paint('strong', style.show(one.name))} {turn_of(one, style.arrow)}{reason}"


def _item(one: ItemMove, style: Style) -> str:
    assert one.before is not None
    assert one.after is not None
    change = f"{show_stand(one.before, style)} {style.arrow} {show_stand(one.after, style)}"
    return f"{change}: {show_subject(one.subject, one.title, style)}\n    {_place(one.path, one.line, style)}"


def _proof(one: ProofMove, style: Style) -> str:
    owner = f" of {style.show(' '.join(one.subject.split()))}" if one.subject else ""
    turn = proof_turn(one, style.arrow)
    return f"{style.show(one.target)}{owner}: {turn}\n    {_place(one.path, one.line, style)}"


def _finding(one: Finding, style: Style) -> str:
    place = one.location
    where = f"{_place(place.path, place.start.line, style)}:{place.start.column}"
    return f"{where}: {style.severity(one.severity, one.code)} {style.show(one.message)}"


def _place(path: str, line: int, style: Style) -> str:
    return f"{style.show(path)}:{line}"


def _item_json(one: ItemMove) -> ItemMoveJson:
    return {
        "subject": one.subject,
        "title": one.title,
        "path": one.path,
        "line": one.line,
        "before": stand_json(one.before),
        "after": stand_json(one.after),
    }


def _proof_json(one: ProofMove) -> ProofMoveJson:
    return {
        "subject": one.subject,
        "target": one.target,
        "path": one.path,
        "line": one.line,
        "before": one.before,
        "after": one.after,
        "loss": one.is_loss,
    }


def _gate_json(one: GateMove) -> GateMoveJson:
    return {"name": one.name, "before": one.before, "after": one.after, "reason": one.reason}


def _finding_json(one: Finding) -> DiffFindingJson:
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        "path": one.location.path,
        "line": one.location.start.line,
        "fingerprint": one.fingerprint,
    }
