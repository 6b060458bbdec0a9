"""The pack `ai-runtime` over TypeScript: each way in which guard rails get lost, and each way of writing them that loses nothing."""

from __future__ import annotations

import pytest

from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.repo.memory import MemoryTree

LAW = b"""\
extends: ai-runtime
params:
  observability: src/alerts.ts
  playbook: docs/playbook.md
  thresholds: KILN_LIMITS
  threshold-keys: [minFiringCount, crackRate, glazeRate, gasCostEur]
  dashboards: KILN_BOARDS
  dashboard-names: [firing: kiln-firing-v1, gas: kiln-gas-v1]
  alert-codes: [cracks_high, gas_high]
  runbook: KILN_RUNBOOK
  sections: [Kinds of Failure, When to Cool Down, Limits by Stage]
  taxonomy: Kinds of Failure
  taxonomy-items: [cracked_pot, wrong_glaze]
  stages: Limits by Stage
"""
CODE = "src/alerts.ts"
PAGE = "docs/playbook.md"
FILES = {
    CODE: """\
export type KilnAlert = {
  code:
    | "cracks_high"
    | "gas_high";
};

export const KILN_LIMITS: KilnLimits = {
  minFiringCount: 10,
  crackRate: 0.2,
  glazeRate: 0.1,
  gasCostEur: 0.01,
};

export const KILN_BOARDS: Record<string, string> = {
  firing: "kiln-firing-v1",
  gas: "kiln-gas-v1",
};

export const KILN_RUNBOOK = "docs/playbook.md";

export function alertsOf(run: Run): KilnAlert[] {
  return [{ code: "cracks_high" }, { code: "gas_high" }];
}
""",
    PAGE: """\
# Kiln

## Kinds of Failure

1. `cracked_pot`
2. `wrong_glaze`

## When to Cool Down

At once.

## Limits by Stage

| Stage | Whole pots |
|---|---|
| Trial | >= 90% |
| Market | >= 95% |
""",
}


def codes(files: dict[str, str]) -> list[str]:
    policy = read_policy(".gatekeeper.yml", LAW)
    found = check(MemoryTree(files), RunSettings(policy=policy)).findings
    return [one.code for one in found if one.code.startswith(("AI", "SC"))]


def edited(path: str, *edits: tuple[str, str]) -> dict[str, str]:
    text = FILES[path]
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return {**FILES, path: text}


LOST: list[tuple[str, str, list[tuple[str, str]], list[str]]] = [
    ("a count is gone", CODE, [("  minFiringCount: 10,\n", "")], ["AI001"]),
    ("a rate is gone", CODE, [("  crackRate: 0.2,\n", "")], ["AI001"]),
    ("a cost is gone", CODE, [("  gasCostEur: 0.01,\n", "")], ["AI001"]),
    ("a rate above 1", CODE, [("0.2", "1.5")], ["AI001"]),
    ("a rate in percent", CODE, [("0.2", "20")], ["AI001"]),
    ("a rate below 0", CODE, [("0.2", "-0.1")], ["AI001"]),
    ("a cost below 0", CODE, [("0.01", "-0.01")], ["AI001"]),
    ("a count that is no whole number", CODE, [("10,", "10.5,")], ["AI001"]),
    ("a count below 0", CODE, [("10,", "-3,")], ["AI001"]),
    ("a count in quotes", CODE, [("10,", '"10",')], ["AI001"]),
    ("a rate that is computed", CODE, [("0.2", "env(0.2)")], ["SC003"]),
    ("limits under another name", CODE, [("KILN_LIMITS", "LIMITS")], ["SC002"]),
    ("a rate in a comment", CODE, [("  crackRate: 0.2,", "  // crackRate: 0.2,")], ["AI001"]),
    ("limits in a comment", CODE, [("export const KILN_LIMITS", "/* export const KILN_LIMITS"), ("0.01,\n};", "0.01,\n}; */")], ["SC002"]),
    ("a board is renamed", CODE, [("kiln-gas-v1", "kiln-gas-v2")], ["AI002"]),
    ("boards are swapped", CODE, [("kiln-gas-v1", "x"), ("kiln-firing-v1", "kiln-gas-v1"), ('"x"', '"kiln-firing-v1"')], ["AI002", "AI002"]),
    ("a board is gone", CODE, [('  gas: "kiln-gas-v1",\n', "")], ["AI002"]),
    ("boards under another name", CODE, [("KILN_BOARDS", "BOARDS")], ["SC002"]),
    ("a runbook that is not there", CODE, [("docs/playbook.md", "docs/playbooks.md")], ["AI004"]),
    ("a runbook outside of the repository", CODE, [("docs/playbook.md", "../playbook.md")], ["AI004"]),
    ("the runbook under another name", CODE, [("KILN_RUNBOOK", "RUNBOOK")], ["SC002"]),
    ("an alert code is renamed", CODE, [("gas_high", "gas_low")], ["AI003"]),
    ("an alert code in comments alone", CODE, [('    | "gas_high"', '    // | "gas_high"'), ('{ code: "gas_high" }', '/* "gas_high" */')], ["AI003"]),
    ("a section under another name", PAGE, [("## When to Cool Down", "## Cooling")], ["AI005"]),
    ("the kinds of failure under another name", PAGE, [("## Kinds of Failure", "## Failures")], ["AI005"]),
    ("the stages under another name", PAGE, [("## Limits by Stage", "## Stages")], ["AI005"]),
    ("a section in prose alone", PAGE, [("## When to Cool Down", "## Cooling\n\nOnce ## When to Cool Down.")], ["AI005"]),
    ("a section in a block of code alone", PAGE, [("## When to Cool Down", "```\n## When to Cool Down\n```\n\n## Cooling")], ["AI005"]),
    ("a kind of failure is gone", PAGE, [("2. `wrong_glaze`\n", "")], ["AI006"]),
    ("a kind of failure is renamed", PAGE, [("wrong_glaze", "bad_glaze")], ["AI006"]),
    ("a kind of failure in a comment alone", PAGE, [("2. `wrong_glaze`\n", "<!-- wrong_glaze -->\n")], ["AI006"]),
    ("a later stage asks for less", PAGE, [(">= 95%", ">= 85%")], ["AI007"]),
]  # fmt: skip

KEPT: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("as it is", CODE, []),
    ("a rate of 1", CODE, [("0.1,", "1,")]),
    ("a rate of 0", CODE, [("0.1,", "0,")]),
    ("a rate without its 0", CODE, [("0.2", ".2")]),
    ("a count with a point", CODE, [("10,", "10.0,")]),
    ("a count with an underscore", CODE, [("10,", "1_000,")]),
    ("a cost with an exponent", CODE, [("0.01", "1e-2")]),
    ("a comment behind a value", CODE, [("0.2,", "0.2, // agreed in May")]),
    ("another way to give the type", CODE, [(": KilnLimits", ""), ("0.01,\n}", "0.01,\n} satisfies KilnLimits")]),
    ("not exported", CODE, [("export const KILN_LIMITS", "const KILN_LIMITS")]),
    ("single quotes", CODE, [('"gas_high"', "'gas_high'")]),
    ("an alert code in the type alone", CODE, [('{ code: "gas_high" }', "")]),
    ("Windows line ends", CODE, [("\n", "\r\n")]),
    ("Windows line ends of the page", PAGE, [("\n", "\r\n")]),
]


@pytest.mark.parametrize(("path", "edits", "expected"), [one[1:] for one in LOST], ids=[one[0] for one in LOST])
def test_what_is_lost_is_found(path: str, edits: list[tuple[str, str]], expected: list[str]) -> None:
    found = codes(edited(path, *edits))
    # A heading that is renamed takes what stood below it along.
    assert found[: len(expected)] == expected or set(expected) <= set(found)
    assert len(set(found)) <= 2


@pytest.mark.parametrize(("path", "edits"), [one[1:] for one in KEPT], ids=[one[0] for one in KEPT])
def test_what_is_only_written_otherwise_is_not(path: str, edits: list[tuple[str, str]]) -> None:
    assert codes(edited(path, *edits)) == []


@pytest.mark.parametrize(("path", "expected"), [(CODE, {"SC002"}), (PAGE, {"AI004", "SC002"})])
def test_a_file_that_is_gone_is_told(path: str, expected: set[str]) -> None:
    assert set(codes({name: text for name, text in FILES.items() if name != path})) == expected


def test_everything_that_is_wrong_is_told_at_once() -> None:
    files = edited(CODE, ("0.2", "1.5"), ("kiln-gas-v1", "x"), ("gas_high", "y"))
    files[PAGE] = files[PAGE].replace("## When to Cool Down", "## Cooling").replace("cracked_pot", "pot")
    assert sorted(codes(files)) == ["AI001", "AI002", "AI003", "AI005", "AI006"]
