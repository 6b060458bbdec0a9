"""The GitHub Action: its steps run as written, in the environment that GitHub gives, and no input is ever read as a script."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
PLACEHOLDER = re.compile(r"\$\{\{(.+?)\}\}")
BASH = shutil.which("bash") or ""
TRACKER = """\
# Delivery tracker

| ID | Item | Status | Evidence |
|----|------|--------|----------|
| 01 | Sign-in | Done | `src/login.py` |
| 02 | Sign-out | Done | `src/logout.py` |
"""

pytestmark = pytest.mark.skipif(not BASH or os.name == "nt", reason="the steps are bash")


class Runner:
    """What GitHub's runner does with a composite action: fills in expressions, runs the steps, keeps their outputs."""

    def __init__(self, workspace: Path, temp: Path, programs: Path) -> None:
        self.workspace = workspace
        self.temp = temp
        self.outputs: dict[str, str] = {"steps.install.outputs.programs": str(programs)}
        self.summary = temp / "summary.md"
        self.log = ""
        temp.mkdir(exist_ok=True)

    def value(self, text: str, context: Mapping[str, str]) -> str:
        """An expression's value: names, and `||` for the first that is not empty; nothing else is understood."""

        def fill(match: re.Match[str]) -> str:
            names = [name.strip() for name in match[1].split("||")]
            return next((found for name in names if (found := context.get(name, ""))), "")

        return PLACEHOLDER.sub(fill, text)

    def run(self, only: tuple[str, ...], event: Mapping[str, str] | None = None, **inputs: str) -> int:
        """Runs the steps of these ids in order, and returns the first exit code that is not 0."""
        given = {name: entry.get("default", "") for name, entry in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): text for name, text in inputs.items()}
        for step in STEPS:
            if step.get("id") not in only:
                continue
            context = {**{f"inputs.{name}": text for name, text in given.items()}, **(event or {}), **self.outputs}
            code = self.step(step, context)
            if code:
                return code
        return 0

    def step(self, step: Mapping[str, Any], context: Mapping[str, str]) -> int:
        script, output = self.temp / "step.sh", self.temp / "output"
        script.write_text(step["run"], "utf-8")
        output.write_text("")
        own = {name: text for name, text in os.environ.items() if not name.startswith("GITHUB_")}
        environment = {
            **own,
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(self.temp),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **{name: self.value(text, context) for name, text in step.get("env", {}).items()},
        }
        folder = self.workspace / self.value(step.get("working-directory", "."), context)
        command = [BASH, "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300
        )
        self.log += done.stdout + done.stderr
        for line in output.read_text("utf-8").splitlines():
            name, _, text = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{name}"] = text
        return done.returncode

    def output(self, name: str) -> str:
        return self.value(ACTION["outputs"][name]["value"], self.outputs)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the command `gatekeeper` of this checkout."""
    folder = tmp_path / "programs"
    folder.mkdir()
    command = folder / "gatekeeper"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m gatekeeper "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.fixture
def origin(tmp_path: Path, make_chronicle: Callable[[Path], Any]) -> Any:
    """A forge's repository: a first commit without fault, and a second that weakens the law and breaks evidence."""
    chronicle = make_chronicle(tmp_path / "origin")
    files = {"docs/tracker.md": TRACKER, "src/login.py": "x = 1\n", "src/logout.py": "x = 1\n"}
    chronicle.commit("2026-01-01", {**files, ".gatekeeper.yml": "rules: {EV001: error}\n"})
    chronicle.commit("2026-01-02", {"src/logout.py": None, ".gatekeeper.yml": "rules: {EV001: off}\n"})
    return chronicle


@pytest.fixture
def runner(tmp_path: Path, origin: Any, programs: Path) -> Runner:
    """A runner whose workspace is a checkout of one commit, as actions/checkout makes it."""
    workspace = tmp_path / "workspace"
    command = ["git", "clone", "-q", "--depth=1", f"file://{origin.root}", str(workspace)]
    subprocess.run(command, check=True, capture_output=True)
    return Runner(workspace, tmp_path / "temp", programs)


CHECK = ("trust", "check")


def test_no_expression_stands_in_a_script() -> None:
    for step in STEPS:
        if "run" in step:
            assert "${{" not in step["run"], step["name"]
            assert step["shell"] == "bash"
        else:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"]), "pinned to a commit"


def test_every_expression_names_something_that_there_is() -> None:
    ids = {step.get("id") for step in STEPS}
    for name in re.findall(r"(?:inputs|steps|github)\.[\w.-]+", (ROOT / "action.yml").read_text("utf-8")):
        kind, first, *_ = name.split(".")
        assert kind == "github" or first in (ACTION["inputs"] if kind == "inputs" else ids), name


def test_uploading_is_off_by_default() -> None:
    assert ACTION["inputs"]["upload-sarif"]["default"] == "false"
    (upload,) = [step for step in STEPS if "uses" in step]
    assert "inputs.upload-sarif == 'true'" in upload["if"]


def test_a_push_is_judged_by_its_own_law(runner: Runner) -> None:
    assert runner.run(CHECK) == 0
    assert runner.output("exit-code") == "0"
    assert "✅" in runner.summary.read_text("utf-8")


def test_a_pull_request_is_judged_by_the_law_of_its_base(runner: Runner, origin: Any) -> None:
    base = origin.git("rev-parse", "HEAD^")
    assert runner.run(CHECK, {"github.event.pull_request.base.sha": base}) == 1
    assert runner.output("exit-code") == "1"
    assert "::error file=docs/tracker.md,line=6" in runner.log
    assert "PO001" in runner.log
    sarif = Path(runner.output("sarif-file"))
    assert {one["ruleId"] for one in yaml.safe_load(sarif.read_text("utf-8"))["runs"][0]["results"]} >= {"EV001"}
    assert "❌" in runner.summary.read_text("utf-8")


def test_findings_of_an_earlier_use_are_not_taken_for_these(runner: Runner) -> None:
    (runner.temp / "gatekeeper.sarif").write_text("{}")
    assert runner.run(("check",), policy="gone.yml") == 2
    assert "steps.check.outputs.sarif-file" not in runner.outputs
    assert not (runner.temp / "gatekeeper.sarif").exists()


def test_a_merge_group_is_judged_by_the_law_of_its_base(runner: Runner, origin: Any) -> None:
    base = origin.git("rev-parse", "HEAD^")
    assert runner.run(CHECK, {"github.event.merge_group.base_sha": base}) == 1


def test_the_law_may_be_named_or_be_the_checkouts_own(runner: Runner, origin: Any) -> None:
    base = origin.git("rev-parse", "HEAD^")
    assert runner.run(CHECK, {"github.event.pull_request.base.sha": base}, trust_ref="none") == 0
    assert runner.run(CHECK, trust_ref=base) == 1
    origin.git("branch", "law", base)
    assert runner.run(CHECK, trust_ref="law") == 1


def test_a_commit_that_cannot_be_fetched_fails_with_a_hint(runner: Runner) -> None:
    assert runner.run(CHECK, trust_ref="f" * 40) == 2
    assert "give actions/checkout fetch-depth 0" in runner.log


def test_inputs_reach_the_command(runner: Runner) -> None:
    (runner.workspace / "law.yml").write_text("rules: {EV001: warning}\n")
    assert runner.run(CHECK, policy="law.yml") == 0
    assert runner.run(CHECK, policy="law.yml", fail_on="warning") == 1
    assert runner.run(CHECK, policy="law.yml", fail_on="warning", args="--exit-zero\n--today\n2026-02-01") == 0
    assert runner.run(CHECK, policy="law.yml", fail_on="warning", paths="src\n\ndocs/tracker.md\n") == 1
    assert runner.run(CHECK, policy="law.yml", paths="src") == 3
    assert runner.output("exit-code") == "3"
    assert runner.run(CHECK, fail_on="nonsense") == 2


def test_a_folder_of_the_checkout_may_be_the_place(runner: Runner) -> None:
    (runner.workspace / "src" / "notes.md").write_text(TRACKER)
    assert runner.run(CHECK, working_directory="src", paths="notes.md", args="--show\nwaived") == 0


@pytest.mark.parametrize("name", ["paths", "policy", "fail-on", "trust-ref", "args"])
@pytest.mark.parametrize(
    "text", ['$(touch "$RUNNER_TEMP/forged")', '"; touch "$RUNNER_TEMP/forged"; "', "`touch forged`"]
)
def test_no_input_is_read_as_a_script(name: str, text: str, runner: Runner) -> None:
    assert runner.run(CHECK, **{name: text}) == 2
    assert not list(runner.temp.glob("forged")) + list(runner.workspace.glob("forged"))


def test_a_path_is_never_a_flag(runner: Runner) -> None:
    assert runner.run(CHECK, paths="--exit-zero") == 2


def test_installing_gives_a_command(runner: Runner, tmp_path: Path) -> None:
    """The wheel of this checkout without its libraries: no index is asked."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "wheel")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "wheel").iterdir()
    (install,) = [step for step in STEPS if step.get("id") == "install"]
    quick = {**install, "env": {**install["env"], "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1"}}
    context = {"inputs.python": sys.executable, "inputs.requirement": str(wheel)}
    assert runner.step(quick, context) == 0, runner.log
    programs = Path(runner.outputs["steps.install.outputs.programs"])
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    told = subprocess.run([programs / "gatekeeper", "--version"], env=environment, capture_output=True, check=True)
    assert told.stdout.startswith(b"gatekeeper ")


def test_an_old_python_is_refused_with_a_hint(runner: Runner, tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    assert runner.run(("install",), python=str(old)) == 2
    assert "Python 3.11 or newer is needed" in runner.log
