"""`gatekeeper fix`: what is shown, what is written, and what is left alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

Run = Callable[..., Result]
SCHEMA = Path(__file__).resolve().parents[3] / "schemas" / "fix.schema.json"
HEAD = "# Tracker\r\n\r\n| ID | Item | Status | Evidence |\n|---|---|---|---|\n"
TRACKER = f"\ufeff{HEAD}| 1 | Sign-in | Done | `docs/Run.md` |  \r\n| 2 | Sign-out | Done | `docs/rnu.md` |"
MENDED = TRACKER.replace("Run", "run")


@pytest.fixture
def repository(folder: Path, make_chronicle):
    """A repository whose tracker has one safe and one unsafe fix."""
    chronicle = make_chronicle(folder)
    chronicle.commit("2026-01-01", {"docs/tracker.md": TRACKER, "docs/run.md": "12 passed\n"})
    return chronicle


def tracker(folder: Path) -> str:
    return (folder / "docs/tracker.md").read_bytes().decode()


def test_safe_fixes_are_written_and_the_rest_is_told(repository, folder: Path, run: Run) -> None:
    result = run("fix")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "docs/tracker.md:5:25: error[EV002]: write `docs/run.md`: it is tracked in these letters\n"
        "1 finding mended in 1 file; 1 more with --unsafe\n"
    )
    assert tracker(folder) == MENDED
    assert repository.git("diff", "--cached", "--name-only") == ""
    assert sorted(path.name for path in (folder / "docs").iterdir()) == ["run.md", "tracker.md"]
    # What is mended is a change that is not committed; the next run has nothing to do with it.
    assert (run("fix").exit_code, tracker(folder)) == (0, MENDED)


def test_unsafe_fixes_are_written_when_asked_for(repository, folder: Path, run: Run) -> None:
    assert run("fix", "--unsafe").exit_code == 0
    assert tracker(folder) == MENDED.replace("rnu", "run")
    assert run("fix", "--unsafe").stdout == "nothing mended\n"


def test_a_diff_writes_nothing_and_git_takes_it(repository, folder: Path, run: Run) -> None:
    shown = run("fix", "--diff")
    assert (shown.exit_code, tracker(folder)) == (1, TRACKER)
    assert shown.stderr == "1 finding would be mended in 1 file; 1 more with --unsafe\n"
    assert "-| 1 | Sign-in | Done | `docs/Run.md` |" in shown.stdout
    assert run("fix", "--diff", "--unsafe", "-o", "../fix.patch").exit_code == 1
    repository.git("apply", str(folder.parent / "fix.patch"))
    assert tracker(folder) == MENDED.replace("rnu", "run")
    clean = run("fix", "--diff", "--unsafe")
    assert (clean.exit_code, clean.stdout, clean.stderr) == (0, "", "nothing would be mended\n")


def test_a_diff_on_a_pipe_is_the_text_that_git_takes(repository, folder: Path, start) -> None:
    done: subprocess.CompletedProcess[bytes] = start("fix", "--diff")
    assert done.returncode == 1
    repository.git("apply", "--whitespace=nowarn", "-", given=done.stdout)
    assert tracker(folder) == MENDED


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda one: (one.root / "docs/tracker.md").write_bytes(f"{TRACKER} ".encode()),
            "changes that are not committed",
        ),
        (lambda one: one.git("rm", "-q", "--cached", "docs/tracker.md"), "staged changes that are not committed"),
    ],
)
def test_a_file_that_is_not_committed_as_it_is_is_left(repository, folder: Path, run: Run, change, reason: str) -> None:
    change(repository)
    before = tracker(folder)
    result = run("fix")
    assert (result.exit_code, tracker(folder)) == (1, before)
    assert reason in result.stdout
    assert "--allow-dirty" in result.stdout
    assert result.stdout.endswith("nothing mended; 1 not; 1 more with --unsafe\n")
    assert run("fix", "--allow-dirty").exit_code == 0
    assert tracker(folder) == before.replace("Run", "run")


def test_what_is_staged_stays_staged(repository, folder: Path, run: Run) -> None:
    repository.commit("2026-01-02", {"notes.md": "x\n"})
    (folder / "docs/tracker.md").write_bytes(f"{TRACKER} <!-- staged -->".encode())
    repository.git("add", "docs/tracker.md")
    staged = repository.git("show", ":docs/tracker.md")
    assert run("fix").exit_code == 1
    assert run("fix", "--allow-dirty").exit_code == 0
    assert repository.git("show", ":docs/tracker.md") == staged
    assert "docs/run.md" in tracker(folder)


def test_line_ends_that_git_writes_for_the_system_are_no_change(repository, folder: Path, run: Run) -> None:
    text = TRACKER.replace("\r\n", "\n")
    repository.commit("2026-01-02", {"docs/tracker.md": text})
    (folder / "docs/tracker.md").write_bytes(text.replace("\n", "\r\n").encode())
    assert run("fix").exit_code == 0
    assert tracker(folder) == text.replace("\n", "\r\n").replace("Run", "run")


def test_an_untracked_file_is_left(repository, folder: Path, run: Run) -> None:
    (folder / "docs/more.md").write_text(
        "| ID | Item | Status | Evidence |\n|---|---|---|---|\n| 3 | Help | Done | `docs/RUN.md` |\n"
    )
    result = run("fix", "docs/more.md")
    assert result.exit_code == 1
    assert "it is not in the last commit" in result.stdout


def test_without_git_nothing_is_written_unless_told(folder: Path, run: Run) -> None:
    (folder / "docs").mkdir()
    (folder / "docs/tracker.md").write_bytes(TRACKER.encode())
    (folder / "docs/run.md").write_text("12 passed\n")
    result = run("fix")
    assert (result.exit_code, tracker(folder)) == (1, TRACKER)
    assert "there is no git here that could bring it back" in result.stdout
    assert run("fix", "--allow-dirty").exit_code == 0
    assert tracker(folder) == MENDED


def test_a_read_only_file_is_left_and_the_others_are_mended(repository, folder: Path, run: Run) -> None:
    repository.commit("2026-01-02", {"more.md": TRACKER})
    (folder / "docs/tracker.md").chmod(0o444)
    result = run("fix")
    assert result.exit_code == 1
    assert "it is read-only" in result.stdout
    assert (tracker(folder), (folder / "more.md").read_bytes().decode()) == (TRACKER, MENDED)


def test_a_document_behind_a_link_is_not_touched(repository, folder: Path, run: Run) -> None:
    outside = folder.parent / "outside.md"
    outside.write_bytes(TRACKER.encode())
    (folder / "docs/tracker.md").unlink()
    (folder / "docs/tracker.md").symlink_to(outside)
    repository.commit("2026-01-02")
    run("fix", "--unsafe")
    run("fix", "--allow-dirty", "docs/tracker.md")
    assert outside.read_bytes().decode() == TRACKER


def test_paths_and_rules_narrow_what_is_mended(repository, folder: Path, run: Run) -> None:
    repository.commit("2026-01-02", {"more/tracker.md": TRACKER})
    assert run("fix", "more", "--rule", "EV001").stdout == "nothing mended; 1 more with --unsafe\n"
    assert run("fix", "more", "--rule", "evidence-case-differs").exit_code == 0
    assert (tracker(folder), (folder / "more/tracker.md").read_bytes().decode()) == (TRACKER, MENDED)
    unknown = run("fix", "--rule", "XX999")
    assert unknown.exit_code == 2
    assert "there is no rule 'XX999'" in unknown.stderr


def test_the_outcome_as_json(repository, folder: Path, run: Run) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    shown = json.loads(run("fix", "--diff", "--format", "json").stdout)
    validator.validate(shown)
    assert [one["written"] for one in shown["files"]] == [False]
    assert tracker(folder) == TRACKER
    done = json.loads(run("fix", "--format", "json").stdout)
    validator.validate(done)
    assert [(one["path"], one["written"]) for one in done["files"]] == [("docs/tracker.md", True)]
    assert done["files"][0]["diff"] == shown["files"][0]["diff"]
    assert [one["code"] for one in done["mended"]] == ["EV002"]
    assert (done["unsafe"], done["accepted"], done["refused"]) == (1, 0, [])


def test_what_git_moved_is_named_anew(repository, folder: Path, run: Run) -> None:
    text = "| ID | Item | Status | Evidence |\n|---|---|---|---|\n| 1 | Sign-in | Done | `docs/run.md` |\n"
    repository.commit("2026-01-02", {"plan.md": text})
    repository.git("mv", "docs/run.md", "docs/sign-in.md")
    repository.commit("2026-01-03")
    assert run("fix", "plan.md").exit_code == 0
    assert (folder / "plan.md").read_text() == text.replace("run.md", "sign-in.md")
    assert run("check", "plan.md").exit_code == 0


def test_a_check_says_how_much_is_fixable(repository, run: Run) -> None:
    assert "; 1 fixable with `gatekeeper fix`" in run("check").stdout
    run("fix")
    assert "; 1 fixable with `gatekeeper fix --unsafe`" in run("check").stdout


def test_hostile_words_do_no_harm_on_the_way_out(repository, folder: Path, run: Run) -> None:
    hostile = TRACKER.replace("Sign-in", "Sign\x1b[31m\u202ein")
    repository.commit("2026-01-02", {"docs/tracker.md": hostile})
    for flags in ([], ["--diff"], ["--diff", "--format", "json"]):
        result = run("fix", "--unsafe", "--diff", *flags)
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output
    assert run("fix").exit_code == 0
    assert tracker(folder) == hostile.replace("Run", "run")


def test_nothing_checked_is_not_nothing_wrong(folder: Path, run: Run) -> None:
    (folder / "notes.txt").write_text("hello\n")
    assert run("fix").exit_code == 3
