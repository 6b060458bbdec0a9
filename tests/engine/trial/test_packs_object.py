"""The packs `ai-runtime` and `env` over repositories without a fault: each contract and rule objects once something is broken."""

from __future__ import annotations

import pytest

from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings
from gatekeeper.engine.trial.survey import survey
from gatekeeper.model.assertion.trial import Standing, Survey
from gatekeeper.repo.memory import MemoryTree

DESK_LAW = """\
extends: ai-runtime
params:
  observability: src/alerts.py
  playbook: docs/playbook.md
  thresholds: LIMITS
  threshold-keys: [minRunCount, failureRate, costUsd]
  dashboards: BOARDS
  dashboard-names: [runs: desk-runs-v1]
  alert-codes: [failures_high, cost_high]
  runbook: RUNBOOK
  taxonomy-items: [wrong_room, double_key]
  stages: Stages
  outcomes-file: src/alerts.py
  outcomes: OUTCOMES
  outcomes-page: docs/playbook.md
  outcomes-list: Outcomes
  outcomes-contract: ai/contract.json
  states-file: src/alerts.py
  states: STATES
  states-page: docs/playbook.md
  states-list: States
  states-contract: ai/contract.json
  prompts: ai/prompts.yml
  models: ai/models.json
  evals: ai/evals.yml
"""
DESK = {
    "src/alerts.py": """\
LIMITS = {"minRunCount": 5, "failureRate": 0.1, "costUsd": 0.02}
BOARDS = {"runs": "desk-runs-v1"}
CODES = ("failures_high", "cost_high")
RUNBOOK = "docs/playbook.md"
OUTCOMES = ("allow", "block")
STATES = ("queued", "called")
""",
    "docs/playbook.md": """\
# Front desk

## Failure Taxonomy

- `wrong_room`
- `double_key`

## Rollback Triggers

## Stages

| Stage | Right |
|---|---|
| Trial | >= 90% |
| Open | >= 95% |

## Outcomes

- `allow`
- `block`

## States

- `queued`
- `called`
""",
    "ai/contract.json": '{"moderationOutcomes": ["allow", "block"], "toolCallStates": ["queued", "called"]}',
    "ai/prompts.yml": """\
prompts:
- {file: ai/a.txt, model: big}
""",
    "ai/a.txt": "hello",
    "ai/models.json": '{"models": [{"id": "big"}]}',
    "ai/evals.yml": """\
evals:
- {file: ai/a.txt}
""",
}
FERRY_LAW = """\
extends: env
environment:
  keys:
    PORT: {type: integer, required: true}
    STAGE: {enum: [quay]}
    PILOT_KEY: {secret: true, required-when: {PILOT: "on"}}
"""
FERRY = {
    ".env.example": "PORT=80\nSTAGE=quay\nPILOT=off\nPILOT_KEY=\n",
    ".gitignore": ".env\n",
    "src/a.mjs": "use(process.env.PORT, process.env.STAGE, process.env.PILOT, process.env.PILOT_KEY)\n",
}


def of(law: str, files: dict[str, str]) -> Survey:
    return survey(
        MemoryTree(files), RunSettings(today="2026-05-04", policy=read_policy(".gatekeeper.yml", law.encode()))
    )


def test_every_contract_of_the_ai_runtime_pack_objects_to_a_mutation() -> None:
    found = of(DESK_LAW, DESK).objectors
    contracts = {one.name: one.standing for one in found if one.kind == "contract"}
    assert len(contracts) == 12
    assert set(contracts.values()) == {Standing.MUTATION}
    rules = {one.name: one.standing for one in found if one.name.startswith(("AI", "SC"))}
    assert rules.pop("SC001") is Standing.IDLE
    assert len(rules) == 11
    assert set(rules.values()) == {Standing.MUTATION}


def test_every_rule_of_the_env_pack_objects_to_a_mutation() -> None:
    rules = {one.name: one.standing for one in of(FERRY_LAW, FERRY).objectors if one.name.startswith("EN")}
    assert len(rules) == 12
    assert set(rules.values()) == {Standing.MUTATION}


@pytest.mark.parametrize("code", ["EN001", "EN002", "EN003"])
def test_a_law_without_variables_has_nothing_to_look_at(code: str) -> None:
    (found,) = (one for one in of("extends: env\n", FERRY).objectors if one.name == code)
    assert found.standing is Standing.IDLE
