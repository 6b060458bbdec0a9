"""One run, top to bottom: discover, read, parse, link, check, settle, Report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from gatekeeper.engine.accept import apply_baseline, apply_waivers
from gatekeeper.engine.change.compare import compare_policies
from gatekeeper.engine.disagree import find_disagreements
from gatekeeper.engine.exemptions import Exemptions, TrustedBase, read_exemptions
from gatekeeper.engine.gate.facts import gate_facts
from gatekeeper.engine.intake import Parse, iter_taken
from gatekeeper.engine.law import LAW_BYTES_LIMIT
from gatekeeper.engine.scope import Places
from gatekeeper.engine.select import assertions_in_force, iter_in_force, select_rules
from gatekeeper.engine.settle import join, settle
from gatekeeper.link.project import link_documents
from gatekeeper.model.contract.law import Contract
from gatekeeper.model.document import Document
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.finding import Finding
from gatekeeper.model.project import Project, Tree
from gatekeeper.model.report import Input, InputState, Report
from gatekeeper.parse.facts import FactReader
from gatekeeper.parse.reader import parse_document
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.patterns import compile_patterns
from gatekeeper.rules.assertion import card_of
from gatekeeper.rules.base import DocumentRule, ProjectRule, Rule, SettlementRule
from gatekeeper.rules.registry import FAMILIES, RULES

_ENVIRONMENT = frozenset(rule.info.code for rule in FAMILIES["env"])

Watch = Callable[[str], None]


class RunSettings(Struct, frozen=True):
    """What one run was asked for; with the same tree and settings the Report is the same.

    Attributes:
        paths: repo-relative files and folders to look at; none for the whole tree.
        today: ISO 8601 date that counts as today.
        version: gatekeeper's own, for the Report.
        with_disagreements: whether the Report is to tell who says what of each item.
        policy: the law in force; with a trusted commit, that commit's.
        holds_gates: whether what the law asks of gates is held; not for documents that are no repository.
        trusted: the commit whose waivers and baseline are in force too; None for the work tree's own.
        parse: reads documents; another than `parse_document` may remember those of a tree that was looked at before.
    """

    paths: tuple[str, ...] = ()
    today: str = ""
    version: str = ""
    policy: Policy = field(default_factory=Policy)
    with_disagreements: bool = False
    trusted: TrustedBase | None = None
    holds_gates: bool = True
    parse: Parse = parse_document


def check(tree: Tree, settings: RunSettings, watch: Watch = lambda path: None) -> Report:
    """The outcome of holding the documents of a tree against it; `watch` is told of each file before it is read.

    Raises:
        GatekeeperError: the paths, the policy or the tree cannot be used; faults of documents are findings.
    """
    return examine(tree, settings, watch)[0]


def examine(tree: Tree, settings: RunSettings, watch: Watch = lambda path: None) -> tuple[Report, Project]:
    """The outcome as `check` gives it, and the facts that it came from.

    Raises:
        GatekeeperError: see `check`.
    """
    return survey(tree, settings, watch)[:2]


def survey(tree: Tree, settings: RunSettings, watch: Watch = lambda path: None) -> tuple[Report, Project, Settlement]:
    """The outcome as `check` gives it, the facts that it came from, and what became of findings and exceptions.

    Raises:
        GatekeeperError: see `check`.
    """
    policy = settings.policy
    rules = select_rules(RULES, policy)
    proposed = settings.trusted.proposed if settings.trusted else None
    taken = list(iter_taken(tree, settings.paths, policy, watch, proposed, settings.parse))
    documents = [one.document for one in taken if one.document is not None]
    contracts = [one for one in policy.contracts if _is_asked(one, settings.paths)]
    project = with_standing(link_documents(documents, tree, settings.today, contracts, FactReader()), policy)
    if policy.environment is not None:
        # Not above: what it loads is for repositories whose law speaks of the environment.
        from gatekeeper.engine.validate.environment import find_environment, is_about

        if is_about(tree, settings.paths):
            project = replace(project, environment=find_environment(tree, policy.environment, policy.exclude))
    project = _with_gates(_hold_assertions(project, settings), tree, settings)
    project = with_history(project, rules, tree, policy)
    settlement, last, growth = conclude(rules, project, tree, settings)
    report = Report(
        version=settings.version,
        findings=join(settlement.findings, last),
        inputs=tuple(one.entry for one in taken),
        rules=tuple(rule.info for rule in rules),
        policy_sha256=policy.sha256,
        policy_sources=policy.sources,
        revision=tree.revision,
        evidence=sum(map(len, project.facts.values())),
        variables=len(project.environment.names) if project.environment else 0,
        disagreements=find_disagreements(project, settlement.findings, tree) if settings.with_disagreements else None,
        trusted=settlement.trusted,
        waivers=settlement.waivers,
        baseline_growth=growth,
        contracts=len(project.contracts),
    )
    return report, project, settlement


def with_history(project: Project, rules: Iterable[Rule], tree: Tree, policy: Policy) -> Project:
    """The project with the last moves of its items, where one of the rules asks for them.

    Raises:
        GitError: git failed or did not answer in time.
    """
    if not any(rule.asks_history for rule in rules):
        return project
    # Not above: few runs look back.
    from gatekeeper.engine.history.last import find_last_moves

    return replace(project, moves=find_last_moves(tree, policy, project.documents))


def _hold_assertions(project: Project, settings: RunSettings) -> Project:
    """The project with what became of the assertions in force; a part of the tree tells nothing of what must be counted in all."""
    assertions = assertions_in_force(settings.policy)
    if settings.paths and "" not in settings.paths:
        assertions = tuple(one for one in assertions if one.count is None or one.count.least is None)
    if not assertions:
        return project
    # Not above: a run without assertions must not pay for what judges them.
    from gatekeeper.link.assertion.hold import hold_assertions

    return replace(project, assertions=hold_assertions(assertions, project, compile_patterns))


def _with_gates(project: Project, tree: Tree, settings: RunSettings) -> Project:
    """The project with its gates; a part of the tree tells nothing of what the law names in all of it.

    Raises:
        PolicyError: the law asks for something that does not exist.
    """
    is_whole = not settings.paths or "" in settings.paths
    policy = settings.policy if is_whole and settings.holds_gates else replace(settings.policy, gates=())
    return replace(project, gates=gate_facts(project, policy, tree, settings.today))


def _is_asked(contract: Contract, paths: tuple[str, ...]) -> bool:
    """Whether a contract is about one of the paths that were asked for; without any, all are."""
    files = [one.file for one in (contract.selector, *contract.same_as, *contract.within)]
    return not paths or any(f"{file}/".startswith(f"{path}/") or not path for file in files for path in paths)


def iter_documents(tree: Tree, settings: RunSettings, watch: Watch = lambda path: None) -> Iterator[Document | Input]:
    """Each file that is looked at, in path order, as soon as it is read.

    A Document where it has content or a problem, or was named; what became of it otherwise.
    """
    for one in iter_taken(tree, settings.paths, settings.policy, watch):
        document = one.document
        if document is not None and (one.entry.state is InputState.PARSED or document.problems or one.is_named):
            yield document
        else:
            yield one.entry


def conclude(
    rules: Iterable[Rule], project: Project, tree: Tree, settings: RunSettings
) -> tuple[Settlement, tuple[Finding, ...], int]:
    """What the rules find with what is accepted of it, then what the last rules find, and by how much the baseline grew."""
    rules, policy = tuple(rules), settings.policy
    exemptions = _exemptions(tree, project, settings)
    asked = (one for one in _iter_findings(rules, project) if _is_wanted(one, settings.paths))
    found = _hardened(settle(iter_in_force(asked, policy)), tree, settings)
    settlement = _accept(found, exemptions, project, tree, settings)
    last = (one for rule in rules if isinstance(rule, SettlementRule) for one in rule.check(settlement))
    return settlement, settle(iter_in_force(last, policy)), exemptions.growth


def _hardened(findings: tuple[Finding, ...], tree: Tree, settings: RunSettings) -> tuple[Finding, ...]:
    """The findings, those a step worse that are older than the law lets them be."""
    if all(rule.harden_after_days is None for rule in settings.policy.rules.values()):
        return findings
    # Not above: few laws ask for it.
    from gatekeeper.engine.history.age import harden

    return harden(findings, settings.policy, tree, settings.today)


def _is_wanted(finding: Finding, paths: tuple[str, ...]) -> bool:
    """Whether a finding about the environment lies where somebody asked; documents were chosen before they were read."""
    if not paths or finding.code not in _ENVIRONMENT:
        return True
    return any(not one or f"{finding.location.path}/".startswith(f"{one}/") for one in paths)


def _exemptions(tree: Tree, project: Project, settings: RunSettings) -> Exemptions:
    """What is accepted, with every way in which the change that is checked weakens the law."""
    trusted = settings.trusted
    if trusted is None:
        return read_exemptions(tree, project.documents, settings.policy)
    found = read_exemptions(tree, project.documents, settings.policy, trusted, tree.renames())
    own = {one.code: card_of(one) for one in (*settings.policy.assertions, *trusted.proposed.assertions)}
    known = {**{rule.info: rule.Options for rule in RULES}, **dict.fromkeys(own.values())}
    changes = compare_policies(settings.policy, trusted.proposed, known, lambda path: _text_of(tree, path))
    return replace(found, changes=(*changes, *found.changes))


def _text_of(tree: Tree, path: str) -> str:
    try:
        return tree.read(path, LAW_BYTES_LIMIT).decode("utf-8", "replace")
    except UnreadableError:
        return ""


def _accept(
    findings: tuple[Finding, ...], exemptions: Exemptions, project: Project, tree: Tree, settings: RunSettings
) -> Settlement:
    """The findings with what is accepted of them, and what is wrong with the exceptions themselves."""
    law, baseline = settings.policy.waivers, exemptions.baseline
    findings, waivers = apply_waivers(findings, exemptions.waivers, Places(project.documents), law, settings.today)
    is_moved = any(entry.path not in tree.files for entry in baseline.entries)
    findings, stale = apply_baseline(findings, baseline, tree.renames() if is_moved else {})
    is_whole = not settings.paths or "" in settings.paths
    seen = {document.path for document in project.documents}
    return Settlement(
        findings=findings,
        law=law,
        waivers=tuple(use for use in waivers if is_whole or use.covers or use.waiver.is_inline),
        faults=tuple(fault for fault in exemptions.faults if is_whole or fault.location.path in seen),
        baseline=baseline,
        stale=stale if is_whole else (),
        changes=exemptions.changes,
        trusted=settings.trusted.name if settings.trusted else "",
        is_whole=is_whole,
        today=settings.today,
    )


def _iter_findings(rules: Iterable[Rule], project: Project) -> Iterator[Finding]:
    """What the rules see, in their order."""
    for rule in rules:
        if isinstance(rule, DocumentRule):
            for document in project.documents:
                yield from rule.check(document, project)
        elif isinstance(rule, ProjectRule):
            yield from rule.check(project)


def with_standing(project: Project, policy: Policy) -> Project:
    """The project with the rank of each document that the policy calls an authority, and with its lanes.

    Raises:
        ConfigError: a pattern is not as in .gitignore.
    """
    paths = [document.path for document in project.documents]
    ranks = [compile_patterns([glob]) for glob in policy.authority]
    found = {path: next((rank for rank, is_meant in enumerate(ranks) if is_meant(path)), None) for path in paths}
    authority = {path: rank for path, rank in found.items() if rank is not None}
    is_lane = compile_patterns(policy.lanes)
    return replace(project, authority=authority, lanes=frozenset(path for path in paths if is_lane(path)))
