"""The one door to git: what may pass, in which environment, and what an error says."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gatekeeper.repo.git import Git, GitError, explain, find_index, find_program


@pytest.fixture
def git(sandbox) -> Git:
    program = find_program()
    assert program is not None
    return Git(program, str(sandbox.root))


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("diff",),
        ("blame", "a.md"),
        ("hash-object", "a.md"),
        ("config", "--list"),
        ("config", "--get", "user.name"),
        ("config", "--edit"),
        ("check-ignore", "a.md"),
        ("show", "HEAD"),
        ("-c", "core.fsmonitor=/bin/true"),
        ("--exec-path=/tmp",),
        ("ls-files", "-m"),
        ("ls-files", "--eol"),
        ("ls-files", "--recurse-submodules"),
        ("cat-file", "--textconv", "HEAD:a.md"),
        ("cat-file", "--filters", "HEAD:a.md"),
        ("cat-file", "--batch=%(objectname)"),
        ("log", "-p"),
        ("log", "--show-signature"),
        ("log", "--ext-diff"),
        ("log", "--textconv"),
        ("log", "--output=/tmp/x"),
        ("log", "--format=%H %G?"),
        ("log", "--format=%h%GS"),
        ("diff-tree", "-p", "HEAD"),
        ("diff-tree", "--ext-diff", "HEAD"),
        ("diff-index", "HEAD", "--submodule=diff"),
        ("rev-parse", "--parseopt"),
    ],
    ids=" ".join,
)
def test_what_is_not_on_the_allow_list_is_not_started(git: Git, arguments: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"allow-list|gpg\.program"):
        git.start(*arguments)


def test_a_listing_is_separated_by_nul_without_being_asked(git: Git, sandbox) -> None:
    sandbox.commit("a b.md", "ü.md")
    assert git.run("ls-files") == "a b.md\0ü.md\0".encode()


def test_bytes_are_given_to_a_batch(git: Git, sandbox) -> None:
    sandbox.commit("a.md")
    assert git.run("cat-file", "--batch", given=b"HEAD:a.md\n").endswith(b"blob 5\na.md\n\n")


def test_the_caller_cannot_send_git_to_another_repository(
    git: Git, sandbox, make_sandbox: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_sandbox(tmp_path / "other")
    other.commit("other.md")
    sandbox.commit("own.md")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git/index"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert git.run("ls-files") == b"own.md\0"
    assert not (tmp_path / "trace").exists()


def test_the_configuration_of_the_user_stays_in_force(
    git: Git, sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ignore").write_text("*.local\n")
    (tmp_path / "config").write_text(f"[core]\nexcludesFile = {tmp_path}/ignore\n")
    sandbox.write("a.local")
    sandbox.write("a.md")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    assert git.run("ls-files", "-o", "--exclude-standard") == b"a.md\0"


def test_the_index_of_a_running_commit_is_read(git: Git, sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.commit("a.md")
    index = sandbox.root / ".git/next-index-1.lock"
    sandbox.write("b.md")
    sandbox.git("read-tree", "HEAD", env={"GIT_INDEX_FILE": str(index)})
    sandbox.git("add", "b.md", env={"GIT_INDEX_FILE": str(index)})
    for given in (".git/next-index-1.lock", str(index)):
        monkeypatch.setenv("GIT_INDEX_FILE", given)
        assert find_index(git, str(sandbox.root)) == str(index)
        assert Git(git.program, git.folder, str(index)).run("ls-files") == b"a.md\0b.md\0"


def test_an_index_of_another_place_or_none_is_not_read(
    git: Git, sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.commit("a.md")
    (tmp_path / "index").write_bytes((sandbox.root / ".git/index").read_bytes())
    for given in (str(tmp_path / "index"), "../index", ".git/gone.lock", ""):
        monkeypatch.setenv("GIT_INDEX_FILE", given)
        assert find_index(git, str(sandbox.root)) is None
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert find_index(git, str(sandbox.root)) is None


def test_a_program_of_the_current_folder_is_never_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "git"
    fake.write_text("#!/bin/sh\n")
    fake.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    for path in (".", "", os.pathsep, f".{os.pathsep}./"):
        monkeypatch.setenv("PATH", path)
        assert find_program() is None
    monkeypatch.setenv("PATH", f".{os.pathsep}{tmp_path}")
    assert find_program() == str(fake)


def test_a_file_that_cannot_be_started_is_not_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program() is None
    (tmp_path / "git").unlink()
    (tmp_path / "git").mkdir()
    assert find_program() is None


def test_a_failed_command_is_an_error_with_git_s_own_reason(git: Git) -> None:
    with pytest.raises(GitError, match="no-such-branch") as caught:
        git.run("log", "--format=%H", "no-such-branch..")
    assert caught.value.hint
    assert caught.value.where == git.folder


def test_a_folder_that_is_gone_is_an_error(git: Git, tmp_path: Path) -> None:
    with pytest.raises(GitError, match="cannot be started"):
        Git(git.program, str(tmp_path / "gone")).run("rev-parse", "HEAD")


def test_a_process_that_nobody_waits_for_is_ended(git: Git, sandbox) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(sandbox.root / ".gitignore")
    with git.start("ls-files", "-o", "--exclude-standard") as process:
        pass
    assert process.answer().code != 0


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (
            "fatal: detected dubious ownership in repository at '/x y'\n\n\tgit config --global --add safe.directory '/x y'\n",
            "if you trust it: git config --global --add safe.directory '/x y'",
        ),
        (
            "fatal: unsafe repository ('/x' is owned by someone else)\n",
            "if you trust it: git config --global --add safe.directory /root",
        ),
        ("", "mend the repository; `git fsck` names what is broken"),
    ],
)
def test_an_error_names_its_remedy(error: str, hint: str) -> None:
    assert explain(error, "/root").hint == hint


def test_the_reason_is_the_fatal_line_not_the_warning_before_it() -> None:
    assert (
        explain("warning: x\n\nfatal: index file corrupt\n", "/root").message
        == "git cannot read the repository: index file corrupt"
    )
