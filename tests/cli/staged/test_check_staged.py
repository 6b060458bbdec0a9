"""`check --staged`: the index is judged, for what it says and for what it breaks elsewhere."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

TRACKER = """\
# Harbor tracker

| ID | Item | Status | Evidence |
|----|------|--------|----------|
| H-01 | Crane control | Done | `src/crane.py` |
| H-02 | CI/CD gate | Done | `ci/run.yml` |
| H-03 | Tide reports | Done | `reports/tide.txt` |
"""
LEGACY = TRACKER.replace("Harbor", "Old").replace("H-0", "L-0").replace("`src/crane.py`", "`src/never.py`")
GOOD = {
    "docs/tracker.md": TRACKER,
    "src/crane.py": "".join(f"speed_{number} = {number}\n" for number in range(20)),
    "ci/run.yml": "steps: [build]\n",
    "reports/tide.txt": "12 passed\n",
}


@pytest.fixture
def harbor(folder: Path, make_chronicle: Callable, monkeypatch: pytest.MonkeyPatch):
    """A repository in which nothing is wrong, at its first commit, and nothing is staged."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    chronicle = make_chronicle(folder)
    chronicle.commit("2026-01-01", GOOD)
    return chronicle


def write(harbor, path: str, text: str) -> None:
    (harbor.root / path).parent.mkdir(parents=True, exist_ok=True)
    (harbor.root / path).write_text(text, "utf-8")


def stage(harbor, path: str, text: str) -> None:
    write(harbor, path, text)
    harbor.git("add", path)


def places(result: Result) -> list[str]:
    """`path:line code` of each finding of a JSON report."""
    found = json.loads(result.stdout)["findings"]
    return [f"{one['path']}:{one['line']} {one['code']}" for one in found]


def judged(run: Run, *arguments: str) -> list[str]:
    return places(run("check", "--staged", "--format", "json", *arguments))


def test_the_index_is_judged_and_not_the_work_tree(harbor, run: Run) -> None:
    bad = TRACKER.replace("crane.py", "winch.py")
    stage(harbor, "docs/tracker.md", bad)
    write(harbor, "docs/tracker.md", TRACKER)
    assert run("check").exit_code == 0
    assert run("check", "--staged").exit_code == 1
    assert judged(run) == ["docs/tracker.md:5 EV001"]
    stage(harbor, "docs/tracker.md", TRACKER + "\nNothing else is planned.\n")
    write(harbor, "docs/tracker.md", bad)
    assert run("check").exit_code == 1
    assert run("check", "--staged").exit_code == 0


def test_policy_waivers_and_baseline_come_from_the_index(harbor, run: Run) -> None:
    stage(harbor, "docs/tracker.md", TRACKER.replace("crane.py", "winch.py"))
    write(harbor, ".gatekeeper.yml", "rules: {EV001: off}\n")
    assert run("check", "--staged").exit_code == 1
    harbor.git("add", ".gatekeeper.yml")
    write(harbor, ".gatekeeper.yml", "rules: [\n")
    assert run("check", "--staged").exit_code == 0
    harbor.git("rm", "-q", "-f", "--cached", ".gatekeeper.yml")
    waiver = "- {rule: EV001, path: docs/tracker.md, reason: moved to sprint 7, owner: kim, expires: 2026-09-30}\n"
    write(harbor, "waivers.yml", waiver)
    today = ("--today", "2026-06-01")
    (harbor.root / ".gatekeeper.yml").unlink()
    assert run("check", "--staged", *today).exit_code == 1
    harbor.git("add", "waivers.yml")
    assert run("check", "--staged", *today).exit_code == 0


def test_two_staged_policies_are_refused(harbor, run: Run) -> None:
    stage(harbor, ".gatekeeper.yml", "{}\n")
    stage(harbor, ".gatekeeper.yaml", "{}\n")
    result = run("check", "--staged")
    assert (result.exit_code, "two policy files" in result.stderr) == (2, True)


def test_a_policy_from_outside_of_the_repository(harbor, run: Run, tmp_path: Path) -> None:
    (tmp_path / "law.yml").write_text("rules: {EV001: off}\n")
    stage(harbor, "docs/tracker.md", TRACKER.replace("crane.py", "winch.py"))
    assert run("check", "--staged", "--config", str(tmp_path / "law.yml")).exit_code == 0


def test_deleted_evidence_is_told_where_it_is_cited(harbor, run: Run) -> None:
    harbor.git("rm", "-q", "ci/run.yml")
    result = run("check", "--staged")
    assert result.exit_code == 1
    told = "you are deleting evidence: docs/tracker.md:6 needs it for CI/CD gate, and `ci/run.yml` is gone"
    assert f"docs/tracker.md:6:31: error[EV001] {told}" in result.stdout
    assert "help: keep `ci/run.yml`, or take it out of docs/tracker.md:6" in result.stdout
    # On disk it may go on.
    write(harbor, "ci/run.yml", "steps: [build]\n")
    assert judged(run) == ["docs/tracker.md:6 EV001"]


def test_evidence_of_a_row_without_a_name_that_is_deleted(harbor, run: Run) -> None:
    harbor.commit(
        "2026-01-02", {"docs/list.md": "# Pack\n\n| Evidence | Status |\n|---|---|\n| `ci/run.yml` | Done |\n"}
    )
    harbor.git("rm", "-q", "ci/run.yml")
    assert "docs/list.md:5 needs it, and `ci/run.yml` is gone" in run("check", "--staged").stdout


def test_a_folder_of_evidence_that_is_deleted(harbor, run: Run) -> None:
    harbor.commit("2026-01-02", {"docs/tracker.md": TRACKER.replace("`reports/tide.txt`", "`reports/`")})
    harbor.git("rm", "-q", "-r", "reports")
    told = "you are deleting evidence: docs/tracker.md:7 needs it for Tide reports, and `reports/tide.txt` is gone"
    assert told in run("check", "--staged").stdout


def test_renamed_evidence_is_told_with_its_new_name(harbor, run: Run) -> None:
    harbor.git("mv", "src/crane.py", "src/hoist.py")
    result = run("check", "--staged")
    told = "you are renaming evidence: docs/tracker.md:5 needs it for Crane control, and `src/crane.py` becomes `src/hoist.py`"
    assert (result.exit_code, told in result.stdout) == (1, True)
    assert "help: name `src/hoist.py` in docs/tracker.md:5, or keep `src/crane.py`" in result.stdout
    stage(harbor, "docs/tracker.md", TRACKER.replace("crane.py", "hoist.py"))
    assert run("check", "--staged").exit_code == 0


def test_emptied_evidence_of_done_work_is_an_error_unless_the_law_weighs_it(harbor, run: Run) -> None:
    stage(harbor, "reports/tide.txt", "")
    result = run("check", "--staged")
    told = "error[EV005] you are emptying evidence: docs/tracker.md:7 needs it for Tide reports, and not a single byte of `reports/tide.txt` is left"
    assert (result.exit_code, told in result.stdout) == (1, True)
    stage(harbor, ".gatekeeper.yml", "rules: {EV005: note}\n")
    assert run("check", "--staged").exit_code == 0


def test_a_link_in_prose_to_what_is_deleted(harbor, run: Run) -> None:
    harbor.commit("2026-01-02", {"docs/tracker.md": TRACKER + "\nSee [how to](../HOWTO.md).\n", "HOWTO.md": "# How\n"})
    harbor.git("rm", "-q", "HOWTO.md")
    told = "you are deleting a file: docs/tracker.md:9 names it, and `HOWTO.md` is gone"
    assert told in run("check", "--staged").stdout


def test_what_was_wrong_elsewhere_before_does_not_block(harbor, run: Run) -> None:
    harbor.commit("2026-01-02", {"docs/legacy.md": LEGACY})
    stage(harbor, "notes.txt", "hello\n")
    result = run("check", "--staged")
    assert result.exit_code == 0
    assert "no findings in 2 documents" in result.stdout
    assert "1 older finding outside of the change" in result.stdout
    harbor.git("rm", "-q", "ci/run.yml")
    assert judged(run) == ["docs/legacy.md:6 EV001", "docs/tracker.md:6 EV001"]
    harbor.git("reset", "-q", "--hard")
    stage(harbor, "docs/legacy.md", LEGACY + "\nMore is to come.\n")
    assert judged(run) == ["docs/legacy.md:5 EV001"]


def test_a_contradiction_that_stands_in_a_document_that_nobody_touched(harbor, run: Run) -> None:
    index = "# Sprints\n\n| Sprint | Goal | Status |\n|---|---|---|\n| OPS-SEA-09 | Berth map | {} |\n"
    closeout = "# OPS-SEA-09 Closeout\n\n**Status:** PASS\n"
    files = {"docs/sprints/README.md": index.format("PASS"), "docs/sprints/OPS-SEA-09/closeout.md": closeout}
    harbor.commit("2026-01-02", files)
    stage(harbor, "docs/sprints/README.md", index.format("PLANNED"))
    assert judged(run) == ["docs/sprints/OPS-SEA-09/closeout.md:3 ST004"]
    assert judged(run, "--only-named", "docs/sprints/README.md") == judged(run)
    # Committed all the same, it is nobody's change any more.
    harbor.commit("2026-01-03")
    stage(harbor, "notes.txt", "hello\n")
    assert judged(run) == []


def test_a_stricter_law_is_a_change_too(harbor, run: Run) -> None:
    harbor.commit("2026-01-02", {"docs/legacy.md": LEGACY, ".gatekeeper.yml": "rules: {EV001: off}\n"})
    stage(harbor, ".gatekeeper.yml", "rules: {EV001: error}\n")
    assert judged(run) == ["docs/legacy.md:5 EV001"]


def test_a_commit_that_mends_the_law_is_held_against_what_was_there(harbor, run: Run) -> None:
    harbor.commit("2026-01-02", {"docs/legacy.md": LEGACY, ".gatekeeper.yml": "rules: [\n"})
    stage(harbor, ".gatekeeper.yml", "rules: {EV002: error}\n")
    assert judged(run) == []


def test_paths_that_are_named(harbor, run: Run) -> None:
    harbor.commit("2026-01-02", {"docs/legacy.md": LEGACY})
    stage(harbor, "docs/tracker.md", TRACKER.replace("crane.py", "winch.py"))
    assert judged(run, "docs/legacy.md") == ["docs/legacy.md:5 EV001"]
    assert judged(run, "docs") == ["docs/legacy.md:5 EV001", "docs/tracker.md:5 EV001"]
    assert judged(run, "--only-named") == []
    (harbor.root / "docs/legacy.md").unlink()
    assert judged(run, "docs/legacy.md") == ["docs/legacy.md:5 EV001"]
    write(harbor, "docs/loose.md", TRACKER)
    result = run("check", "--staged", "docs/loose.md")
    assert (result.exit_code, "nothing of this path is staged" in result.stderr) == (2, True)


def test_excludes_hold_for_what_is_named(harbor, run: Run) -> None:
    stage(harbor, "docs/legacy.md", LEGACY)
    assert judged(run, "docs/legacy.md") == ["docs/legacy.md:5 EV001"]
    assert judged(run, "docs/legacy.md", "--exclude", "legacy.md") == []
    stage(harbor, ".gatekeeper.yml", "exclude: [docs/legacy.md]\n")
    assert judged(run, "docs/legacy.md") == []
    harbor.git("reset", "-q", "--hard")
    stage(harbor, "node_modules/x/legacy.md", LEGACY)
    assert judged(run, "node_modules/x/legacy.md") == []


def test_only_some_rules(harbor, run: Run) -> None:
    stage(harbor, "docs/tracker.md", TRACKER.replace("crane.py", "winch.py"))
    assert judged(run, "--select", "ST,GA") == []
    assert judged(run, "--select", "ev") == ["docs/tracker.md:5 EV001"]
    assert judged(run, "--select", "GA", "--select", "EV001") == ["docs/tracker.md:5 EV001"]
    harbor.git("reset", "-q")
    assert run("check", "--select", "ST").exit_code == 0
    assert run("check", "--select", "EV").exit_code == 1
    result = run("check", "--select", "XX")
    assert (result.exit_code, "no code of a rule begins with XX" in result.stderr) == (2, True)


def test_nothing_staged_is_nothing_checked_but_in_a_commit(harbor, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for more in ((), ("--only-named",)):
        result = run("check", "--staged", *more)
        assert (result.exit_code, "nothing is staged" in result.stderr) == (3, True)
    assert run("check", "--staged", "docs").exit_code == 0
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert run("check", "--staged").exit_code == 0


def test_a_repository_without_documents_is_nothing_checked(harbor, run: Run) -> None:
    harbor.git("rm", "-q", "docs/tracker.md")
    assert run("check", "--staged").exit_code == 3


def test_flags_that_need_each_other(harbor, run: Run) -> None:
    assert run("check", "--only-named").exit_code == 2


def test_a_first_commit_is_judged_whole(folder: Path, make_chronicle: Callable, run: Run) -> None:
    harbor = make_chronicle(folder)
    stage(harbor, "docs/tracker.md", TRACKER)
    assert len(judged(run)) == 3
    for path, text in GOOD.items():
        stage(harbor, path, text)
    assert judged(run) == []


def test_a_merge_in_progress(harbor, run: Run) -> None:
    harbor.git("checkout", "-q", "-b", "other")
    harbor.commit("2026-01-02", {"docs/legacy.md": LEGACY, "both.txt": "theirs\n"})
    harbor.git("checkout", "-q", "main")
    harbor.commit("2026-01-03", {"both.txt": "ours\n"})
    harbor.git("merge", "-q", "other", check=False)
    result = run("check", "--staged")
    assert (result.exit_code, "unmerged: both.txt" in result.stderr) == (2, True)
    stage(harbor, "both.txt", "both\n")
    # What their side brought is theirs; what the merge alone breaks is not.
    assert judged(run) == []
    harbor.git("rm", "-q", "src/crane.py")
    assert judged(run) == ["docs/tracker.md:5 EV001"]


def test_what_pre_commit_asks_between_two_commits(harbor, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    base = harbor.git("rev-parse", "HEAD")
    harbor.commit("2026-01-02", {"ci/run.yml": None})
    harbor.commit("2026-01-03", {"notes.txt": "hello\n"})
    for name, value in (("PRE_COMMIT", "1"), ("PRE_COMMIT_FROM_REF", base), ("PRE_COMMIT_TO_REF", "HEAD")):
        monkeypatch.setenv(name, value)
    assert judged(run, "--only-named", "notes.txt") == ["docs/tracker.md:6 EV001"]
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    assert judged(run, "--only-named", "notes.txt") == []
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD")
    assert judged(run, "--only-named") == []


@pytest.mark.parametrize("name", ["--exit-zero", "--exclude=*", "-o"])
def test_a_file_that_is_called_like_an_option_is_none(
    harbor, run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(harbor.root)
    (harbor.root / name).write_text("x\n")
    harbor.git("add", "--", name)
    stage(harbor, "docs/tracker.md", TRACKER.replace("crane.py", "winch.py"))
    refused = run("check", "--staged", "--only-named", name, "docs/tracker.md")
    assert (refused.exit_code, f"there is a file called {name}" in refused.stderr) == (2, True)
    assert judged(run, "--only-named", "--", name, "docs/tracker.md") == ["docs/tracker.md:5 EV001"]


def test_a_trusted_law(harbor, run: Run) -> None:
    harbor.commit("2026-01-02", {".gatekeeper.yml": "rules: {EV001: error}\n"})
    stage(harbor, ".gatekeeper.yml", "rules: {EV001: off}\n")
    stage(harbor, "docs/tracker.md", TRACKER.replace("crane.py", "winch.py"))
    assert judged(run) == []
    assert judged(run, "--trust-ref", "HEAD") == [".gatekeeper.yml:1 PO001", "docs/tracker.md:5 EV001"]


def test_the_other_commands_judge_the_index(harbor, run: Run) -> None:
    stage(harbor, ".env.example", "HARBOR_PORT=8080\n")
    stage(harbor, ".gatekeeper.yml", "environment: {keys: {HARBOR_PORT: {type: integer}}}\n")
    assert run("validate-env", "--staged").exit_code == 0
    write(harbor, ".env.example", "OTHER=1\n")
    write(harbor, ".gatekeeper.yml", "rules: [\n")
    assert run("policy", "check").exit_code == 2
    assert run("policy", "check", "--staged").exit_code == 0
    assert run("validate-env", "--staged").exit_code == 0
    harbor.git("add", ".gatekeeper.yml")
    assert run("policy", "check", "--staged").exit_code == 2
    harbor.git("rm", "-q", "-f", ".gatekeeper.yml")
    assert run("policy", "check", "--staged").exit_code == 3
    assert run("validate-ai-runtime", "--staged").exit_code == 3


HOOK = """#!/bin/sh
exec {python} -m gatekeeper check --staged
"""


@pytest.mark.skipif(os.name == "nt", reason="the hook is a shell script")
def test_a_plain_hook_of_git(harbor) -> None:
    hook = harbor.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(python=sys.executable))
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    bad = TRACKER.replace("crane.py", "winch.py")

    numbers = count()

    def commits(*arguments: str, paths: Sequence[str] = ()) -> bool:
        before = harbor.git("log", "-1", "--format=%H %ct %s")
        named = ("--", *paths) if paths else ()
        harbor.git("commit", "-q", *arguments, "-m", f"change {next(numbers)}", *named, day="2026-02-01", check=False)
        return harbor.git("log", "-1", "--format=%H %ct %s") != before

    assert commits("--amend", "--allow-empty")
    assert commits("--allow-empty")
    write(harbor, "docs/tracker.md", bad)
    write(harbor, "notes.txt", "hello\n")
    harbor.git("add", "notes.txt")
    # `commit -a` and `commit -- path` make an index of their own for the hook.
    assert not commits("-a")
    assert not commits(paths=["docs/tracker.md"])
    assert commits()
    stage(harbor, "docs/tracker.md", bad)
    write(harbor, "notes.txt", "hello again\n")
    assert commits(paths=["notes.txt"])
    assert not commits()
    harbor.git("reset", "-q", "--hard")
    linked = harbor.root.parent / "linked"
    harbor.git("worktree", "add", "-q", str(linked), "-b", "other")
    (linked / "ci/run.yml").unlink()
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "x"],
        cwd=linked,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, b"you are deleting evidence" in done.stdout + done.stderr) == (1, True)
