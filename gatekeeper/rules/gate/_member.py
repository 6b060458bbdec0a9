"""How a unit in a run stands, in words."""

from __future__ import annotations

from gatekeeper.model.order import Member
from gatekeeper.model.status import Status
from gatekeeper.rules.base import quoted


def standing(member: Member) -> str:
    """What a unit is by the words that give its status; where its boxes give it, what it has."""
    if member.boxes:
        return f"has {'all' if member.status is Status.DONE else 'none'} of its {member.boxes} boxes ticked"
    return f"is {quoted(member.raw)}"
