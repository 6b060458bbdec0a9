"""Which rules run: stable ones by default, preview ones on demand, removed ones never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from gatekeeper.engine.select import iter_in_force, select_rules
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo, RuleStatus
from gatekeeper.policy.policy import Policy, RuleSetting
from gatekeeper.rules.base import ProjectRule, Rule
from gatekeeper.rules.registry import RULES


def rule_of(code: str, status: RuleStatus) -> type[Rule]:
    class Silent(ProjectRule):
        """Nothing."""

        @dataclass(frozen=True)
        class Options:
            """A limit."""

            limit: int = 3

        info = RuleInfo(code, code.lower(), Severity.ERROR, "0.1", status)

        def check(self, project: Project) -> Iterator[Finding]:
            return iter(())

    return Silent


ALL = [rule_of(f"XX00{number}", status) for number, status in enumerate(RuleStatus, 1)]
STABLE, PREVIEW, DEPRECATED, REMOVED = (rule.info.code for rule in ALL)


def chosen(**settings: RuleSetting) -> list[str]:
    return [rule.info.code for rule in select_rules(ALL, Policy(rules=settings))]


def test_by_default_stable_and_deprecated_rules_run() -> None:
    assert chosen() == [STABLE, DEPRECATED]


def test_the_policy_brings_a_preview_rule_and_takes_a_stable_one() -> None:
    assert chosen(**{PREVIEW: RuleSetting(), STABLE: RuleSetting(enabled=False)}) == [PREVIEW, DEPRECATED]


def test_a_removed_rule_never_runs() -> None:
    assert REMOVED not in chosen(**{REMOVED: RuleSetting(Severity.ERROR)})


def test_options_reach_the_rule() -> None:
    policy = Policy(rules={STABLE: RuleSetting(options={"limit": 7})})
    assert [rule.options.limit for rule in select_rules(ALL, policy)] == [7, 3]


@pytest.mark.parametrize("policy", [Policy(), Policy(rules={"EV001": RuleSetting(Severity.NOTE)})])
def test_every_real_rule_runs_with_its_defaults(policy: Policy) -> None:
    waiting = sum(rule.info.status in (RuleStatus.PREVIEW, RuleStatus.REMOVED) for rule in RULES)
    assert len(select_rules(RULES, policy)) == len(RULES) - waiting


def finding(code: str, path: str) -> Finding:
    return Finding(code, code.lower(), Severity.ERROR, "x", Location.whole(path))


def levels(setting: RuleSetting, *paths: str) -> list[Severity | None]:
    found = [finding(STABLE, path) for path in paths]
    told = {one.location.path: one.severity for one in iter_in_force(found, Policy(rules={STABLE: setting}))}
    return [told.get(path) for path in paths]


def test_severities_are_those_that_the_policy_sets() -> None:
    assert levels(RuleSetting(Severity.NOTE), "a.md") == [Severity.NOTE]
    assert levels(RuleSetting(), "a.md") == [Severity.ERROR]
    assert list(iter_in_force([finding("XX999", "a.md")], Policy())) == [finding("XX999", "a.md")]


def test_of_the_paths_that_match_the_last_wins() -> None:
    paths = (("docs/", Severity.NOTE), ("docs/old/*.md", None), ("docs/old/law.md", Severity.WARNING))
    setting = RuleSetting(Severity.ERROR, paths=paths)
    assert levels(setting, "a.md", "docs/a.md", "docs/old/a.md", "docs/old/law.md") == [
        Severity.ERROR,
        Severity.NOTE,
        None,
        Severity.WARNING,
    ]


def test_a_rule_that_is_off_may_hold_for_some_paths() -> None:
    setting = RuleSetting(enabled=False, paths=(("release/", Severity.ERROR),))
    assert levels(setting, "a.md", "release/a.md") == [None, Severity.ERROR]
    assert STABLE in chosen(**{STABLE: setting})
    assert STABLE not in chosen(**{STABLE: RuleSetting(enabled=False, paths=(("release/", None),))})


def test_a_pattern_that_is_none_is_told_at_its_setting() -> None:
    setting = RuleSetting(paths=(("[z-a]", None),), where="p.yml:2:3")
    with pytest.raises(PolicyError, match="pattern") as caught:
        levels(setting, "a.md")
    assert caught.value.where == "p.yml:2:3"
