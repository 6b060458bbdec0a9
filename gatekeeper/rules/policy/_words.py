"""What the messages of these rules have in common."""

from __future__ import annotations

from gatekeeper.model.exception.settlement import LawChange


def said(change: LawChange, trusted: str) -> str:
    """Both sides of a change: `'30' at main, '300' here`."""
    before = f"'{change.before}' at {trusted}" if change.before else f"nothing at {trusted}"
    return f"{before}, {repr(change.after) if change.after else 'nothing'} here"
