"""What the rules about contracts have in common: a finding for each way in which a file does not meet one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gatekeeper.model.contract.fact import ContractFact, Place, Violation, ViolationKind
from gatekeeper.model.contract.law import Contract, Extractor
from gatekeeper.model.finding import Finding, Location
from gatekeeper.model.project import Project
from gatekeeper.model.text import Position
from gatekeeper.rules.base import ProjectRule

_NAMED_LIMIT = 5
_RELATED_LIMIT = 20
_PACK = "pack:"


class ContractRule(ProjectRule):
    """A rule that contracts name: a finding for everything that breaks one of them."""

    def check(self, project: Project) -> Iterator[Finding]:
        """A finding for each value that is wrong, at the value."""
        for fact in project.contracts:
            if fact.contract.rule == self.info.code:
                for violation in fact.violations:
                    if violation.kind is ViolationKind.BROKEN:
                        yield self.tell(violation, [fact.contract])

    def tell(self, violation: Violation, contracts: Sequence[Contract]) -> Finding:
        """The finding of a violation that stands for one or several contracts."""
        first, place = contracts[0], violation.place
        sides = tuple(_located(one) for one in violation.related[:_RELATED_LIMIT])
        law = tuple(location for one in contracts[:_NAMED_LIMIT] for location in _law(one))
        finding = self.finding(
            place.source,
            place.span,
            violation.message,
            help=_help(violation, contracts),
            subject=f"{first.name} {violation.subject}",
            related=(*sides, *law),
        )
        return finding if first.severity is None else replace(finding, severity=first.severity)


class EveryContractRule(ContractRule):
    """A rule about every contract, whatever rule it names: what one file lacks is told once, for all that need it."""

    kind: ViolationKind

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each thing that is not there, or that cannot be told."""
        found: dict[tuple[str, int, str], tuple[Violation, list[Contract]]] = {}
        told = _missing_sections(project)
        for fact, violation in _iter_of_kind(project, self.kind):
            if (violation.place.source.path, fact.contract.selector.name) in told:
                continue
            place = violation.place
            key = (place.source.path, place.span.start, violation.message)
            found.setdefault(key, (violation, []))[1].append(fact.contract)
        for violation, contracts in found.values():
            yield self.tell(violation, contracts)


def _iter_of_kind(project: Project, kind: ViolationKind) -> Iterator[tuple[ContractFact, Violation]]:
    return ((fact, one) for fact in project.contracts for one in fact.violations if one.kind is kind)


def _missing_sections(project: Project) -> set[tuple[str, str]]:
    """Path and title of the sections that a contract about sections misses: what should stand in them is not missed again."""
    return {
        (one.place.source.path, one.subject)
        for fact in project.contracts
        if fact.contract.selector.extractor is Extractor.SECTIONS
        for one in fact.violations
        if one.kind is ViolationKind.BROKEN
    }


def _help(violation: Violation, contracts: Sequence[Contract]) -> str:
    """What to do, by the law's own words where it has some, and which contract wants it."""
    names = ", ".join(f"`{one.name}`" for one in contracts[:_NAMED_LIMIT])
    more = f" and {len(contracts) - _NAMED_LIMIT} more" if len(contracts) > _NAMED_LIMIT else ""
    noun = "contract" if len(contracts) == 1 else "contracts"
    where = f" at {contracts[0].where}" if contracts[0].where.startswith(_PACK) else ""
    return f"{contracts[0].message or violation.expected} ({noun} {names}{more}{where})"


def _located(place: Place) -> Location:
    return Location.at(place.source, place.span, place.message)


def _law(contract: Contract) -> Iterator[Location]:
    """The place of a contract in a policy file; none for a pack, which is no file of the repository."""
    path, _, rest = contract.where.partition(":")
    line, _, column = rest.partition(":")
    if line.isdecimal() and column.isdecimal() and path != _PACK.rstrip(":"):
        position = Position(int(line), int(column))
        yield Location(path, position, position, "", f"contract `{contract.name}`")
