"""What documents say of a gate: what belongs to it and how each thing that it needs stands, before findings and exceptions."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gatekeeper.model.gate.law import GateLaw
from gatekeeper.model.gate.verdict import Gate, Requirement


class GateFact(Struct, frozen=True):
    """One gate by documents and law.

    Attributes:
        gate: name, places and decisions; its requirements do not count findings and exceptions yet.
        lines: document -> the lines, from 1, on which its items and their evidence stand.
        papers: documents that are about this gate alone, by path.
        packs: those of them that collect its evidence.
        law: what the policy asks of it; None where it does not name it.
    """

    gate: Gate
    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)
    papers: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    law: GateLaw | None = None

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What it needs, in order."""
        return self.gate.requirements
