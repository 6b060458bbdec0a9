"""The README tells the truth: what it records is what is printed, what it lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.group import COMMANDS
from gatekeeper.engine.law import read_policy
from gatekeeper.engine.select import select_rules
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.report import RuleStatus
from gatekeeper.model.status import Status
from gatekeeper.policy.file import PolicyFile
from gatekeeper.rules.registry import RULES

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
POLICY = ROOT / "docs" / "policy.md"
FENCE = re.compile(
    r"^(?P<mark><!-- not run by a test[^\n]*-->\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "docs/adr/*.md", "docs/rules/README.md", "examples/*.md")
    for path in ROOT.glob(pattern)
)
FIRST_SCREEN_LINES = 40


class Fence(NamedTuple):
    kind: str
    text: str
    is_marked: bool
    line: int


def fences(kind: str = "", page: Path = README) -> list[Fence]:
    text = page.read_text("utf-8")
    found = (
        Fence(match["kind"], match["text"], bool(match["mark"]), text.count("\n", 0, match.start()) + 1)
        for match in FENCE.finditer(text)
    )
    return [fence for fence in found if kind in ("", fence.kind)]


def test_the_first_screen_has_both_commands() -> None:
    lines = README.read_text("utf-8").splitlines()[:FIRST_SCREEN_LINES]
    for command in ("make demo", "make test", "py -m venv .venv", "gatekeeper check"):
        assert any(command in line for line in lines), command


def test_the_commands_for_windows_are_those_of_make_test() -> None:
    recipe = re.findall(r"^\t\$\(BIN\)/(.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    (windows,) = fences("bat")
    given = {line.removeprefix(".venv\\Scripts\\").replace("\\", "/") for line in windows.text.splitlines()}
    others = (
        "python benchmarks/run.py $(ARGS)",
        "python tools/generate.py",
        "python tools/mutants.py $(if $(RULE),--rule $(RULE))",
    )
    assert {command for command in recipe if command not in others} <= given


def test_every_command_and_exit_code_is_listed() -> None:
    text = README.read_text("utf-8")
    assert set(re.findall(r"^\| `gatekeeper ([\w-]+)", text, re.MULTILINE)) == set(COMMANDS)
    codes = {int(code) for code in re.findall(r"^\| (\d) \|", text, re.MULTILINE)}
    assert codes == {Exit.PASS, Exit.FINDINGS, Exit.USER, Exit.NOTHING, Exit.INTERNAL, Exit.REFUSED}


def test_the_policy_shown_is_one_and_shows_every_key() -> None:
    shown = next(fence.text for fence in fences("yaml", POLICY) if fence.text.startswith("extends:"))
    policy = read_policy(".gatekeeper.yml", shown.encode())
    named = set(re.findall(r"`([a-z]+)`", POLICY.read_text("utf-8")))
    assert set(yaml.safe_load(shown)) <= set(PolicyFile.model_fields) <= {*yaml.safe_load(shown), *named}
    assert policy.exclude == ("docs/archive/",)
    assert policy.documents == (("docs/ops/*.md", DocumentKind.CHECKLIST),)
    assert policy.statuses == {"Moored": Status.IN_PROGRESS}
    assert {code: setting.enabled for code, setting in policy.rules.items()} == {
        "EV013": False,
        "EV011": True,
        "EV005": True,
    }
    by_themselves = [rule for rule in RULES if rule.info.status is RuleStatus.STABLE]
    assert len(select_rules(RULES, policy)) == len(by_themselves) - 1 + len(policy.assertions)


def test_kinds_and_statuses_are_all_named() -> None:
    text = " ".join(POLICY.read_text("utf-8").split())
    kinds = re.search(r"The kinds are (.+?)\.", text)
    statuses = re.search(r"The statuses are (.+?)\.", text)
    assert kinds is not None
    assert statuses is not None
    assert re.split(r", | and ", kinds[1]) == [kind.value for kind in DocumentKind]
    assert re.split(r", | and ", statuses[1]) == [status.value for status in Status]


def test_the_front_door_is_short_and_leads_everywhere() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 200
    pages = (page.name for page in (ROOT / "docs").glob("*.md") if page.name != "packet-format.md")
    assert [name for name in pages if f"(docs/{name}" not in text] == []


def test_the_hook_shown_is_one_that_there_is() -> None:
    shown = next(fence.text for fence in fences("yaml") if fence.text.startswith("repos:"))
    (hook,) = yaml.safe_load(shown)["repos"][0]["hooks"]
    assert hook["id"] in {entry["id"] for entry in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", FENCE.sub("", page.read_text("utf-8")))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_decisions_are_short_and_listed() -> None:
    shown = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for page in (ROOT / "docs" / "adr").glob("*.md"):
        assert f"](adr/{page.name})" in shown, page.name
        assert len(page.read_text("utf-8").splitlines()) <= 40, page.name
