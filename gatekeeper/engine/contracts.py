"""A run over one family of contracts alone: no documents are read but those that the contracts name."""

from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.engine.select import select_rules
from gatekeeper.engine.session import RunSettings, conclude
from gatekeeper.engine.settle import join
from gatekeeper.link.project import link_documents
from gatekeeper.model.contract.law import Contract
from gatekeeper.model.project import Tree
from gatekeeper.model.report import Report
from gatekeeper.parse.facts import FactReader
from gatekeeper.policy.source.value import PACK_PREFIX
from gatekeeper.rules.registry import FAMILIES


def hold_family(tree: Tree, settings: RunSettings, family: str, pack: str) -> Report:
    """The outcome of holding the contracts of a pack, and all others that name a rule of its family.

    Args:
        tree: the repository.
        settings: the law, of which nothing but those contracts and the settings of their rules is taken.
        family: the rules' folder.
        pack: name of a shipped pack.

    Raises:
        GatekeeperError: the policy or the tree cannot be used.
    """
    policy = settings.policy
    codes = {rule.info.code for rule in FAMILIES[family]}
    chosen = tuple(one for one in policy.contracts if one.rule in codes or _is_of(one, pack))
    rules = select_rules((*FAMILIES[family], *FAMILIES["schema"]), replace(policy, contracts=chosen, assertions=()))
    project = link_documents((), tree, settings.today, chosen, FactReader())
    settlement, last, growth = conclude(rules, project, tree, settings)
    return Report(
        version=settings.version,
        findings=join(settlement.findings, last),
        rules=tuple(rule.info for rule in rules),
        policy_sha256=policy.sha256,
        policy_sources=policy.sources,
        revision=tree.revision,
        trusted=settlement.trusted,
        waivers=settlement.waivers,
        baseline_growth=growth,
        contracts=len(chosen),
    )


def _is_of(contract: Contract, pack: str) -> bool:
    return contract.where.startswith(f"{PACK_PREFIX}{pack}:")
