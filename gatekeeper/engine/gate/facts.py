"""The gates of a run as facts, held against the law where all of the tree is looked at."""

from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.link.gate.gates import link_gates
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.project import Project, Tree
from gatekeeper.parse.facts import FactReader
from gatekeeper.parse.reader import ParseSettings
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.patterns import compile_patterns


def gate_facts(project: Project, policy: Policy, tree: Tree, today: str) -> tuple[GateFact, ...]:
    """The gates of documents and law, in the order of the law, then of their units.

    Raises:
        PolicyError: the law asks for something that does not exist.
    """
    reader = FactReader(ParseSettings(policy.statuses))
    return link_gates(replace(project, today=today), policy.gates, tree, reader, compile_patterns)
