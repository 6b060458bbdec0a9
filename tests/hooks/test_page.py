"""docs/pre-commit.md tells the truth: its hooks are those that there are, its commands do what it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "pre-commit.md"
TEXT = PAGE.read_text("utf-8")
FENCES = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
TRACKER = """\
# Harbor tracker

| ID | Item | Status | Evidence |
|----|------|--------|----------|
| H-01 | Crane control | Done | `src/crane.py` |
| H-02 | CI/CD gate | Done | `ci/run.yml` |
| H-03 | Tide reports | Done | `reports/tide.txt` |
"""
GOOD = {
    "docs/tracker.md": TRACKER,
    "src/crane.py": "speed = 3\n",
    "ci/run.yml": "steps: [build]\n",
    "reports/tide.txt": "12 passed\n",
}


def fences(kind: str) -> list[str]:
    return [text for one, text in FENCES if one == kind]


@pytest.fixture
def harbor(tmp_path: Path, make_chronicle: Callable, monkeypatch: pytest.MonkeyPatch):
    """A repository in which nothing is wrong, beside the command on the PATH."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "gatekeeper"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m gatekeeper "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("NO_COLOR", "1")
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    chronicle = make_chronicle(tmp_path / "harbor")
    chronicle.commit("2026-01-01", GOOD)
    return chronicle


def test_the_hooks_are_those_that_there_are() -> None:
    hooks = [hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))]
    assert re.findall(r"^\| `(gatekeeper-[\w-]+)` \|", TEXT, re.MULTILINE) == hooks
    shown = yaml.safe_load(fences("yaml")[0])
    assert [hook["id"] for repo in shown["repos"] for hook in repo["hooks"]] == ["gatekeeper-check"]
    assert "(docs/pre-commit.md)" in (ROOT / "README.md").read_text("utf-8")
    assert {kind for kind, _ in FENCES} == {"yaml", "console", "sh"}


@pytest.mark.skipif(os.name == "nt", reason="the commands are a shell's")
def test_what_is_recorded_is_what_is_printed(harbor, request: pytest.FixtureRequest) -> None:
    for recorded in fences("console"):
        code, lines = 0, []
        for command in re.findall(r"^\$ (.+)$", recorded, re.MULTILINE):
            done = subprocess.run(
                ["sh", "-c", f"(exit {code}); {command}"], cwd=harbor.root, capture_output=True, text=True, check=False
            )
            code = done.returncode
            lines.append(f"$ {command}\n{done.stdout}{done.stderr}")
        if request.config.getoption("--update-golden"):
            PAGE.write_text(TEXT.replace(recorded, "".join(lines)), "utf-8", newline="\n")
        else:
            assert recorded == "".join(lines)


@pytest.mark.skipif(os.name == "nt", reason="the commands are a shell's")
def test_each_hook_that_is_shown_stops_a_bad_commit(harbor) -> None:
    plain, husky = fences("sh")
    lefthook = yaml.safe_load(fences("yaml")[1])["pre-commit"]["commands"]["gatekeeper"]["run"]
    hook = harbor.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    for text in (plain, f"#!/bin/sh\n{husky}", f"#!/bin/sh\n{lefthook}\n"):
        hook.write_text(text)
        hook.chmod(0o755)
        before = harbor.git("rev-parse", "HEAD")
        harbor.git("rm", "-q", "ci/run.yml")
        harbor.git("commit", "-q", "-m", "bad", check=False)
        assert harbor.git("rev-parse", "HEAD") == before
        harbor.git("reset", "-q", "--hard")
        harbor.git("commit", "-q", "--allow-empty", "-m", "good")
        assert harbor.git("rev-parse", "HEAD") != before
