"""What the messages of these rules have in common."""

from __future__ import annotations

from gatekeeper.model.exception.waiver import Waiver, WaiverUse


def counted_findings(use: WaiverUse) -> str:
    """How many findings stand in a waiver's scope, with their places: `1 finding (docs/tracker.md:3)`."""
    if not use.covers:
        return "no finding"
    shown = [f"{one.location.path}:{one.location.start.line}" for one in use.covers[:3]]
    more = ["..."] if len(use.covers) > len(shown) else []
    noun = "finding" if len(use.covers) == 1 else "findings"
    return f"{len(use.covers)} {noun} ({', '.join([*shown, *more])})"


def subject_of(waiver: Waiver) -> str:
    """What tells a waiver from its neighbors when lines move."""
    return " ".join(word for word in (waiver.code, waiver.path, waiver.item, waiver.gate) if word)
