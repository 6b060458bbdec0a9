"""What objects when documents are broken on purpose; on the example, every rule and contract of the shipped packs does."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings
from gatekeeper.engine.trial.mutants import iter_mutants
from gatekeeper.engine.trial.subject import look_of
from gatekeeper.engine.trial.survey import survey
from gatekeeper.model.assertion.trial import Objector, Standing
from gatekeeper.model.report import RuleStatus
from gatekeeper.policy.policy import Policy
from gatekeeper.policy.source.head import PACKS
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.repo.worktree import open_tree
from gatekeeper.rules.registry import RULES

ROOT = Path(__file__).resolve().parents[3]
TODAY = "2026-05-04"
PLAN = """\
# Plan

| ID | Task | Status | Evidence |
|---|---|---|---|
| P-1 | Pier light | Done | `docs/light.md` |
| P-2 | Crane | In progress | |
"""
FILES = {"docs/plan.md": PLAN, "docs/light.md": "It shines.\n"}


def objectors(law: str = "", files: dict[str, str] | None = None) -> dict[str, Objector]:
    tree = MemoryTree({**FILES, **(files or {})})
    policy = read_policy(".gatekeeper.yml", law.encode()) if law else Policy()
    return {one.name: one for one in survey(tree, RunSettings(today=TODAY, policy=policy)).objectors}


@pytest.fixture(scope="module")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spec = importlib.util.spec_from_file_location("demo", ROOT / "examples" / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    demo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(demo)
    folder = tmp_path_factory.mktemp("mutate") / "harbor"
    assert demo.copy_example(folder) == ""
    return folder


def law_of_harbor(folder: Path, *packs: str) -> Policy:
    text = (folder / ".gatekeeper.yml").read_text("utf-8")
    own = [line for line in text.splitlines() if line.startswith("extends:")]
    assert own
    named = [word.strip("[] ") for word in own[0].removeprefix("extends:").split(",")]
    return read_policy(".gatekeeper.yml", text.replace(own[0], f"extends: [{', '.join([*packs, *named])}]").encode())


@pytest.mark.parametrize("pack", PACKS)
def test_no_rule_and_no_contract_of_the_shipped_packs_never_objects(pack: str, harbor: Path) -> None:
    tree = open_tree(str(harbor), str(harbor))
    found = survey(tree, RunSettings(today=TODAY, policy=law_of_harbor(harbor, pack)))
    assert [f"{one.kind} {one.name}" for one in found.objectors if one.never_objects] == []
    assert {rule.info.code for rule in RULES if rule.info.status is RuleStatus.STABLE} <= {
        one.name for one in found.objectors
    }
    assert {one.kind for one in found.objectors} >= {"rule", "contract"}


def test_rules_object_to_what_is_broken_and_nothing_is_written() -> None:
    found = objectors()
    assert found["EV001"].standing is Standing.MUTATION
    assert found["EV001"].by == "deletes what is named as evidence"
    assert found["EV004"].by == "does not add what is named as evidence"
    assert found["EV005"].by == "empties what is named as evidence"
    assert found["PO001"].by == found["PO004"].by == "weakens the law"
    assert found["DC003"].by == "makes documents too large"


def test_what_has_nothing_to_look_at_is_told_from_what_stays_silent() -> None:
    found = objectors()
    assert found["LG003"].standing is Standing.IDLE
    assert found["LG003"].looks_at == "logs with several numbered entries"
    assert found["SC001"].standing is Standing.IDLE
    assert found["GA008"].standing is Standing.SILENT


def test_assertions_that_nobody_can_break_are_named() -> None:
    found = objectors(
        """\
assertions:
  ACME001: {name: a, schema: {required: [owner]}}
  ACME002: {name: b, select: {id: Z}, schema: false}
  ACME003: {name: c, cel: "item.status != ''"}
  ACME004: {name: d, count: {min: 0}}
  ACME005: {name: e, count: {min: 1}}
  ACME006: {name: f, cel: "item.status == 'done' || item.evidence.size() == 0 || true"}
  ACME007: {name: g, select: {status: done}, schema: {properties: {evidence: {minItems: 1}}}}
  ACME008: {name: h, schema: {properties: {owner: {type: string}}}}
"""
    )
    assert {name: one.standing.name for name, one in found.items() if name.startswith("ACME")} == {
        "ACME001": "SILENT",
        "ACME002": "IDLE",
        "ACME003": "MUTATION",
        "ACME004": "SILENT",
        "ACME005": "MUTATION",
        "ACME006": "SILENT",
        "ACME007": "MUTATION",
        "ACME008": "TODAY",
    }


def test_contracts_that_nobody_can_break_are_named() -> None:
    law = """\
contracts:
  limit: {file: src/limits.py, constant: LIMIT, schema: {maximum: 5}}
  anything: {file: src/limits.py, constant: NAME, schema: {type: string}}
  loose: {file: "src/*.py", strings: "*", schema: true}
  gone: {file: src/gone.py, constant: X, schema: true}
"""
    found = objectors(law, {"src/limits.py": 'LIMIT = 3\nNAME = "x"\n'})
    assert found["limit"].by == "raises the numbers of src/limits.py"
    assert found["anything"].by == "leaves out line 2 of src/limits.py"
    assert found["loose"].standing is Standing.SILENT
    assert found["gone"].standing is Standing.TODAY
    assert found["SC001"].standing is Standing.MUTATION


def test_mutants_are_bounded_and_always_the_same() -> None:
    from gatekeeper.engine.session import examine

    tree, settings = (
        MemoryTree({**FILES, "waivers.yml": "- {rule: EV001, path: a, reason: b, owner: c, expires: 2026-06-01}\n"}),
        RunSettings(),
    )
    report, project = examine(tree, settings)
    names = [[one.name for one in iter_mutants(tree, project, settings, report.rules)] for _ in range(2)]
    assert names[0] == names[1]
    assert len(names[0]) == len(set(names[0])) <= 45


def test_every_rule_says_what_it_looks_at() -> None:
    for rule in RULES:
        words, _ = look_of(rule.info.code)
        assert words
        assert words != "documents" or rule.info.code.startswith(("DC", "ST013", "EV016")), rule.info.code
