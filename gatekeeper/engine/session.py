"""One run, top to bottom: discover, read, parse, link, check, settle, Report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from gatekeeper.engine.disagree import find_disagreements
from gatekeeper.engine.intake import iter_taken
from gatekeeper.engine.select import iter_in_force, select_rules
from gatekeeper.engine.settle import settle
from gatekeeper.link.project import link_documents
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding
from gatekeeper.model.project import Project, Tree
from gatekeeper.model.report import Input, InputState, Report
from gatekeeper.policy.policy import Policy
from gatekeeper.rules.base import DocumentRule, ProjectRule, Rule
from gatekeeper.rules.registry import RULES

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What one run was asked for; with the same tree and settings the Report is the same.

    Attributes:
        paths: repo-relative files and folders to look at; none for the whole tree.
        today: ISO 8601 date that counts as today.
        version: gatekeeper's own, for the Report.
        with_disagreements: whether the Report is to tell who says what of each item.
    """

    paths: tuple[str, ...] = ()
    today: str = ""
    version: str = ""
    policy: Policy = field(default_factory=Policy)
    with_disagreements: bool = False


def check(tree: Tree, settings: RunSettings, watch: Watch = lambda path: None) -> Report:
    """The outcome of holding the documents of a tree against it; `watch` is told of each file before it is read.

    Raises:
        GatekeeperError: the paths, the policy or the tree cannot be used; faults of documents are findings.
    """
    policy = settings.policy
    rules = select_rules(RULES, policy)
    taken = list(iter_taken(tree, settings.paths, policy, watch))
    project = link_documents([one.document for one in taken if one.document is not None], tree, settings.today)
    findings = settle(iter_in_force(_iter_findings(rules, project), policy))
    return Report(
        version=settings.version,
        findings=findings,
        inputs=tuple(one.entry for one in taken),
        rules=tuple(rule.info for rule in rules),
        policy_sha256=policy.sha256,
        policy_sources=policy.sources,
        revision=tree.revision,
        evidence=sum(map(len, project.facts.values())),
        disagreements=find_disagreements(project, findings, tree) if settings.with_disagreements else None,
    )


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


def _iter_findings(rules: Iterable[Rule], project: Project) -> Iterator[Finding]:
    """What the rules see, in their order."""
    for rule in rules:
        if isinstance(rule, DocumentRule):
            for document in project.documents:
                yield from rule.check(document, project)
        elif isinstance(rule, ProjectRule):
            yield from rule.check(project)
