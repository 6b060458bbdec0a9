"""The terms of a waiver, however it is written: who, what, why and until when, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from gatekeeper.model.exception.day import day_number
from gatekeeper.model.exception.waiver import FaultKind, Waiver, WaiverFault, WaiverLaw
from gatekeeper.model.finding import Location
from gatekeeper.policy.faults import quoted, remedy


class Terms(Struct, frozen=True):
    """What waivers are held against.

    Attributes:
        known: code and name of every rule.
    """

    known: Mapping[str, str]
    law: WaiverLaw = field(default_factory=WaiverLaw)

    def code_of(self, rule: str) -> str | None:
        """The code of a rule, given by code or name in any letter case; None when there is no such rule."""
        wanted = rule.strip().lower()
        return next((code for code, name in self.known.items() if wanted in (code.lower(), name)), None)

    def accept(self, waiver: Waiver, at: Callable[[str], Location]) -> Waiver | WaiverFault:
        """The waiver with its rule's code, or the first thing that is wrong with it.

        Args:
            waiver: its code as its author wrote it: a code or a name.
            at: the place of one of its terms, by the term's name.
        """
        code = self.code_of(waiver.code)
        subject = f"{waiver.code} {waiver.item or waiver.gate or waiver.path}"
        if code is None:
            hint = remedy(waiver.code, [*self.known, *self.known.values()], "`gatekeeper rule` lists the rules")
            message = f"the waiver is of {quoted(waiver.code)}, which is no rule"
            return WaiverFault(FaultKind.UNKNOWN_RULE, at("rule"), message, hint, subject)
        fault = self._fault(waiver)
        if fault is None:
            return replace(waiver, code=code)
        term, message, hint = fault
        return WaiverFault(FaultKind.MALFORMED, at(term), message, hint, subject)

    def _fault(self, waiver: Waiver) -> tuple[str, str, str] | None:
        """Term, message and hint of what is wrong; None when nothing is."""
        if waiver.expires and day_number(waiver.expires) is None:
            message = (
                f"read {quoted(waiver.expires)} as the day on which the waiver ends, expected a date such as 2026-12-31"
            )
            return "expires", message, "write the last day on which it holds as year, month and day"
        if self.law.require_ticket and not waiver.ticket:
            return (
                "ticket",
                "the waiver names no ticket, which the policy asks for",
                "name the ticket that tracks the mending",
            )
        if self.law.require_approver and not waiver.approved_by:
            hint = "have somebody approve it who did not ask for it, and name them"
            return "approved-by", "the waiver names nobody who approved it, which the policy asks for", hint
        return None
