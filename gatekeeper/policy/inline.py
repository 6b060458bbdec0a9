"""Waivers that stand as comments in the document that they cover."""

from __future__ import annotations

import re

from gatekeeper.model.document import Directive
from gatekeeper.model.exception.waiver import FaultKind, Waiver, WaiverFault
from gatekeeper.model.finding import Location
from gatekeeper.model.text import SourceText
from gatekeeper.policy.faults import quoted
from gatekeeper.policy.terms import Terms

FORM = "waive EV001 until 2026-12-31 because REASON"

_VERB = "waive"
_REASON = re.compile(r"\bbecause\b", re.IGNORECASE)
_TERMS = ("until", "by", "ticket", "approved-by")


def read_directive(source: SourceText, directive: Directive, terms: Terms) -> Waiver | WaiverFault:
    """The waiver that a comment asks for, or what is wrong with it."""
    start = source.position(directive.span.start)
    location = Location(source.path, start, source.position(directive.span.end), directive.line)
    try:
        waiver = _waiver(directive, location)
    except ValueError as fault:
        subject = f"{source.path} {directive.text[:40]}"
        hint = f"write it as `gatekeeper: {FORM}`; `by`, `ticket` and `approved-by` may stand before `because`"
        return WaiverFault(FaultKind.MALFORMED, location, str(fault), hint, subject)
    return terms.accept(waiver, lambda term: location)


def _waiver(directive: Directive, location: Location) -> Waiver:
    """The waiver as written; its code is not looked up.

    Raises:
        ValueError: the comment is not of the form; it says what was read and expected.
    """
    head, because, reason = _parted(directive.text)
    words = head.split()
    if not words or words[0].lower() != _VERB:
        raise ValueError(f"the comment speaks to gatekeeper and says {quoted(directive.text)}, expected `{_VERB}`")
    if len(words) < 2 or words[1].lower() in _TERMS:
        raise ValueError("the comment waives no rule, expected its code or name behind `waive`")
    if not because or not reason:
        raise ValueError("the comment gives no reason, expected one behind `because`")
    if directive.covers is None:
        raise ValueError("the comment covers nothing: no block stands below it, and nothing else on its line")
    given = _given(words[2:])
    return Waiver(
        code=words[1],
        location=location,
        reason=reason,
        expires=given.get("until", ""),
        owner=given.get("by", ""),
        approved_by=given.get("approved-by", ""),
        ticket=given.get("ticket", ""),
        path=location.path,
        lines=directive.covers,
        covered=directive.covered,
    )


def _parted(text: str) -> tuple[str, str, str]:
    match = _REASON.search(text)
    return (text[: match.start()], match[0], text[match.end() :].strip()) if match else (text, "", "")


def _given(words: list[str]) -> dict[str, str]:
    """The terms between the rule and the reason, by name; each is one word.

    Raises:
        ValueError: one is not known, stands twice or is empty.
    """
    given: dict[str, str] = {}
    for name, value in zip(words[::2], [*words[1::2], *[""] * (len(words) % 2)], strict=True):
        if name.lower() not in _TERMS:
            raise ValueError(f"read {quoted(name)} in the comment, expected one of {', '.join(_TERMS)}, because")
        if name.lower() in given:
            raise ValueError(f"{quoted(name)} stands twice in the comment")
        if not value:
            raise ValueError(f"nothing stands behind {quoted(name)} in the comment")
        given[name.lower()] = value
    return given
