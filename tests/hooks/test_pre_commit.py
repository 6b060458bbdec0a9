"""The hooks, run by the real pre-commit, installed by it from a copy of this checkout, in real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

pytest.importorskip("pre_commit")

# One worker runs them all, so that the hooks are installed once.
pytestmark = [
    pytest.mark.xdist_group("pre-commit"),
    pytest.mark.skipif(os.name == "nt", reason="the repositories' hooks are shell scripts"),
]

# What would make the hooks judge another repository, run other code, or print for another reader.
_OTHERS = ("GIT_", "PRE_COMMIT", "PYTHON", "CI", "GITHUB_", "GITLAB_", "TF_BUILD")

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = ("gatekeeper", "policies", "schemas", "templates", "pyproject.toml", "README.md", "CHANGELOG.md")
MANIFEST = ".pre-commit-hooks.yaml"
HOOKS = [hook["id"] for hook in yaml.safe_load((ROOT / MANIFEST).read_text("utf-8"))]

TRACKER = """\
# Harbor tracker

| ID | Item | Status | Evidence |
|----|------|--------|----------|
| H-01 | Crane control | Done | `src/crane.py` |
| H-02 | CI/CD gate | Done | `ci/run.yml` |
| H-03 | Tide reports | Done | `reports/tide.txt` |
"""
LAW = """\
contracts:
  limits:
    file: src/limits.py
    constant: LIMITS
    rule: AI001
    schema: {properties: {retries: {maximum: 5}}}
environment:
  keys:
    HARBOR_PORT: {type: integer}
"""
GOOD = {
    ".gatekeeper.yml": LAW,
    ".gitignore": ".env\n",
    ".env.example": "HARBOR_PORT=8080\n",
    "docs/tracker.md": TRACKER,
    "src/crane.py": "".join(f"speed_{number} = {number}\n" for number in range(20)),
    "src/limits.py": "LIMITS = {'retries': 3}\n",
    "ci/run.yml": "steps: [build]\n",
    "reports/tide.txt": "12 passed\n",
}
BAD = TRACKER.replace("crane.py", "winch.py")
SPRINTS = {
    "docs/sprints/README.md": "# Sprints\n\n| Sprint | Goal | Status |\n|---|---|---|\n| OPS-SEA-09 | Berth map | PLANNED |\n",
    "docs/sprints/OPS-SEA-09/closeout.md": "# OPS-SEA-09 Closeout\n\n**Status:** PASS\n",
}


class Repository:
    """A repository in which commits are made by hand, and its hooks run."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        own = {name: text for name, text in os.environ.items() if not name.startswith(_OTHERS)}
        self._environment = {
            **own,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{
                f"GIT_{role}_{part}": "ada@example.org"
                for role in ("AUTHOR", "COMMITTER")
                for part in ("NAME", "EMAIL")
            },
            "PRE_COMMIT_HOME": str(home),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_COMPILE": "1",
            "NO_COLOR": "1",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

    def run(self, *command: str, **environment: str) -> tuple[int, str]:
        """Exit code and both streams of a command in the top folder."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**self._environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout

    def git(self, *arguments: str) -> str:
        code, output = self.run("git", *arguments)
        assert code == 0, output
        return output.strip()

    def pre_commit(self, *arguments: str, **environment: str) -> tuple[int, str]:
        return self.run(sys.executable, "-m", "pre_commit", *arguments, **environment)

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, "utf-8")

    def stage(self, files: Mapping[str, str]) -> None:
        self.write(files)
        self.git("add", "--", *files)

    def commit(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """A commit with its hooks."""
        return self.run("git", "commit", "-q", "-m", "change", *arguments, **environment)

    def force(self, files: Mapping[str, str]) -> None:
        """A commit without hooks."""
        self.stage(files)
        self.git("commit", "-q", "--no-verify", "-m", "change")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit-home")


@pytest.fixture(scope="session")
def tool(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Repository:
    """A repository that holds this checkout as it stands, from which pre-commit installs the hooks."""
    folder = tmp_path_factory.mktemp("tool") / "gatekeeper"
    folder.mkdir()
    for name in (*NEEDED, MANIFEST):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    tool = Repository(folder, home)
    tool.git("init", "-q", "-b", "main")
    tool.git("add", "-A", "-f")
    tool.git("commit", "-q", "-m", "tool")
    return tool


@pytest.fixture
def make(tmp_path: Path, home: Path, tool: Repository) -> Callable[..., Repository]:
    """A function that makes a repository in which nothing is wrong, with hooks of these ids installed."""

    def make(*ids: str, top: str = "") -> Repository:
        root = tmp_path / "harbor"
        root.mkdir()
        harbor = Repository(root, home)
        harbor.git("init", "-q", "-b", "main")
        hooks = [{"id": name} for name in ids]
        config = {"repos": [{"repo": str(tool.root), "rev": tool.git("rev-parse", "HEAD"), "hooks": hooks}]}
        harbor.force({**GOOD, ".pre-commit-config.yaml": f"{yaml.safe_dump(config)}{top}"})
        code, output = harbor.pre_commit("install")
        assert code == 0, output
        return harbor

    return make


def verdicts(output: str) -> dict[str, str]:
    """Name of each hook -> "Passed", "Failed" or "Skipped"."""
    lines = (line.partition("...") for line in output.splitlines() if "..." in line)
    return {name: rest.strip(".").rpartition(".")[2].split(")")[-1] for name, _, rest in lines if rest}


def test_try_repo_runs_every_hook(make: Callable[..., Repository], tool: Repository) -> None:
    harbor = make()
    code, output = harbor.pre_commit("try-repo", str(tool.root), "--all-files", "--verbose")
    assert code == 0, output
    assert [
        line.removeprefix("- hook id: ") for line in output.splitlines() if line.startswith("- hook id: ")
    ] == sorted(HOOKS)
    assert list(verdicts(output).values()) == ["Passed"] * len(HOOKS)


def test_a_good_commit_passes_and_each_fault_blocks_with_its_message(make: Callable[..., Repository]) -> None:
    harbor = make(*HOOKS)
    whole = {"check", "evidence", "status", "validate-env", "validate-ai-runtime", "policy"}
    faults: list[tuple[dict[str, str], str, set[str]]] = [
        ({"docs/tracker.md": BAD}, "docs/tracker.md:5:34: error[EV001] evidence `src/winch.py`", {"check", "evidence"}),
        (SPRINTS, "docs/sprints/OPS-SEA-09/closeout.md:3:13: error[ST004]", {"check", "status"}),
        ({".env.example": "HARBOR_PORT=many\n"}, ".env.example:1:1: error[EN002]", {"check", "validate-env"}),
        (
            {"src/limits.py": "LIMITS = {'retries': 9}\n"},
            "error[AI001]",
            {"check", "validate-ai-runtime"},
        ),
        ({".gatekeeper.yml": "rules: [\n"}, ".gatekeeper.yml:", whole),
    ]
    for files, told, blocked in faults:
        harbor.stage(files)
        code, output = harbor.commit()
        failed = {line.removeprefix("- hook id: gatekeeper-") for line in output.splitlines() if "hook id" in line}
        assert (code, failed) == (1, blocked), output
        assert told in output, output
        harbor.git("reset", "-q", "--hard")
    harbor.stage({"docs/tracker.md": TRACKER + "\nThe next tide is at four.\n"})
    code, output = harbor.commit()
    assert code == 0, output
    assert list(verdicts(output).values()) == ["Passed"] * len(HOOKS)


def test_a_partial_add_is_judged_by_the_index(make: Callable[..., Repository]) -> None:
    harbor = make("gatekeeper-check")
    harbor.stage({"docs/tracker.md": BAD})
    harbor.write({"docs/tracker.md": TRACKER})
    code, output = harbor.commit()
    assert (code, "`src/winch.py` is not in the repository" in output) == (1, True), output
    harbor.stage({"docs/tracker.md": TRACKER + "\nThe next tide is at four.\n"})
    harbor.write({"docs/tracker.md": BAD})
    code, output = harbor.commit()
    assert code == 0, output
    assert (harbor.root / "docs/tracker.md").read_text("utf-8") == BAD
    # `commit -a` makes an index of its own.
    code, output = harbor.commit("-a")
    assert code == 1, output


def test_deleting_cited_evidence_blocks_and_renaming_it_with_its_citation_passes(
    make: Callable[..., Repository],
) -> None:
    harbor = make("gatekeeper-evidence")
    harbor.git("rm", "-q", "ci/run.yml")
    code, output = harbor.commit()
    told = "docs/tracker.md:6:31: error[EV001] you are deleting evidence: docs/tracker.md:6 needs it for CI/CD gate"
    assert (code, told in output) == (1, True), output
    harbor.git("reset", "-q", "--hard")
    harbor.git("mv", "src/crane.py", "src/hoist.py")
    code, output = harbor.commit()
    assert (code, "`src/crane.py` becomes `src/hoist.py`" in output) == (1, True), output
    harbor.stage({"docs/tracker.md": TRACKER.replace("crane.py", "hoist.py")})
    code, output = harbor.commit()
    assert code == 0, output
    harbor.stage({"reports/tide.txt": ""})
    code, output = harbor.commit()
    assert (code, "you are emptying evidence: docs/tracker.md:7" in output) == (1, True), output


def test_all_files_and_nothing_staged(make: Callable[..., Repository]) -> None:
    harbor = make("gatekeeper-check")
    code, output = harbor.pre_commit("run", "--all-files")
    assert code == 0, output
    code, output = harbor.pre_commit("run")
    assert (code, "nothing is staged" in output) == (1, True), output
    harbor.force({"docs/old.md": BAD.replace("H-0", "L-0")})
    code, output = harbor.pre_commit("run", "--all-files")
    assert (code, "docs/old.md:5:34: error[EV001]" in output) == (1, True), output
    # What is staged beside makes no difference to what was asked for.
    harbor.stage({"notes.txt": "hello\n"})
    code, output = harbor.pre_commit("run", "--all-files")
    assert (code, "docs/old.md:5:34: error[EV001]" in output) == (1, True), output
    # It is no fault of a commit that leaves it alone, nor of a new message.
    code, output = harbor.commit()
    assert code == 0, output
    code, output = harbor.commit("--amend")
    assert code == 0, output


def test_between_two_commits(make: Callable[..., Repository]) -> None:
    harbor = make("gatekeeper-check")
    harbor.force({"docs/old.md": BAD.replace("H-0", "L-0")})
    harbor.git("rm", "-q", "ci/run.yml")
    harbor.git("commit", "-q", "--no-verify", "-m", "change")
    harbor.force({"notes.txt": "hello\n"})
    code, output = harbor.pre_commit("run", "--from-ref", "HEAD~2", "--to-ref", "HEAD")
    assert (code, "you are deleting evidence: docs/tracker.md:6" in output) == (1, True), output
    assert "docs/old.md:5" not in output
    code, output = harbor.pre_commit("run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert code == 0, output


def test_what_is_left_out(make: Callable[..., Repository]) -> None:
    harbor = make("gatekeeper-check", top="exclude: ^archive/\n")
    harbor.stage({"archive/tracker.md": BAD.replace("H-0", "A-0")})
    code, output = harbor.commit()
    assert code == 0, output
    harbor.stage({"old/tracker.md": BAD.replace("H-0", "B-0"), ".gatekeeper.yml": f"exclude: [old/]\n{LAW}"})
    code, output = harbor.commit()
    assert code == 0, output
    harbor.stage({"docs/tracker.md": BAD})
    code, output = harbor.commit(SKIP="gatekeeper-check")
    assert (code, "Skipped" in output) == (0, True), output


def test_a_merge_and_a_linked_work_tree(make: Callable[..., Repository], tmp_path: Path, home: Path) -> None:
    harbor = make("gatekeeper-check")
    harbor.git("checkout", "-q", "-b", "other")
    harbor.force({"docs/old.md": BAD.replace("H-0", "L-0"), "both.txt": "theirs\n"})
    harbor.git("checkout", "-q", "main")
    harbor.force({"both.txt": "ours\n"})
    harbor.run("git", "merge", "-q", "other")
    harbor.stage({"both.txt": "both\n"})
    code, output = harbor.commit()
    assert code == 0, output
    linked = Repository(tmp_path / "linked", home)
    harbor.git("worktree", "add", "-q", str(linked.root), "-b", "third")
    linked.git("rm", "-q", "ci/run.yml")
    code, output = linked.commit()
    assert (code, "you are deleting evidence: docs/tracker.md:6" in output) == (1, True), output
    linked.git("reset", "-q", "--hard")
    linked.stage({"notes.txt": "hello\n"})
    code, output = linked.commit()
    assert code == 0, output
