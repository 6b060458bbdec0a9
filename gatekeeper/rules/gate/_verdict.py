"""What the rules about verdicts of gates have in common: who says that a gate is passed, and findings at places of facts."""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.gate.verdict import Requirement
from gatekeeper.model.report import RuleInfo, Saying
from gatekeeper.model.status import Status

_RELATED = 6


def passed(fact: GateFact) -> Saying | None:
    """The first place that says that a gate is passed; None where none does, or another says that it is not."""
    said = [one for one in fact.gate.decisions if one.status is not Status.UNKNOWN]
    return said[0] if said and all(one.status is Status.DONE for one in said) else None


def related(requirements: Sequence[Requirement]) -> tuple[Location, ...]:
    """The first places of requirements, and where the law asks for them."""
    places = [place for one in requirements for place in one.places[:_RELATED]]
    return tuple(places[:_RELATED])


def place_words(place: Location) -> str:
    """A place as people write it."""
    return f"{place.path}:{place.start.line}"


def finding_at(
    info: RuleInfo,
    severity: Severity,
    location: Location,
    message: str,
    help_: str,
    subject: str,
    others: tuple[Location, ...] = (),
) -> Finding:
    """A finding of a rule at a place that a fact gives."""
    return Finding(info.code, info.name, severity, message, location, help=help_, related=others, subject=subject)
