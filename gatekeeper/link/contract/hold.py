"""Contracts and a tree: what became of each contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.link.contract.code.literal import AbsentError, UnreadError
from gatekeeper.link.contract.demand.fault import find_schema_fault
from gatekeeper.link.contract.demand.members import check_includes, check_same, check_within
from gatekeeper.link.contract.demand.paths import check_paths
from gatekeeper.link.contract.demand.schema import check_schema
from gatekeeper.link.contract.demand.tightens import check_tightening
from gatekeeper.link.contract.extract import extract
from gatekeeper.link.contract.facts import Facts
from gatekeeper.link.contract.files import Files
from gatekeeper.model.contract.fact import ContractFact, ContractState, Place, Reader, Violation, ViolationKind
from gatekeeper.model.contract.law import Contract, Selector
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.project import Tree
from gatekeeper.model.text import SourceText, Span


def hold_contracts(contracts: Sequence[Contract], tree: Tree, reader: Reader) -> tuple[ContractFact, ...]:
    """What became of each contract, in their order.

    Raises:
        PolicyError: a contract's schema cannot be taken.
    """
    if not contracts:
        return ()
    verify_schemas(contracts)
    files = Files(tree, reader)
    return tuple(_hold(contract, files) for contract in contracts)


def verify_schemas(contracts: Sequence[Contract]) -> None:
    """Sees to it that every schema can be used.

    Raises:
        PolicyError: one cannot; it names the place within the schema.
    """
    for contract in contracts:
        fault = find_schema_fault(contract.schema) if contract.schema is not None else ""
        if fault:
            message = f"the schema of contract `{contract.name}` is not taken {fault}"
            raise PolicyError(message, "write a JSON Schema of draft 2020-12 that stands on its own", contract.where)


def _hold(contract: Contract, files: Files) -> ContractFact:
    taken, violations = _take(contract.selector, files)
    same = [_take(selector, files) for selector in contract.same_as]
    within = [_take(selector, files) for selector in contract.within]
    violations += [one for _, found in (*same, *within) for one in found]
    others = tuple(facts for found, _ in within for facts in found)
    for facts in taken:
        violations += _check(contract, facts, files)
        violations += [one for found, _ in same for one in check_same(facts, tuple(found))]
        if others:
            violations += check_within(facts, others)
    paths = {facts.source.path for found, _ in ((taken, []), *same, *within) for facts in found}
    ordered = sorted(dict.fromkeys(violations), key=_rank)
    reason = ordered[0].message if ordered else ""
    return ContractFact(contract, _state_of(ordered), reason, tuple(sorted(paths)), tuple(ordered))


def _rank(violation: Violation) -> tuple[str, Span, str]:
    return (violation.place.source.path, violation.place.span, violation.message)


def _state_of(violations: Sequence[Violation]) -> ContractState:
    if any(one.kind is not ViolationKind.UNJUDGED for one in violations):
        return ContractState.UNMET
    return ContractState.UNKNOWN if violations else ContractState.MET


def _check(contract: Contract, facts: Facts, files: Files) -> Iterator[Violation]:
    yield from check_schema(contract, facts)
    yield from check_includes(contract, facts)
    if contract.path_exists is not None:
        yield from check_paths(contract.path_exists, facts, files)
    if contract.tightens is not None:
        yield from check_tightening(contract.tightens, facts)


def _take(selector: Selector, files: Files) -> tuple[list[Facts], list[Violation]]:
    """The facts of each file that a selector names, and what keeps others from having any."""
    found: list[Facts] = []
    violations: list[Violation] = []
    paths = files.find(selector.file)
    if not paths:
        violations.append(_no_file(selector, files))
    for path in paths:
        try:
            found.append(Facts(selector, files.source(path), extract(files, selector, path)))
        except UnreadError as error:
            violations.append(_violation(ViolationKind.UNJUDGED, selector, path, error, files))
        except AbsentError as error:
            violations.append(_violation(ViolationKind.ABSENT, selector, path, error, files))
    return found, violations


def _no_file(selector: Selector, files: Files) -> Violation:
    message = f"`{selector.file}` is not there{files.suggest(selector.file)}"
    place = Place(SourceText(selector.file, ""), Span(0, 0))
    return Violation(ViolationKind.ABSENT, message, "write the file, or name it in the policy", place, selector.file)


def _violation(kind: ViolationKind, selector: Selector, path: str, error: AbsentError, files: Files) -> Violation:
    try:
        source = files.source(path)
    except UnreadError:
        source = SourceText(path, "")
    if kind is ViolationKind.UNJUDGED:
        message, expected = f"{selector} was not read: {error.message}", "write it so that it can be read"
    else:
        message, expected = error.message, "write it, or name in the policy what is there"
    subject = f"{selector.extractor} {selector.name}"
    return Violation(kind, message, expected, Place(source, error.span or Span(0, 0)), subject)
