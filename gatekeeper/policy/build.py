"""The sources of a policy, made law: each is held against the model of a policy file, then later ones win over earlier ones."""

from __future__ import annotations

from collections.abc import Mapping

from gatekeeper.model.document import DocumentKind
from gatekeeper.model.report import PolicySource
from gatekeeper.model.status import Status
from gatekeeper.policy.assertion.section import SHIPPED, assertion_lines, build_assertions, own_codes
from gatekeeper.policy.contracts import iter_contracts
from gatekeeper.policy.environment import BASE, SECTION, build_environment
from gatekeeper.policy.faults import Faults
from gatekeeper.policy.file import PolicyFile
from gatekeeper.policy.gate.section import check_contract_names, iter_gates
from gatekeeper.policy.policy import Policy
from gatekeeper.policy.rules import KNOWN, codes_of, merge_rules, rule_lines
from gatekeeper.policy.source.chain import Chain, Load
from gatekeeper.policy.source.layer import Layer, lines_of, merge_list, merge_map
from gatekeeper.policy.source.params import fill_params, has_holes
from gatekeeper.policy.source.value import Source, digest_of
from gatekeeper.policy.source.wording import read_model
from gatekeeper.policy.waivers import merge_baseline, merge_waivers


def build_policy(root: Source, load: Load, known: Mapping[str, str] | None = None) -> Policy:
    """The law that a file holds together with what it extends.

    Args:
        root: the file.
        load: gives what it extends.
        known: code -> name of every rule there is; without it any word is taken for a code.

    Raises:
        PolicyError: a source is not a valid policy; it tells the first fault and carries all.
    """
    faults = Faults()
    chain = Chain(root, load, faults)
    chain.lay_below(SECTION, BASE)
    # Where the head is wrong, what parameters are there is not known.
    sources = chain.sources if len(faults) else fill_params(chain.sources, chain.via, faults)
    is_sure = not len(faults)
    layers = []
    names = None if known is None else {**own_codes(sources), **known}
    for source in sources:
        if not is_sure and has_holes(source):
            continue
        model = source.root and read_model(PolicyFile, source.root, faults, {KNOWN: names, SHIPPED: known})
        if source.root and model:
            layers.append(Layer(source.root, model))
    check_contract_names(layers, faults)
    faults.settle()
    return _law(layers, chain.sources, codes_of(names or {}))


def _law(layers: list[Layer], sources: list[Source], codes: Mapping[str, str]) -> Policy:
    """Layers and their sources, lowest precedence first, as one law."""
    exclude, documents = merge_list(layers, "exclude"), merge_map(layers, "documents")
    # Of authorities the first weighs most, and so does the file that extends another.
    authority, lanes = merge_list(reversed(layers), "authority"), merge_list(layers, "lanes")
    statuses = merge_map(layers, "statuses", str.casefold)
    rules = merge_rules(layers, codes)
    environment, environment_lines = build_environment(layers)
    waivers, waiver_lines = merge_waivers(layers, dict(codes))
    baseline, baseline_lines = merge_baseline(layers)
    contracts = merge_map(layers, "contracts")
    assertions = merge_map(layers, "assertions")
    gates = merge_map(layers, "gates")
    return Policy(
        sources=tuple(PolicySource(source.name, source.sha256) for source in sources),
        sha256=digest_of(sources),
        exclude=tuple(entry.value.word for entry in exclude),
        documents=tuple((entry.word, DocumentKind(entry.value.word)) for entry in documents),
        statuses={entry.word: Status(entry.value.word) for entry in statuses},
        rules={code: rule.setting() for code, rule in rules.items()},
        environment=environment,
        waivers=waivers,
        baseline=baseline,
        contracts=tuple(iter_contracts(contracts)),
        assertions=build_assertions(assertions, sources[-1].name),
        gates=tuple(iter_gates(gates)),
        authority=tuple(entry.value.word for entry in authority),
        lanes=tuple(entry.value.word for entry in lanes),
        lines=(
            *lines_of("authority", authority),
            *lines_of("documents", documents),
            *lines_of("exclude", exclude),
            *lines_of("lanes", lanes),
            *lines_of("statuses", statuses),
            *rule_lines(rules),
            *environment_lines,
            *waiver_lines,
            *baseline_lines,
            *lines_of("contracts", contracts),
            *assertion_lines(assertions),
            *lines_of("gates", gates),
        ),
    )
