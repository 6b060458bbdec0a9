"""Secrets that stand in every kind of input: no command, in no form of output, lets one out."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gatekeeper.cli.group import gatekeeper

Run = Callable[..., Result]

WORD = "cAnArY7f3e9b1d5a2c8064"
TOKEN = f"ghp_{WORD}"
URL = f"postgres://ada:{WORD}@db.harbor.io/pier"
KEY = f"-----BEGIN RSA PRIVATE KEY----- {WORD}/{WORD} -----END RSA PRIVATE KEY-----"
PEM = f"-----BEGIN PRIVATE KEY-----\n{WORD}{WORD}{WORD[:20]}\n-----END PRIVATE KEY-----"
SHAPES = [
    TOKEN,
    URL,
    KEY,
    f"password = {WORD}",
    f"API_KEY: '{WORD}'",
    f"Bearer {WORD}",
    "AKIA7CANARY7CANARY77",
    f"sk-proj-{WORD}",
]

ROWS = "".join(
    f"| P-{n} | {shape} | {status} | {evidence} |\n"
    for n, (shape, status, evidence) in enumerate(
        [(one, "Done", f"`docs/{TOKEN}.md`") for one in SHAPES]
        + [("Crane", f"Done {one}", "") for one in SHAPES]
        + [("Pier", "Done", f"`reports/junit.xml`: 7 passed, {one}") for one in SHAPES]
        + [("Buoy", f"{one}", f"[{one}](gone.md)") for one in SHAPES]
    )
)
PLAN = (
    f"# Plan {TOKEN}\n\n<!-- gatekeeper: waive EV001 until 2026-12-01 because {TOKEN} -->\n\nStatus: {TOKEN}\n\nOwner: {TOKEN}\n\n"
    f"| ID | Task | Status | Evidence |\n|---|---|---|---|\n{ROWS}| {TOKEN} | Light | Done | |\n| {TOKEN} | Light | Pending | |\n\n"
    f"1 of 9 tasks done, {TOKEN}. Run `npm run {TOKEN}`. Commit {TOKEN}.\n\n```\n{PEM}\n```\n"
)
INPUTS = {
    "docs/plan.md": PLAN,
    "docs/other.md": PLAN.replace("| Done |", "| Pending |").replace("# Plan", "# Progress"),
    f"docs/{TOKEN}-tracker.md": f"| ID | Task | Status | Evidence |\n|---|---|---|---|\n| 1 | Quay | Done | `src/{TOKEN}.py` |\n| 2 | Quay | {TOKEN} | |\n",
    "docs/log.md": f"# Log\n\n## 2026-05-03 {TOKEN}\n\n- Tests passed: `make {TOKEN}`\n\n## 2026-05-01 {TOKEN}\n\n- `src/{TOKEN}.py`\n",
    "docs/gates.yml": f"gates:\n- {{id: G1, title: '{TOKEN}', status: passed, evidence: ['{TOKEN}.md']}}\n- {{id: G2, status: '{TOKEN}'}}\n",
    "docs/broken.json": f'{{"tasks": [{{"id": "1", "status": "{TOKEN}", "password": "{WORD}"',
    "docs/latin.md": f"# Plan\n\n| ID | Status |\n|---|---|\n| 1 | {TOKEN} \0 |\n",
    ".env": f"A_TOKEN={WORD}\n",
    ".env.example": f"A_TOKEN={WORD}\nPORT={WORD}\n{WORD}\n",
    "src/a.ts": f"export const LIMIT = '{TOKEN}';\nexport const NAMES = {{ {TOKEN}: '{URL}' }};\nuse(process.env.ONE_KEY || '{WORD}');\n",
    "src/a.py": f"LIMIT = '{TOKEN}'\npassword = '{WORD}'\n",
    ".github/workflows/a.yml": f"on: push\njobs: {{a: {{env: {{A_TOKEN: {WORD}}}, steps: [{{run: 'deploy {TOKEN}'}}]}}}}\n",
    "reports/junit.xml": f'<testsuite tests="3"><testcase name="{TOKEN}"><failure message="{URL}">{KEY}</failure></testcase></testsuite>',
    "reports/coverage.xml": f'<coverage line-rate="0.5"><sources><source>{TOKEN}</source></sources></coverage>',
    "package.json": json.dumps({"scripts": {"test": f"deploy {TOKEN}"}, "config": {"password": WORD}}),
    "waivers.yml": (
        f"- {{rule: EV011, path: docs/plan.md, reason: '{TOKEN}', owner: '{TOKEN}', ticket: '{URL}', approved-by: '{TOKEN}', expires: 2026-08-01}}\n"
        f"- {{rule: EV001, item: '{TOKEN}', reason: 'password = {WORD}', owner: bo, expires: 2026-01-01}}\n"
        f"- {{rule: '{TOKEN}', path: 'docs/{TOKEN}', reason: a, owner: bo, expires: 2026-08-01}}\n"
    ),
    ".gatekeeper-baseline.json": json.dumps(
        {
            "schema_version": "1",
            "findings": [
                {"rule": "EV001", "path": f"docs/{TOKEN}.md", "subject": TOKEN, "fingerprint": "0" * 64, "count": 1}
            ],
        }
    ),
    "tests/a.policy-test.yml": (
        f"tests: [{{name: '{TOKEN}', given: {{docs/a.md: '# {TOKEN}'}}, expect: ['docs/a.md:1 EV001']}}]\n"
    ),
    ".gatekeeper.yml": """\
environment: {keys: {PORT: {type: integer}, A_TOKEN: {secret: true}}}
contracts:
  limit: {file: "src/a.*", constant: LIMIT, schema: {type: integer}}
  names: {file: src/a.ts, constant: NAMES, includes: [pier]}
  words: {file: docs/plan.md, table: "*", schema: {required: [Owner]}}
assertions:
  ACME001: {name: titled, message: "{title} {id} {owner}", schema: {properties: {title: {maxLength: 3}}}}
  ACME002: {name: aimed, message: "{target}", select: {what: evidence}, schema: {properties: {target: {maxLength: 3}}}}
""",
}
REPORTS = ("sarif", "github", "azure", "gitlab", "junit", "rdjson", "markdown")
COMMANDS = [
    ["check"],
    ["check", "--show", "contradictions"],
    ["check", "--show", "waived", "--show", "baselined"],
    ["check", "--trust-ref", "HEAD~1"],
    ["check", "docs/broken.json", "docs/latin.md", f"docs/{TOKEN}-tracker.md"],
    ["check", "-o", "out.txt"],
    ["check", "--format", "json", "-o", "out.json"],
    ["check", *(f"--format={name}:out.{name}" for name in REPORTS)],
    ["parse"],
    ["policy", "show"],
    ["policy", "check"],
    ["policy", "check", "docs/broken.json"],
    ["policy", "check", "docs/gates.yml"],
    ["policy", "test"],
    ["policy", "test", "--mutate"],
    ["validate-env", "--live"],
    ["validate-env", "--env-file", ".env"],
    ["validate-ai-runtime"],
    ["waivers"],
    ["dashboard"],
    ["dashboard", "--no-trend", "-o", "board.txt"],
    ["rule"],
    ["rule", "ACME001"],
    ["baseline", "--output", "accepted.json"],
]
FORMS = [[], ["--format", "json"], ["-v", "-v"], ["--debug", "-v", "-v", "--color", "always"], ["-q"]]
IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_NAME": TOKEN for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": f"{WORD}@harbor.io" for who in ("AUTHOR", "COMMITTER")},
}


@pytest.fixture
def planted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of two commits with a secret in each input; its first commit has no law."""
    for name, value in {**IDENTITY, "HARBOR": WORD, "PORT": WORD}.items():
        monkeypatch.setenv(name, value)
    subprocess.run(["git", "init", "-q"], check=True)
    for names in (["package.json"], list(INPUTS)):
        for path in names:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(INPUTS[path], "utf-8")
        subprocess.run(["git", "add", "-A", "-f"], check=True)
        subprocess.run(["git", "commit", "-qm", f"{TOKEN}\n\n{URL}"], check=True)
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_planted_secret_leaves(command: list[str], planted: Path, run: Run) -> None:
    for form in FORMS:
        result = run(*command, *form)
        told = (result.stdout + result.stderr).lower()
        assert "canary" not in told, [line for line in told.splitlines() if "canary" in line][:5]
        assert result.exit_code != 4, result.stderr
    for path in ("out.txt", "out.json", "accepted.json", "board.txt", *(f"out.{name}" for name in REPORTS)):
        assert not (planted / path).exists() or "canary" not in (planted / path).read_text("utf-8").lower()


@pytest.mark.parametrize("form", ["markdown", "html", "template"])
def test_no_page_of_a_dashboard_holds_one(form: str, planted: Path, run: Run) -> None:
    (planted / "own.txt").write_text("{{ items }} {{ findings }} {{ claims }} {{ waivers }} {{ gates }} {{ title }}")
    subprocess.run(["git", "remote", "add", "origin", f"https://{TOKEN}@github.com/harbor/pier"], check=True)
    chosen = ["--template", "own.txt"] if form == "template" else ["--format", form]
    result = run("dashboard", "--no-trend", *chosen)
    assert result.exit_code == 0, result.stderr
    assert "canary" not in result.output.lower()
    assert "ghp_****" in result.output


def test_what_is_planted_is_quoted_but_for_the_secret(run: Run, planted: Path) -> None:
    report = json.loads(run("check", "--format", "json", "--today", "2026-05-04").stdout)
    codes = {one["code"] for one in report["findings"]}
    assert len(codes) >= 20, sorted(codes)
    masked = {one["code"] for one in report["findings"] if "ghp_****" in one["message"]}
    assert masked >= {"EV001", "SC001", "ACME001", "ACME002"}, masked
    text = run("check", "--today", "2026-05-04").stdout
    for word in ("ghp_****", "postgres://ada:****", "password = ****", "Bearer ****", "AKIA****", "sk-proj-****"):
        assert word in text


def test_the_trace_of_a_bug_holds_none(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError(PLAN)

    from click.testing import CliRunner

    monkeypatch.setattr("gatekeeper.engine.session.link_documents", fail)
    result = CliRunner().invoke(gatekeeper, ["check", "--debug"])
    assert result.exit_code == 4
    assert "RuntimeError" in result.output
    assert "canary" not in result.output.lower()
