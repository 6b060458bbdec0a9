"""Folder, table, codes, names and pages agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gatekeeper.rules
from gatekeeper.model.report import RuleStatus
from gatekeeper.rules.base import Rule
from gatekeeper.rules.registry import FAMILIES, RULES, find_rule, rule_page

FOLDER = Path(gatekeeper.rules.__file__).parent
PREFIXES = {
    "ai_runtime": "AI",
    "claim": "CL",
    "document": "DC",
    "env": "EN",
    "evidence": "EV",
    "gate": "GA",
    "log": "LG",
    "policy": "PO",
    "schema": "SC",
    "status": "ST",
    "waiver": "WV",
}
HEADINGS = ["Why it matters", "Bad", "Good", "Options", "References"]
DEFECTS = {
    *(
        "missing",
        "differs",
        "outside",
        "untracked",
        "empty",
        "template",
        "without",
        "probable",
        "only",
        "not",
        "double",
    ),
    *("out", "future", "skipped", "doubled", "before", "already"),
    *("too", "unreadable", "doubtful", "placeholder"),
    *("above", "ambiguous"),
    *("differ", "open", "disagree", "remainder", "undefined", "unknown", "refutes"),
    *("two", "queued", "ambiguous"),
    *("expired", "expires", "unused", "malformed", "approved", "stale"),
    *("weakened", "changed", "added", "grown"),
    *("loosens",),
    *("invalid", "unmet", "secret", "tracked", "undeclared"),
}


def headings(rule: type[Rule]) -> list[str]:
    return re.findall(
        r"^## (.+)$", re.sub(r"^```.*?^```$", "", rule_page(rule), flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )


def test_every_folder_is_a_family_and_every_family_a_prefix() -> None:
    folders = {path.parent.name for path in FOLDER.glob("*/__init__.py")}
    assert folders == set(FAMILIES) == set(PREFIXES)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_s_table_lists_each_file_of_its_folder_once_by_code(family: str) -> None:
    files = {path.stem for path in (FOLDER / family).glob("*.py") if not path.stem.startswith("_")}
    modules = [rule.__module__.rpartition(".")[2] for rule in FAMILIES[family]]
    assert sorted(modules) == sorted(files)
    codes = [rule.info.code for rule in FAMILIES[family]]
    assert codes == sorted(codes)
    assert all(re.fullmatch(rf"{PREFIXES[family]}\d{{3}}", code) for code in codes)


def test_codes_and_names_are_unique() -> None:
    assert len({rule.info.code for rule in RULES}) == len({rule.info.name for rule in RULES}) == len(RULES)
    assert [rule.info.code for rule in RULES] == sorted(rule.info.code for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_rule_s_card_and_page_are_whole(rule: type[Rule]) -> None:
    info = rule.info
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", info.name)
    assert DEFECTS & set(info.name.split("-")), f"{info.name} does not name a defect"
    # What takes a walk through the log runs only where a policy says so.
    assert info.status is (RuleStatus.PREVIEW if rule.asks_history else RuleStatus.STABLE)
    assert info.page == rule_page(rule)
    assert info.summary.endswith("."), info.summary
    assert len(info.summary) < 110
    found = headings(rule)
    assert found == [heading for heading in HEADINGS if heading in found]
    assert {"Why it matters", "Bad", "Good"} <= set(found)
    assert ("Options" in found) == (rule.Options is not None)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.code)
def test_a_module_says_its_code_and_holds_one_rule(rule: type[Rule]) -> None:
    text = (FOLDER / rule.__module__.split(".")[2] / f"{rule.__module__.rpartition('.')[2]}.py").read_text("utf-8")
    assert text.startswith(f'"""{rule.info.code}."""\n')
    assert len(re.findall(r"^class \w", text, re.MULTILINE)) == 1


def test_rules_are_found_by_code_and_by_name() -> None:
    for rule in RULES:
        assert find_rule(rule.info.code) is rule
        assert find_rule(f" {rule.info.code.lower()}") is rule
        assert find_rule(rule.info.name.upper()) is rule
    assert find_rule("EV000") is None
    assert find_rule("") is None
