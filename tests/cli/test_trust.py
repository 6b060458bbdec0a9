"""`check --trust-ref`: a change is judged by the law of the commit that it builds upon, and what it alters in it is told."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}
TRUST = ("check", "--today", "2026-06-15", "--trust-ref", "main")
WAIVER = "- {rule: EV001, path: '**', reason: moved to sprint 7, owner: kim, expires: 2026-09-30}\n"
ROW = "| 03 | Sign-up | Done | `src/signup.py` |\n"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **IDENTITY}, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "change")


@pytest.fixture
def trusted(clean: Path) -> Path:
    """A repository without faults whose branch `main` has a policy; the branch `change` is checked out."""
    (clean / ".gatekeeper.yml").write_text("rules: {EV001: error}\nwaivers: {max-days: 200}\n")
    git(clean, "init", "-q", "-b", "main")
    commit(clean)
    git(clean, "checkout", "-q", "-b", "change")
    return clean


def codes(result: Result) -> list[str]:
    return sorted(one["code"] for one in json.loads(result.stdout)["findings"] if one["disposition"] == "active")


def test_a_change_that_weakens_nothing_passes(run: Run, trusted: Path) -> None:
    result = run(*TRUST)
    assert result.exit_code == 0
    assert result.stdout.endswith("; by the law of main\n")
    assert json.loads(run(*TRUST, "--format", "json").stdout)["policy"]["trusted"] == "main"


def test_a_change_that_adds_a_waiver_disables_a_rule_and_edits_the_baseline_still_fails(
    run: Run, trusted: Path
) -> None:
    tracker = trusted / "docs/tracker.md"
    tracker.write_text(tracker.read_text() + ROW)
    run("baseline")
    (trusted / "waivers.yml").write_text(WAIVER)
    (trusted / ".gatekeeper.yml").write_text("rules: {EV001: off}\nexclude: [docs/]\nwaivers: {max-days: 300}\n")
    commit(trusted)
    assert run("check", "--today", "2026-06-15").exit_code != 1
    result = run(*TRUST, "--format", "json")
    assert result.exit_code == 1
    assert codes(result) == ["EV001", "PO001", "PO002", "PO003", "PO004", "PO005"]
    git(trusted, "checkout", "-q", "main")
    git(trusted, "merge", "-q", "change")
    assert "PO0" not in run(*TRUST).stdout


@pytest.mark.parametrize("weakening", ["waiver", "comment", "rule", "baseline", "exclude", "delete"])
def test_each_alone_fails_too(weakening: str, run: Run, trusted: Path) -> None:
    tracker = trusted / "docs/tracker.md"
    tracker.write_text(tracker.read_text() + ROW)
    if weakening == "waiver":
        (trusted / "waivers.yml").write_text(WAIVER)
    elif weakening == "comment":
        comment = "<!-- gatekeeper: waive EV001 until 2026-09-30 because late -->"
        tracker.write_text(tracker.read_text().replace("signup.py` |", f"signup.py` {comment} |"))
    elif weakening == "rule":
        (trusted / ".gatekeeper.yml").write_text("rules: {EV001: off}\nwaivers: {max-days: 200}\n")
    elif weakening == "baseline":
        run("baseline")
    elif weakening == "exclude":
        (trusted / ".gatekeeper.yml").write_text("exclude: [docs/]\nrules: {EV001: error}\nwaivers: {max-days: 200}\n")
    else:
        (trusted / ".gatekeeper.yml").unlink()
    result = run(*TRUST, "--format", "json")
    assert result.exit_code == 1
    assert "EV001" in codes(result)
    assert any(code.startswith("PO") for code in codes(result))


def test_what_the_trusted_commit_waives_and_accepts_holds(run: Run, trusted: Path) -> None:
    git(trusted, "checkout", "-q", "main")
    tracker = trusted / "docs/tracker.md"
    tracker.write_text(tracker.read_text() + ROW)
    (trusted / "waivers.yml").write_text(WAIVER)
    commit(trusted)
    git(trusted, "checkout", "-q", "-B", "change")
    (trusted / "waivers.yml").unlink()
    result = run(*TRUST)
    assert (result.exit_code, "1 waived" in result.stdout) == (0, True)
    assert run("check", "--today", "2026-06-15").exit_code == 1


def test_a_moved_document_keeps_its_comment_and_its_baseline(run: Run, trusted: Path) -> None:
    git(trusted, "checkout", "-q", "main")
    tracker = trusted / "docs/tracker.md"
    comment = "<!-- gatekeeper: waive EV001 until 2026-09-30 because late -->"
    row = ROW.replace("py` |", f"py` {comment} |")
    tracker.write_text(tracker.read_text() + row + ROW.replace("03", "04").replace("signup", "signoff"))
    run("baseline", "--today", "2026-06-15")
    commit(trusted)
    git(trusted, "checkout", "-q", "-B", "change")
    (trusted / "notes").mkdir()
    git(trusted, "mv", "docs/tracker.md", "notes/tracker.md")
    commit(trusted)
    result = run(*TRUST, "--format", "json")
    assert (result.exit_code, codes(result)) == (0, [])
    summary = json.loads(result.stdout)["summary"]
    assert (summary["waived"], summary["baselined"]) == (1, 1)
    assert run("check", "--today", "2026-06-15").exit_code == 0


def test_no_growth_fails_even_where_the_rule_about_it_is_off(run: Run, trusted: Path) -> None:
    git(trusted, "checkout", "-q", "main")
    (trusted / ".gatekeeper.yml").write_text("rules: {PO004: off, EV001: warning}\n")
    commit(trusted)
    git(trusted, "checkout", "-q", "-B", "change")
    tracker = trusted / "docs/tracker.md"
    tracker.write_text(tracker.read_text() + ROW)
    run("baseline")
    assert run(*TRUST).exit_code == 0
    result = run(*TRUST, "--no-growth")
    assert result.exit_code == 1
    assert "the baseline accepts 1 more finding than at main" in result.stderr
    assert run(*TRUST, "--no-growth", "--exit-zero").exit_code == 1


def test_no_growth_needs_a_commit(run: Run, trusted: Path) -> None:
    result = run("check", "--no-growth")
    assert result.exit_code == 2
    assert "--trust-ref" in result.stderr


@pytest.mark.parametrize("name", ["nowhere", "--all", "-q", "", "main:docs", "a\nb", "HEAD^{tree}", "main..change"])
def test_a_name_that_is_no_commit_is_an_error_with_a_remedy(name: str, run: Run, trusted: Path) -> None:
    result = run("check", f"--trust-ref={name}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "git knows no such commit" in result.stderr
    assert "fetch-depth: 0" in result.stderr


def test_a_shallow_clone_is_told_apart(run: Run, trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_id = git(trusted, "rev-parse", "HEAD").strip()
    (trusted / "more.txt").write_text("more\n")
    commit(trusted)
    clone = trusted.parent / "clone"
    git(trusted.parent, "clone", "-q", "--depth", "1", trusted.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    result = run("check", "--trust-ref", commit_id)
    assert result.exit_code == 2
    assert "the clone is shallow" in result.stderr


def test_without_git_there_is_nothing_to_trust(run: Run, clean: Path) -> None:
    result = run("check", "--trust-ref", "main")
    assert result.exit_code == 2
    assert "no git here" in result.stderr


def test_a_root_below_the_top_reads_its_own_law(run: Run, trusted: Path) -> None:
    git(trusted, "checkout", "-q", "main")
    (trusted / "docs/.gatekeeper.yml").write_text("rules: {EV001: off}\n")
    commit(trusted)
    git(trusted, "checkout", "-q", "-B", "change")
    result = run(*TRUST, "--root", "docs", "--format", "json")
    assert json.loads(result.stdout)["policy"]["sources"] == [".gatekeeper.yml"]
    assert "EV001" not in codes(result)
    assert not [code for code in codes(result) if code.startswith("PO")]


def test_a_named_policy_is_read_from_the_commit(run: Run, trusted: Path) -> None:
    (trusted / "docs/law.yml").write_text("rules: {EV001: off}\n")
    result = run(*TRUST, "--config", "docs/law.yml")
    assert result.exit_code == 2
    assert "not in this commit" in result.stderr
    (trusted.parent / "law.yml").write_text("rules: {EV001: off}\n")
    assert run(*TRUST, "--config", "../law.yml").exit_code == 2


def test_waivers_that_a_change_brings_are_listed_as_proposed(run: Run, trusted: Path) -> None:
    (trusted / "waivers.yml").write_text(WAIVER)
    assert "  proposed, until" in run("waivers", "--trust-ref", "main").stdout
