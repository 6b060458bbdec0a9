"""The page about CI: every script on it runs as it stands, as that CI system runs it, in a clone that a change has broken."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from gatekeeper.cli.stream.forms import FORMS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "ci.md"
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
TRACKER = """\
# Delivery tracker

| ID | Item | Status | Evidence |
|----|------|--------|----------|
| 01 | Sign-in | Done | `src/login.py` |
| 02 | Sign-out | Done | `src/logout.py` |
"""
# What each CI system says of itself and of a change that goes to main; `{base}` is main's commit.
ENVIRONMENTS = {
    "GitHub Actions": {"GITHUB_ACTIONS": "true", "CI": "true"},
    "GitLab CI": {"GITLAB_CI": "true", "CI": "true", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"},
    "Azure Pipelines": {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"},
    "Jenkins": {"CHANGE_TARGET": "main", "CHANGE_ID": "7"},
    "reviewdog": {},
    "Locally, as CI does it": {},
}
WRITTEN = {
    "GitHub Actions": {"gatekeeper.sarif"},
    "GitLab CI": {"gl-code-quality.json", "gatekeeper.xml"},
    "Azure Pipelines": {"gatekeeper.xml", "summary.md"},
    "Jenkins": {"gatekeeper.xml"},
    "reviewdog": {"gatekeeper.json"},
    "Locally, as CI does it": set(),
}

pytestmark = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="the scripts are for a shell")


def sections() -> dict[str, list[tuple[str, str]]]:
    """Title -> info and text of its fences, where it has any."""
    parts = SECTION.split(PAGE.read_text("utf-8"))
    found = {
        title: [(match["info"], match["text"]) for match in FENCE.finditer(body)]
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    return {title: fences for title, fences in found.items() if fences}


def steps(info: str, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each script of a fence with the variables that it is given; GitHub's expressions are left as they are."""
    kind, _, path = info.partition(" path=")
    if kind == "sh":
        yield text, {}
    elif kind == "groovy":
        yield from ((script, {}) for script in re.findall(r"^\s*sh '(.+)'$", text, re.MULTILINE))
    else:
        assert kind == "yaml", f"a fence that nothing runs: {info}"
        page: dict[Any, Any] = yaml.safe_load(text)
        if path == ".gitlab-ci.yml":
            (job,) = page.values()
            yield "\n".join(job["script"]), {}
            return
        jobs = page.get("jobs", {"": page})
        for step in (step for job in jobs.values() for step in job["steps"]):
            script = step.get("run", step.get("script", ""))
            if script:
                yield script, step.get("env", {})


@pytest.fixture
def clone(tmp_path: Path, make_chronicle: Callable[[Path], Any]) -> Path:
    """A clone in which a change is checked out that breaks evidence and turns the rule off."""
    origin = make_chronicle(tmp_path / "origin")
    files = {"docs/tracker.md": TRACKER, "src/login.py": "x = 1\n", "src/logout.py": "x = 1\n"}
    origin.commit("2026-01-01", {**files, ".gatekeeper.yml": "rules: {EV001: error}\n"})
    origin.git("checkout", "-q", "-b", "change")
    origin.commit("2026-01-02", {"src/logout.py": None, ".gatekeeper.yml": "rules: {EV001: off}\n"})
    command = ["git", "clone", "-q", "--branch", "change", f"file://{origin.root}", str(tmp_path / "clone")]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path / "clone"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Gatekeeper of this checkout; stand-ins for pip, which installs nothing, and reviewdog, which keeps what it is given."""
    folder = tmp_path / "programs"
    folder.mkdir()
    scripts = {
        "gatekeeper": f'exec "{sys.executable}" -P -m gatekeeper "$@"',
        "python": 'test "$*" = "-m pip install some-wheel.whl"',
        "reviewdog": f'case "$*" in "-f=rdjson "*) cat > "{tmp_path}/reviewdog.json" ;; *) exit 9 ;; esac',
    }
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize("title", sections())
def test_a_pipeline_judges_a_change_by_the_law_before_it(title: str, clone: Path, programs: Path) -> None:
    base = subprocess.run(["git", "rev-parse", "origin/main"], cwd=clone, capture_output=True, text=True, check=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    environment = {
        **own,
        **ENVIRONMENTS[title],
        "GATEKEEPER": "some-wheel.whl",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
    }
    found = [step for info, text in sections()[title] for step in steps(info, text)]
    assert found
    log, verdicts = "", []
    for script, given in found:
        given = {
            name: value.replace("${{ github.event.pull_request.base.sha }}", base.stdout.strip())
            for name, value in given.items()
        }
        assert "${{" not in script + "".join(given.values())
        command = ["bash", "--noprofile", "--norc", "-e", "-c", script]
        done = subprocess.run(
            command, cwd=clone, env={**environment, **given}, capture_output=True, text=True, check=False, timeout=120
        )
        log += done.stdout + done.stderr
        if "gatekeeper check" in script:
            verdicts.append(done.returncode)
        else:
            assert done.returncode == 0, done.stderr
    assert set(verdicts) == {1}, log
    assert "error[EV001]" in log
    assert "error[PO001]" in log
    untracked = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    assert {line[3:] for line in untracked.stdout.splitlines()} == WRITTEN[title]


def test_reviewdog_is_given_the_findings(clone: Path, programs: Path) -> None:
    test_a_pipeline_judges_a_change_by_the_law_before_it("reviewdog", clone, programs)
    codes = {
        one["code"]["value"] for one in json.loads((programs.parent / "reviewdog.json").read_text())["diagnostics"]
    }
    assert codes >= {"EV001", "PO001"}


def test_every_pipeline_is_one_that_its_system_reads() -> None:
    for fences in sections().values():
        for info, text in fences:
            if info.startswith("yaml"):
                assert isinstance(yaml.safe_load(text), dict)


def test_the_action_is_used_by_inputs_that_it_has() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    text = PAGE.read_text("utf-8")
    (step,) = [
        step
        for info, fence in sections()["GitHub Actions"]
        for step in yaml.safe_load(fence)["jobs"]["documents"]["steps"]
        if "gatekeeper@" in step.get("uses", "")
    ]
    assert set(step["with"]) <= set(action["inputs"])
    for name in (*action["inputs"], *action["outputs"]):
        assert f"`{name}`" in text, name


def test_every_form_is_listed() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(FORMS)


def test_the_page_is_short_and_the_readme_leads_to_it() -> None:
    assert len(PAGE.read_text("utf-8").splitlines()) < 200
    assert "(docs/ci.md)" in (ROOT / "README.md").read_text("utf-8")
