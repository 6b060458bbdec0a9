"""Which rules run under a policy, with which options and at which severity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from gatekeeper.model.assertion.law import Assertion
from gatekeeper.model.errors import ConfigError, PolicyError
from gatekeeper.model.fault import Fault
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo, RuleStatus
from gatekeeper.policy.policy import Policy, RuleSetting
from gatekeeper.repo.patterns import compile_patterns
from gatekeeper.rules.assertion import AssertionRule
from gatekeeper.rules.base import Rule


def select_rules(rules: Iterable[type[Rule]], policy: Policy) -> tuple[Rule, ...]:
    """The rules that run, by code, each with its options, those of assertions among them; a preview rule only where the policy sets it.

    Raises:
        PolicyError: an option that the rule does not have or cannot take.
    """
    chosen = [rule for rule in rules if _runs(rule.info, policy)]
    faults = option_faults(chosen, policy)
    if faults:
        raise PolicyError(faults[0].message, faults[0].hint, faults[0].where, faults)
    made = [rule(policy.rules.get(rule.info.code, RuleSetting()).options) for rule in chosen]
    own = [AssertionRule(one) for one in assertions_in_force(policy)]
    return tuple(sorted((*made, *own), key=lambda rule: rule.info.code))


def assertions_in_force(policy: Policy) -> tuple[Assertion, ...]:
    """The assertions that are not turned off everywhere, by code."""
    return tuple(one for one in policy.assertions if policy.rules.get(one.code, RuleSetting()).holds_somewhere)


def option_faults(rules: Iterable[type[Rule]], policy: Policy) -> tuple[Fault, ...]:
    """What is wrong with the options that the policy gives: the rule knows what, the policy knows where."""
    places = {line.path: line.where for line in policy.lines}
    found = []
    makers: list[tuple[str, Callable[[Mapping[str, object]], Rule]]] = [(rule.info.code, rule) for rule in rules]
    makers += [(one.code, partial(AssertionRule, one)) for one in policy.assertions]
    for code, make in makers:
        setting = policy.rules.get(code, RuleSetting())
        for name, value in setting.options.items():
            try:
                make({name: value})
            except PolicyError as error:
                where = error.where or places.get(("rules", code, "options", name), setting.where)
                found.append(Fault(where, error.message, error.hint))
    return tuple(found)


def iter_in_force(findings: Iterable[Finding], policy: Policy) -> Iterator[Finding]:
    """The findings at the severity that the law gives their rule and path, without those for which it is off."""
    levels = {code: _Level(setting) for code, setting in policy.rules.items()}
    for finding in findings:
        level = levels.get(finding.code)
        if level is None:
            yield finding
        elif (severity := level.at(finding)) is not None:
            yield replace(finding, severity=severity)


class _Level:
    """How strictly a rule holds, path by path."""

    def __init__(self, setting: RuleSetting) -> None:
        self._setting = setting
        self._paths = [(_matcher(glob, setting), severity) for glob, severity in reversed(setting.paths)]

    def at(self, finding: Finding) -> Severity | None:
        """The severity of a finding; None where the rule is off."""
        for is_meant, severity in self._paths:
            if is_meant(finding.location.path):
                return severity
        return (self._setting.severity or finding.severity) if self._setting.enabled else None


def _matcher(glob: str, setting: RuleSetting) -> Callable[[str], bool]:
    try:
        return compile_patterns([glob])
    except ConfigError as error:
        raise PolicyError(error.message, error.hint, setting.where) from None


def _runs(info: RuleInfo, policy: Policy) -> bool:
    setting = policy.rules.get(info.code)
    if setting is not None:
        return setting.holds_somewhere and info.status is not RuleStatus.REMOVED
    return info.status in (RuleStatus.STABLE, RuleStatus.DEPRECATED)
