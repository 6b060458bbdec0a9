"""`validate-env`: the named policy alone; and secrets that stand anywhere never leave, whatever is asked for."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

Run = Callable[..., Result]
SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"

# The keys of an invented ferry: what one team's own script asked for.
LAW = """\
environment:
  keys:
    PORT: {type: integer, minimum: 1, maximum: 65535, required: example}
    STAGE: {enum: [quay, open-sea], required: example}
    WITH_PILOT: {type: boolean, required: example}
    PILOT_KEY: {secret: true, required: example, required-when: {WITH_PILOT: "true"}}
    WITH_TOLL: {type: boolean, required: example}
    TOLL_KEY: {secret: true, required: example, required-when: {WITH_TOLL: "true"}}
    TOLL_HOOK: {secret: true, required: example, required-when: {WITH_TOLL: "true"}}
"""
EXAMPLE = "PORT=80\nSTAGE=quay\nWITH_PILOT=false\nPILOT_KEY=\nWITH_TOLL=false\nTOLL_KEY=\nTOLL_HOOK=\n"
NAMES = [line.partition("=")[0] for line in EXAMPLE.splitlines()]


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="")


@pytest.fixture
def ferry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    write(folder, {".gatekeeper.yml": LAW, ".env.example": EXAMPLE})
    return folder


def codes(result: Result) -> list[str]:
    report = json.loads(result.stdout)
    Draft202012Validator(json.loads((SCHEMAS / "report.schema.json").read_text("utf-8"))).validate(report)
    return [f"{one['code']} {one['line']}" for one in report["findings"] if one["severity"] == "error"]


def check(run: Run, *arguments: str) -> tuple[int, list[str]]:
    result = run("validate-env", "--format", "json", *arguments)
    return result.exit_code, codes(result)


def test_all_there(run: Run, ferry: Path) -> None:
    assert check(run, "--live") == (0, [])
    assert run("validate-env").stdout == "no findings in 7 variables\n"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("change", "is_there"),
    [
        (lambda line: "", False),
        (lambda line: f"# {line}", False),
        (lambda line: f"#{line}", False),
        (lambda line: line.partition("=")[0], False),
        (lambda line: line.lower(), False),
        (lambda line: f'NOTE="one\n{line}\ntwo"', False),
        (lambda line: f"export {line}", True),
        (lambda line: line.replace("=", " = "), True),
        (lambda line: f"'{line.replace('=', chr(39) + '=', 1)}", True),
        (lambda line: line.replace("=", "='", 1) + "'", True),
        (lambda line: f"{line}\n{line}", True),
    ],
)
def test_each_key_in_every_way(name: str, change: Callable[[str], str], is_there: bool, run: Run, ferry: Path) -> None:
    text = "\n".join(change(line) if line.startswith(f"{name}=") else line for line in EXAMPLE.splitlines())
    write(ferry, {".env.example": text + "\n"})
    code, found = check(run)
    assert (code, len(found)) == ((0, 0) if is_there else (1, 1))
    assert all(one.startswith("EN001 ") for one in found)


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        ({}, []),
        ({"WITH_PILOT": "true"}, ["EN003 1"]),
        ({"WITH_PILOT": "true", "PILOT_KEY": ""}, ["EN003 1"]),
        ({"WITH_PILOT": "true", "PILOT_KEY": "x9"}, []),
        ({"WITH_PILOT": "TRUE"}, []),
        ({"WITH_PILOT": "false", "WITH_TOLL": "true"}, ["EN003 1", "EN003 1"]),
        ({"WITH_TOLL": "true", "TOLL_HOOK": "x9"}, ["EN003 1"]),
        ({"WITH_TOLL": "true", "TOLL_HOOK": "x9", "TOLL_KEY": "x9"}, []),
        ({"PORT": "80000"}, ["EN002 1"]),
        ({"STAGE": "harbor"}, ["EN002 1"]),
    ],
)
def test_a_live_environment_is_held_against_the_keys(
    live: dict[str, str], expected: list[str], run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in live.items():
        monkeypatch.setenv(name, value)
    assert check(run, "--live") == (int(bool(expected)), expected)
    assert check(run) == (0, [])


def test_what_is_always_required_must_be_set_where_it_runs(
    run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(ferry, {".gatekeeper.yml": LAW.replace("required: example", "required: true"), "run.env": EXAMPLE})
    assert check(run) == (0, [])
    code, found = check(run, "--env-file", "run.env")
    assert (code, found) == (1, ["EN001 4", "EN001 6", "EN001 7"])
    for name in ("PILOT_KEY", "TOLL_KEY", "TOLL_HOOK"):
        monkeypatch.setenv(name, "x9")
    # What the process has makes up for what the file lacks.
    assert check(run, "--env-file", "run.env", "--live") == (0, [])


def test_without_a_policy_the_pack_is_the_law(run: Run, folder: Path) -> None:
    write(folder, {".env.example": "A_TOKEN=9f1c77e2b04d4b6e9a53d20c8871aa36\n"})
    assert check(run) == (1, ["EN004 1"])
    assert json.loads(run("validate-env", "--format", "json").stdout)["policy"]["sources"] == ["pack:env"]
    assert run("check").exit_code == 3


def test_check_runs_the_rules_only_where_the_policy_speaks_of_the_environment(run: Run, clean: Path) -> None:
    write(clean, {".env.example": "A_TOKEN=9f1c77e2b04d4b6e9a53d20c8871aa36\n"})
    assert run("check").exit_code == 0
    write(clean, {".gatekeeper.yml": "extends: env\n"})
    result = run("check")
    assert result.exit_code == 1
    assert " and 1 variable;" in result.stdout
    assert run("check", "docs").exit_code == 0
    assert "EN004" in run("check", ".env.example", "docs").stdout


def test_nothing_to_check_is_told(run: Run, folder: Path) -> None:
    write(folder, {"a.mjs": "export default 1;\n"})
    result = run("validate-env")
    assert (result.exit_code, "nothing was checked" in result.stderr) == (3, True)


def test_a_file_that_cannot_be_held_is_told(run: Run, ferry: Path) -> None:
    for name, reason in {"none.env": "no such file", ".": "a folder, not an environment file"}.items():
        result = run("validate-env", "--env-file", name)
        assert (result.exit_code, reason in result.stderr) == (2, True), result.stderr


def test_code_that_is_not_understood_is_told_with_its_reason(run: Run, ferry: Path) -> None:
    write(ferry, {"app/a.py": "import os\nprint os.environ['A']\n"})
    assert "  app/a.py: not understood (SyntaxError)\n" in run("validate-env", "-v").stdout


def test_findings_can_be_waived(run: Run, ferry: Path) -> None:
    write(ferry, {".env.example": EXAMPLE.replace("PORT=80\n", "")})
    entry = "- {rule: EN001, path: .env.example, reason: the port is fixed, owner: bo, expires: 2026-12-01}\n"
    write(ferry, {"waivers.yml": entry})
    assert run("validate-env", "--today", "2026-11-01").exit_code == 0
    assert run("validate-env", "--today", "2026-12-02").exit_code == 1


CANARY = "cAnArY7f3e9b1d5a2c8064"
SECRET = f"sk-{CANARY}"
PLANTED = {
    ".env.example": (
        f"# {CANARY} old: A_TOKEN={SECRET}\n# B_TOKEN={SECRET}\nA_TOKEN={SECRET} # {CANARY}\nA_TOKEN='{SECRET}2'\n{SECRET}\n"
        f'PIER_KEY="-----BEGIN PRIVATE KEY-----\n{CANARY}\n{CANARY}=\n-----END PRIVATE KEY-----"\nOPEN="{CANARY}\n'
        f"PORT={CANARY}\nDEPTH={CANARY}\nSTAGE={CANARY}\n"
        f"PEM=-----BEGIN KEY-----\n{CANARY}==\n-----END KEY-----\nFLAG=on\n{CANARY}: {CANARY}\nURL=postgres://u:{CANARY}@db.harbor.io/x\n"
    ),
    ".env": f"A_TOKEN={SECRET}\nexport B_TOKEN='{SECRET}'\n{CANARY}\n",
    ".env.production": f"C_TOKEN={SECRET}\nC_TOKEN={SECRET}3\n",
    "run.env": f"PORT={CANARY}\nFLAG=on\nA_TOKEN={SECRET}\n{CANARY}\nSTAGE={CANARY}\n",
    "src/a.ts": (
        f"const a = process.env.ONE_KEY || '{CANARY}'; use(process.env.TWO_KEY, '{CANARY}'); // {CANARY}\n"
        f"const {{ THREE_KEY, FOUR_KEY = '{CANARY}' }} = process.env; /* {CANARY} */ use(process.env['{SECRET}']);\n"
        f"use((process.env /* {CANARY} */ as any).SIX_KEY, Deno.env.get( /* {CANARY} */ 'SEVEN_KEY'));\n"
    ),
    "app/a.py": f"import os\nx = os.environ['EIGHT_KEY'], '{CANARY}'  # {CANARY}\ny = os.getenv('NINE_KEY', '{CANARY}')\n",
    "app/bad.py": f"import os\nos.environ['A'] {CANARY}\n",
    ".github/workflows/a.yml": f"jobs: {{a: {{env: {{B: {CANARY}, C: '${{{{ secrets.TEN_KEY }}}} {CANARY}'}}}}}}\n",
    "compose.yml": f"services: {{a: {{image: 'x:${{TAG}}-{CANARY}', command: '${{LEVEL:-{CANARY}}}', environment: ['Z={CANARY}', PASSED]}}}}\n",
    "docs/tracker.md": "| ID | Status | Evidence |\n|---|---|---|\n| 1 | Done | `.env.example` |\n| 2 | Done | `.env` |\n",
    "empty/.env.example": "A=1\0" + CANARY,
}
PLANTED_LAW = """\
environment:
  keys:
    PORT: {type: integer, required: true}
    DEPTH: {pattern: "[0-9]+"}
    STAGE: {enum: [quay]}
    A_TOKEN: {secret: true}
    MISSING_KEY: {required-when: {FLAG: "on"}}
    LIVE_NUMBER: {type: integer, required: true}
rules:
  EN007: {options: {optional: true, workflows: true}}
"""
COMMANDS = [
    ["validate-env"],
    ["validate-env", "--env-file", "run.env", "--live"],
    ["check"],
    ["check", "--show", "contradictions"],
    ["check", "--trust-ref", "HEAD"],
    ["parse"],
    ["parse", ".env.example", ".env"],
    ["policy", "show"],
    ["policy", "check", ".env.example"],
    ["policy", "check", ".env.staging"],
    ["check", "--config", ".env.staging"],
    ["rule", "EN004"],
    ["waivers"],
    ["baseline"],
]


@pytest.fixture
def planted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(folder, {**PLANTED, ".gatekeeper.yml": PLANTED_LAW})
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    write(folder, {".env.staging": f"D_TOKEN={SECRET}\n"})
    monkeypatch.setenv("LIVE_NUMBER", CANARY)
    monkeypatch.setenv("PORT", SECRET)
    monkeypatch.setenv("SOMETHING", CANARY)
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_planted_secret_is_in_any_output(
    command: list[str], planted: Path, start: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    forms = [[], ["--format", "json"], ["-v", "-v", "--color", "always"], ["--debug", "-v", "-v"]]
    if command == ["check"]:
        forms += [["-o", "out.txt"], ["--format", "json", "-o", "out.json"], ["--fail-on", "note", "-q"]]
    for form in forms:
        done = start(*command, *form)
        told = done.stdout + done.stderr
        assert CANARY.encode() not in told
        assert CANARY.lower().encode() not in told.lower()
        assert b"Traceback" not in told
    for path in ("out.txt", "out.json", ".gatekeeper-baseline.json"):
        assert not (planted / path).exists() or CANARY not in (planted / path).read_text("utf-8")


def test_the_planted_places_are_all_looked_at(run: Run, planted: Path) -> None:
    result = run("validate-env", "--env-file", "run.env", "--live", "--format", "json")
    report = json.loads(result.stdout)
    assert {one["code"] for one in report["findings"]} == {f"EN0{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12)}
    read = {one["message"].split("`")[1] for one in report["findings"] if one["code"] == "EN007"}
    numbered = {f"{word}_KEY" for word in ("ONE", "TWO", "THREE", "FOUR", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")}
    assert read == numbered | {"TAG", "LEVEL", "PASSED"}


def test_a_bug_shows_no_secret_either(planted: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails within a file's reading fails with a traceback that names code of ours alone."""

    def fail(*arguments: object) -> bool:
        raise RuntimeError("broken")

    monkeypatch.setattr("gatekeeper.link.environment.values._looks_issued", fail)
    result = run_with_trace("validate-env", "--debug", "-v", "-v")
    assert (result.exit_code, "RuntimeError" in result.output, CANARY in result.output) == (4, True, False)


def run_with_trace(*arguments: str) -> Result:
    from click.testing import CliRunner

    from gatekeeper.cli.group import gatekeeper

    return CliRunner().invoke(gatekeeper, list(arguments))
