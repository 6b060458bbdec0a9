"""Which rules run under a policy, with which options and at which severity."""

from __future__ import annotations

from collections.abc import Iterable

from gatekeeper.model.errors import PolicyError
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleStatus
from gatekeeper.policy.policy import Policy, RuleSetting
from gatekeeper.rules.base import Rule


def select_rules(rules: Iterable[type[Rule]], policy: Policy) -> tuple[Rule, ...]:
    """The rules that run, by code, each with its options; a preview rule only where the policy sets it.

    Raises:
        PolicyError: an option that the rule does not have or cannot take.
    """
    chosen = (rule for rule in rules if _runs(rule, policy))
    return tuple(_with_options(rule, policy.rules.get(rule.info.code, RuleSetting())) for rule in chosen)


def severities_of(policy: Policy) -> dict[str, Severity]:
    """The severities that the policy sets, by rule code."""
    return {code: setting.severity for code, setting in policy.rules.items() if setting.severity is not None}


def _runs(rule: type[Rule], policy: Policy) -> bool:
    setting = policy.rules.get(rule.info.code)
    if setting is not None:
        return setting.enabled and rule.info.status is not RuleStatus.REMOVED
    return rule.info.status in (RuleStatus.STABLE, RuleStatus.DEPRECATED)


def _with_options(rule: type[Rule], setting: RuleSetting) -> Rule:
    try:
        return rule(setting.options)
    except PolicyError as error:
        # The rule knows what is wrong, the policy knows where.
        raise PolicyError(error.message, error.hint, error.where or setting.where) from None
