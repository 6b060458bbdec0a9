"""Which rules, assertions and contracts ever object, when the repository's own documents are broken on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from gatekeeper.engine.session import RunSettings, examine
from gatekeeper.engine.trial.edits import apply_edits
from gatekeeper.engine.trial.mutants import iter_mutants
from gatekeeper.engine.trial.subject import Scene, look_of
from gatekeeper.model.assertion.fact import AssertionFact
from gatekeeper.model.assertion.trial import Objector, Standing, Survey
from gatekeeper.model.contract.fact import ContractFact, ContractState, ViolationKind
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Project, Tree
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.facts import FactReader
from gatekeeper.parse.syntax.source import decode_source
from gatekeeper.repo.overlay import OverlayTree
from gatekeeper.repo.patterns import compile_patterns

Watch = Callable[[str], None]

_LINES_LIMIT = 200
_BYTES_LIMIT = 1 << 20
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
_WORD = re.compile(r"(?<=[\"'`])[A-Za-z][\w./-]*(?=[\"'`])")


def survey(tree: Tree, settings: RunSettings, watch: Watch = lambda name: None) -> Survey:
    """What every rule, assertion and contract in force has to say of mutations of the repository, which is left as it is.

    A mutation is only checked while a rule that may object to it has not yet spoken, so the work is at most some fifty checks.

    Raises:
        GatekeeperError: see `check`.
    """
    report, project = examine(tree, settings)
    # What the law asks of gates names documents of which a mutant may have lost a part.
    settings = replace(settings, holds_gates=False)
    scene = Scene(project, report)
    owned = {one.code for one in settings.policy.assertions}
    spoken = {finding.code: "" for finding in report.findings}
    mutations = 0
    for mutant in iter_mutants(tree, project, settings, report.rules):
        waiting = [info.code for info in report.rules if info.code not in spoken]
        if not any(code in owned or code.startswith(mutant.families) for code in waiting):
            continue
        watch(mutant.name)
        mutations += 1
        for finding in examine(mutant.tree, mutant.settings)[0].findings:
            spoken.setdefault(finding.code, mutant.name)
    contracts = tuple(_contract(fact, tree, watch) for fact in project.contracts)
    _add_contract_rules(spoken, contracts, project)
    rules = (_rule(info, spoken, scene) for info in report.rules if info.code not in owned)
    assertions = (_assertion(fact, spoken, project) for fact in project.assertions)
    return Survey((*rules, *assertions, *contracts), mutations, len(project.documents))


def _add_contract_rules(spoken: dict[str, str], contracts: Sequence[Objector], project: Project) -> None:
    """The rules that contracts name speak through them."""
    for objector, fact in zip(contracts, project.contracts, strict=True):
        if not objector.never_objects:
            spoken.setdefault(fact.contract.rule, objector.by)
    if any(not one.never_objects for one in contracts):
        spoken.setdefault("SC002", "deletes the file of a contract")


def _rule(info: RuleInfo, spoken: dict[str, str], scene: Scene) -> Objector:
    words, has = look_of(info.code)
    return Objector(
        "rule",
        info.code,
        info.name,
        _standing(spoken.get(info.code), lambda: has(scene)),
        **_by(spoken, info.code, words),
    )


def _by(spoken: dict[str, str], code: str, words: str) -> dict[str, str]:
    return {"by": spoken.get(code, ""), "looks_at": words}


def _standing(by: str | None, has: Callable[[], bool]) -> Standing:
    if by is not None:
        return Standing.MUTATION if by else Standing.TODAY
    return Standing.SILENT if has() else Standing.IDLE


def _assertion(fact: AssertionFact, spoken: dict[str, str], project: Project) -> Objector:
    from gatekeeper.link.assertion.probe import find_objection

    assertion = fact.assertion
    by = spoken.get(assertion.code)
    if by is None:
        by = find_objection(assertion, project, compile_patterns) or None
    words = f"what it selects ({assertion.select.what.value})"
    standing = _standing(by, lambda: fact.held > 0)
    return Objector("assertion", assertion.code, assertion.name, standing, by or "", words)


def _contract(fact: ContractFact, tree: Tree, watch: Watch) -> Objector:
    """Whether a contract objects when its files lose lines, or say something else."""
    name, files = fact.contract.name, "the files that it names"
    if fact.state is ContractState.UNMET:
        return Objector("contract", name, "", Standing.TODAY, looks_at=files)
    watch(name)
    for by, path, data in _broken_files(fact, tree):
        if _objects(fact, OverlayTree(tree, {path: data})):
            return Objector("contract", name, "", Standing.MUTATION, by, files)
    return Objector("contract", name, "", Standing.SILENT if fact.files else Standing.IDLE, looks_at=files)


def _objects(fact: ContractFact, tree: Tree) -> bool:
    from gatekeeper.link.contract.hold import hold_contracts

    (found,) = hold_contracts([fact.contract], tree, FactReader())
    return any(one.kind is not ViolationKind.UNJUDGED for one in found.violations)


def _broken_files(fact: ContractFact, tree: Tree) -> Iterator[tuple[str, str, bytes]]:
    """What was done to which file, and its bytes: values made others, then each line left out in turn."""
    for path in fact.files:
        try:
            source, _ = decode_source(path, tree.read(path, _BYTES_LIMIT))
        except UnreadableError:
            continue
        yield f"raises the numbers of {path}", path, _NUMBER.sub("99999", source.text).encode()
        yield f"makes the numbers of {path} negative", path, _NUMBER.sub("-1.5", source.text).encode()
        yield f"renames the words of {path}", path, _WORD.sub(lambda match: f"{match[0]}zzyzx", source.text).encode()
        for number in range(1, min(source.line_count(), _LINES_LIMIT) + 1):
            yield f"leaves out line {number} of {path}", path, _without_line(source, number).encode()


def _without_line(source: SourceText, number: int) -> str:
    starts = [*source.line_starts(), len(source.text)]
    return apply_edits(source.text, [(Span(starts[number - 1], starts[number]), "")])
