"""A repository that names programs wherever git lets it: plain git starts every one of them, gatekeeper none."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gatekeeper.model.errors import TreeError, UnreadableError
from gatekeeper.repo.discover import iter_candidates
from gatekeeper.repo.git import Git, GitError, find_program
from gatekeeper.repo.worktree import WorkTree, open_tree

pty = pytest.importorskip("pty", reason="the sentinels are shell scripts")

PROSE = "".join(f"line {number} of a text that is long enough to be known again\n" for number in range(40))
HOOKS = ("pre-commit", "post-checkout", "post-index-change", "reference-transaction")
BODIES = {
    "fsmonitor": "exit 1",
    "textconv": 'cat "$1"',
    "clean": "cat",
    "smudge": "cat",
    "pager": "cat >/dev/null",
    "editor": 'echo message >"$1"',
    "askpass": "echo secret",
}
ATTRIBUTES = """\
*.md diff=evil filter=evil merge=evil
*.cmd diff=evilcommand
*.proc filter=evilprocess
"""
# sentinel -> the plain git command that starts it
PLAIN = {
    "fsmonitor": ("status",),
    "hook": ("commit", "-q", "--allow-empty", "-m", "x"),
    "gpg": ("log", "-1"),
    "external": ("diff", "changed.md"),
    "command": ("diff", "a.cmd"),
    "textconv": ("log", "-p", "-2"),
    "clean": ("add", "changed.md"),
    "smudge": ("checkout", "--", "deleted.md"),
    "process": ("add", "a.proc"),
    "merge": ("-c", "merge.renames=false", "merge", "-q", "--no-edit", "other"),
    "pager": ("log", "-1"),
    "editor": ("commit", "--allow-empty"),
    "alias": ("evil",),
    "ssh": ("ls-remote", "ssh://example.invalid/x"),
    "gitproxy": ("ls-remote", "git://example.invalid/x"),
    "ext": ("ls-remote", "ext"),
    "credential": ("credential", "fill"),
    "askpass": ("credential", "fill"),
    "alternate": ("rev-list", "--alternate-refs"),
    "uploadpack": ("log", "-M", "--name-status"),
}


class Armed:
    """A hostile repository, and which of its programs have run."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "repository"
        self.programs = folder / "programs"
        self._fired = folder / "fired"
        self._fired.mkdir()
        (self.programs / "hooks").mkdir(parents=True)
        for name in PLAIN:
            self._script(self.programs / name, name, BODIES.get(name, "exit 1"))
        for name in HOOKS:
            self._script(self.programs / "hooks" / name, "hook", "exit 0")

    def _script(self, path: Path, name: str, body: str) -> None:
        path.write_text(f"#!/bin/sh\ntouch '{self._fired}/{name}'\n{body}\n")
        path.chmod(0o755)

    def fired(self) -> set[str]:
        """The sentinels that were started since the last question."""
        names = {path.name for path in self._fired.iterdir()}
        for name in names:
            (self._fired / name).unlink()
        return names

    def configuration(self) -> dict[str, str]:
        """Every setting that names a program."""
        at = {name: str(self.programs / name) for name in PLAIN}
        return {
            "core.fsmonitor": at["fsmonitor"],
            "core.hooksPath": str(self.programs / "hooks"),
            "core.pager": at["pager"],
            "pager.log": at["pager"],
            "pager.ls-files": at["pager"],
            "core.editor": at["editor"],
            "core.sshCommand": at["ssh"],
            "core.gitProxy": at["gitproxy"],
            "core.askPass": at["askpass"],
            "core.alternateRefsCommand": at["alternate"],
            "core.untrackedCache": "true",
            "credential.helper": at["credential"],
            "gpg.program": at["gpg"],
            "log.showSignature": "true",
            "diff.external": at["external"],
            "diff.evil.textconv": at["textconv"],
            "diff.evilcommand.command": at["command"],
            "filter.evil.clean": at["clean"],
            "filter.evil.smudge": at["smudge"],
            "filter.evilprocess.process": at["process"],
            "merge.evil.driver": at["merge"],
            "log.diffMerges": "remerge",
            "alias.evil": f"!{at['alias']}",
            "alias.ls-files": f"!{at['alias']}",
            "submodule.recurse": "true",
            "protocol.allow": "always",
            "protocol.ext.allow": "always",
            "protocol.file.allow": "always",
            "remote.ext.url": f"ext::{at['ext']}",
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.promisor": "true",
            "remote.origin.url": str(self.root),
            "remote.origin.uploadpack": at["uploadpack"],
        }


@pytest.fixture(scope="module")
def armed(tmp_path_factory: pytest.TempPathFactory, make_sandbox: Callable, _hermetic: object) -> Armed:
    """A hostile repository, after plain git in copies of it has started each of its programs."""
    armed = Armed(tmp_path_factory.mktemp("hostile"))
    sandbox = make_sandbox(armed.root)
    _fill(sandbox)
    nested = make_sandbox(armed.root / "nested")
    nested.commit("inner.md")
    other = make_sandbox(armed.root.parent / "alternate")
    other.commit("x.md")
    (armed.root / ".git/objects/info/alternates").write_text(f"{other.root}/.git/objects\n")
    for repository in (nested, sandbox):
        for name, value in armed.configuration().items():
            repository.git("config", name, value)
    assert {name for name in PLAIN if name not in _fired_by_plain_git(armed, name, make_sandbox)} == set()
    return armed


def _fill(sandbox) -> None:
    """A history with a rename whose old content is lost, a signed commit, a branch to merge, a submodule, and a dirty work tree."""
    git = sandbox.git
    sandbox.write("docs/old.md", PROSE)
    lost = git("hash-object", "docs/old.md").decode().strip()
    for name in ("changed.md", "deleted.md", "both.md", "a.cmd", "a.proc", "sub/deep.md"):
        sandbox.write(name, f"{name}\n")
    sandbox.commit()
    git("branch", "other")
    (sandbox.root / "docs/old.md").unlink()
    sandbox.write("docs/new.md", PROSE + "and one more\n")
    sandbox.write("both.md", "ours\n")
    sandbox.write(".gitattributes", ATTRIBUTES)
    sandbox.write(".gitignore", "*.ignored\n")
    head = sandbox.commit()
    git("update-index", "--add", "--cacheinfo", f"160000,{head},module")
    git("commit", "-q", "-m", "submodule")
    _sign_head(sandbox)
    git("worktree", "add", "-q", str(sandbox.root.parent / "merging"), "other")
    theirs = sandbox.root.parent / "merging"
    (theirs / "both.md").write_text("theirs\n")
    git("-C", str(theirs), "commit", "-q", "-am", "theirs")
    git("worktree", "remove", "--force", str(theirs))
    sandbox.write("changed.md", "CHANGED.md\n")
    sandbox.write("a.cmd", "A.cmd\n")
    sandbox.write("a.proc", "A.proc\n")
    sandbox.write("fresh.md", "untracked\n")
    sandbox.write("a.ignored", "ignored\n")
    (sandbox.root / "deleted.md").unlink()
    (sandbox.root / f".git/objects/{lost[:2]}/{lost[2:]}").unlink()


def _sign_head(sandbox) -> None:
    commit = sandbox.git("cat-file", "commit", "HEAD")
    head, _, message = commit.partition(b"\n\n")
    signature = b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----"
    signed = sandbox.git("hash-object", "-t", "commit", "-w", "--stdin", given=head + signature + b"\n\n" + message)
    sandbox.git("update-ref", "HEAD", signed.decode().strip())


def _fired_by_plain_git(armed: Armed, name: str, make_sandbox: Callable) -> set[str]:
    copy = armed.root.parent / "copy"
    shutil.copytree(armed.root, copy, symlinks=True)
    sandbox = make_sandbox(copy)
    if name == "askpass":
        sandbox.git("config", "--unset", "credential.helper")
    if name != "uploadpack":
        sandbox.git("-c", "core.fsmonitor=false", "hash-object", "-w", "--stdin", given=PROSE.encode())
    if name != "process":
        sandbox.git("config", "--unset", "filter.evilprocess.process")
    armed.fired()
    if name == "pager":
        _run_on_terminal(["git", *PLAIN[name]], copy)
    else:
        given = b"protocol=https\nhost=example.invalid\n\n" if name in ("credential", "askpass") else None
        sandbox.git(*PLAIN[name], check=False, given=given)
    shutil.rmtree(copy)
    return armed.fired()


def _run_on_terminal(command: list[str], folder: Path) -> None:
    ours, theirs = pty.openpty()
    try:
        subprocess.run(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, timeout=60, check=False)
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.fixture
def watched(armed: Armed) -> Iterator[Armed]:
    """The hostile repository; whatever the test does to it, no program of its may run."""
    armed.fired()
    yield armed
    assert armed.fired() == set()


def _ask_everything(tree: WorkTree) -> None:
    for question in (
        "files",
        "folders",
        "untracked",
        "empty",
        "symlinks",
        "submodules",
        "sparse",
        "revision",
        "has_git",
    ):
        getattr(tree, question)
    for path in sorted(tree.files | tree.untracked):
        tree.is_present(path)
        if path not in tree.submodules:
            tree.read(path, 10_000)
    tree.renames()
    tree.remotes()
    tree.last_changes(tree.files)
    _ask_the_past(tree)
    _ask_what_is_staged(tree)
    list(iter_candidates(tree, (), ("*.draft.md",)))
    list(iter_candidates(tree, sorted(tree.files | tree.folders | tree.untracked), ()))


def _ask_what_is_staged(tree: WorkTree) -> None:
    for span in (None, ("HEAD", "HEAD")):
        with tree.open_staged(span) as staged:
            for path in sorted(staged.tree.files - staged.tree.submodules):
                staged.tree.read(path, 10_000)
                staged.tree.is_ignored(path)
            staged.tree.renames()
            staged.tree.last_changes(["changed.md"])
            list(iter_candidates(staged.tree, (), ()))


def _ask_the_past(tree: WorkTree) -> None:
    with tree.open_past() as past:
        listing = past.listing()
        for commit in past.iter_log():
            then = past.tree(commit.commit)
            assert then.files == listing.files
            for path in sorted(then.files - then.submodules):
                try:
                    then.read(path, 10_000)
                except UnreadableError as error:
                    assert "has not got" in error.message  # noqa: PT017  a lost object, not fetched
                then.is_ignored(path)
            then.renames()
            then.find_commits([commit.commit[:12]])
            then.line_origins({"changed.md": ["changed.md"]})
            then.last_changes(["changed.md", "a.cmd"])
            listing.undo(commit.changes)
        assert past.find("HEAD")
        assert past.is_cut is False


@pytest.mark.parametrize("folder", ["", "sub", "nested"])
@pytest.mark.parametrize("is_root", [True, False], ids=["root", "start"])
def test_no_program_runs_whatever_the_tree_is_asked(watched: Armed, folder: str, is_root: bool) -> None:
    place = str(watched.root / folder)
    tree = open_tree(place if is_root else None, place)
    assert tree.has_git
    _ask_everything(tree)


def test_the_hostile_repository_is_read_rightly(watched: Armed) -> None:
    tree = open_tree(None, str(watched.root))
    assert tree.files == {
        ".gitattributes",
        ".gitignore",
        "a.cmd",
        "a.proc",
        "both.md",
        "changed.md",
        "docs/new.md",
        "module",
        "sub/deep.md",
    }
    assert tree.untracked == {"fresh.md"}
    assert tree.read("changed.md", 100) == b"CHANGED.md\n"
    assert tree.submodules == {"module"}


def test_no_program_runs_with_the_index_of_a_hook(watched: Armed, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(watched.root / ".git/index", watched.root / ".git/next-index-1.lock")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    _ask_everything(open_tree(None, str(watched.root)))


ALLOWED = [
    ("config", r"^remote\..*\.url$"),
    ("log", "--format=%H", "--name-status", "-z", "--no-renames"),
    ("rev-parse", "--verify", "-q", "HEAD"),
    ("rev-parse", "--is-bare-repository", "--show-toplevel", "--absolute-git-dir"),
    ("ls-files", "-s", "-t"),
    ("ls-files", "-s", "-o", "--exclude-standard"),
    ("ls-tree", "-r", "-t", "-l", "--full-tree", "HEAD"),
    ("cat-file", "--batch"),
    ("cat-file", "--batch-check", "--buffer"),
    ("log", "--format=%H %an", "--first-parent"),
    ("log", "--format=", "--name-status", "-z", "--find-renames", "--relative"),
    ("log", "--format=%H", "--raw", "--find-renames=100%", "--max-count=9", "--no-merges"),
    (
        "log",
        "--format=%H",
        "--raw",
        "-z",
        "-r",
        "--root",
        "--no-abbrev",
        "--no-renames",
        "--relative",
        "--first-parent",
        "-m",
    ),
    ("log", "--format=%H", "--raw", "-m", "--no-renames"),
    ("diff-tree", "-r", "--root", "--raw", "-z", "HEAD"),
    ("diff-tree", "--find-renames", "--name-status", "--no-commit-id", "HEAD~1"),
    ("diff-index", "--cached", "--raw", "HEAD~1"),
    ("diff-index", "--raw", "-z", "--no-abbrev", "--relative", "HEAD~1"),
    ("rev-parse", "--show-object-format"),
    ("rev-parse", "HEAD~1...HEAD"),
    ("diff-index", "--find-renames", "--name-status", "--diff-filter=R", "HEAD~2"),
]


@pytest.mark.parametrize("arguments", ALLOWED, ids=" ".join)
def test_no_command_of_the_allow_list_runs_a_program(watched: Armed, arguments: tuple[str, ...]) -> None:
    program = find_program()
    assert program is not None
    objects = b"HEAD\nHEAD:changed.md\nHEAD~2:docs/old.md\n" if arguments[0] == "cat-file" else None
    for name in ("changed.md", "a.cmd", "a.proc"):
        os.utime(watched.root / name)
    git = Git(program, str(watched.root))
    # What needs the lost object must fail, not fetch it.
    if "--find-renames" in arguments:
        with pytest.raises(GitError, match=r"unable to read|fetch|promisor"):
            git.run(*arguments)
    else:
        assert git.run(*arguments, given=objects)


def test_a_merge_is_shown_without_being_made_again(sandbox, tmp_path: Path) -> None:
    """`log.diffMerges=remerge` makes each merge once more, which starts merge drivers."""
    driver, fired = tmp_path / "driver", tmp_path / "fired"
    driver.write_text(f"#!/bin/sh\ntouch '{fired}'\nexit 0\n")
    driver.chmod(0o755)
    sandbox.write(".gitattributes", "*.md merge=evil\n")
    sandbox.commit("both.md")
    sandbox.git("checkout", "-q", "-b", "other")
    sandbox.write("both.md", "theirs\n")
    sandbox.commit()
    sandbox.git("checkout", "-q", "main")
    sandbox.write("both.md", "ours\n")
    sandbox.commit()
    sandbox.git("merge", "-q", "-m", "merge", "-X", "ours", "other")
    sandbox.git("config", "merge.evil.driver", str(driver))
    sandbox.git("config", "log.diffMerges", "remerge")
    sandbox.git("log", "-m", "--raw", check=False)
    if not fired.exists():
        pytest.skip("this git does not make merges again")
    fired.unlink()
    tree = open_tree(None, str(sandbox.root))
    tree.remotes()
    tree.last_changes(tree.files)
    _ask_the_past(tree)
    program = find_program()
    assert program is not None
    Git(program, str(sandbox.root)).run("log", "--format=%H", "--raw", "-m")
    assert not fired.exists()


def test_an_older_git_is_kept_from_fetching_by_the_protocols_alone(armed: Armed, make_sandbox: Callable) -> None:
    sandbox = make_sandbox(armed.root)
    sandbox.git(*PLAIN["uploadpack"], check=False, env={"GIT_ALLOW_PROTOCOL": "none"})
    assert "uploadpack" not in armed.fired()
    sandbox.git(*PLAIN["uploadpack"], check=False)
    assert "uploadpack" in armed.fired()


def test_a_lost_object_costs_a_hint_and_nothing_else(watched: Armed) -> None:
    assert open_tree(None, str(watched.root)).renames() == {}


def test_a_work_tree_elsewhere_is_refused(sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "home"
    secret.mkdir()
    (secret / "secret.md").write_text("secret")
    sandbox.commit("a.md")
    for elsewhere in (secret, tmp_path, Path("/")):
        sandbox.git("config", "core.worktree", str(elsewhere))
        with pytest.raises(TreeError, match="elsewhere") as caught:
            open_tree(None, str(sandbox.root))
        assert "core.worktree" in caught.value.hint


def test_a_work_tree_elsewhere_is_refused_even_if_it_is_a_repository_around(sandbox, make_sandbox: Callable) -> None:
    inner = make_sandbox(sandbox.root / "inner")
    inner.git("config", "core.worktree", str(sandbox.root))
    with pytest.raises(TreeError, match="elsewhere"):
        open_tree(None, str(inner.root))


def test_an_index_that_leads_out_of_the_repository_is_cut(sandbox, tmp_path: Path) -> None:
    (tmp_path / "etc.md").write_text("secret")
    sandbox.commit("xx/etc.md", "good.md", "a//b".replace("//", "/x/"))
    index = sandbox.root / ".git/index"
    index.write_bytes(index.read_bytes().replace(b"xx/etc.md", b"../etc.md").replace(b"a/x/b", b"a/../"))
    assert b"../etc.md" in sandbox.git("ls-files")
    tree = open_tree(None, str(sandbox.root))
    assert tree.files == {"good.md"}


def test_a_pipe_as_order_file_does_not_hold_up_history(sandbox) -> None:
    sandbox.commit("old.md")
    sandbox.git("mv", "old.md", "new.md")
    sandbox.commit()
    os.mkfifo(sandbox.root / "order")
    sandbox.git("config", "diff.orderFile", str(sandbox.root / "order"))
    assert open_tree(None, str(sandbox.root)).renames() == {"old.md": "new.md"}


def test_a_pipe_as_ignore_file_ends_in_an_error_and_not_in_waiting(sandbox) -> None:
    program = find_program()
    assert program is not None
    os.mkfifo(sandbox.root / ".gitignore")
    git = Git(program, str(sandbox.root), timeout_seconds=0.3)
    started = time.monotonic()
    with pytest.raises(GitError, match="did not answer within"):
        git.run("ls-files", "-o", "--exclude-standard")
    assert time.monotonic() - started < 10


def test_a_broken_configuration_is_an_error_with_a_hint(sandbox) -> None:
    (sandbox.root / ".git/config").write_text("[core\nbroken")
    with pytest.raises(TreeError) as caught:
        open_tree(None, str(sandbox.root))
    assert "bad config" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("passwd.md", "a symbolic link, which is not followed"),
        ("loop.md", "a symbolic link, which is not followed"),
        ("etc/passwd", "behind a symbolic link"),
        ("circle/circle/a.md", "behind a symbolic link"),
        ("pipe.md", "not a regular file"),
        ("zero.md", "symbolic link"),
        ("folder.md", "not a regular file"),
        ("n" * 300 + ".md", "name too long"),
        ("x/" * 3000 + "a.md", "not there"),
        ("a.md/b.md", "behind a symbolic link or a file"),
        ("gone.md", "not there"),
    ],
)
def test_what_must_not_be_read_is_told_at_once(sandbox, path: str, reason: str) -> None:
    sandbox.commit("a.md", "folder.md/a.md")
    for link, target in {
        "passwd.md": "/etc/passwd",
        "loop.md": "loop.md",
        "etc": "/etc",
        "circle": ".",
        "zero.md": "/dev/zero",
    }.items():
        (sandbox.root / link).symlink_to(target)
    os.mkfifo(sandbox.root / "pipe.md")
    tree = open_tree(None, str(sandbox.root))
    with pytest.raises(UnreadableError) as caught:
        tree.read(path, 1000)
    assert reason in caught.value.message
    assert caught.value.where == path
    assert caught.value.hint


def test_links_are_listed_and_set_aside(sandbox) -> None:
    sandbox.write("real/a.md")
    for link, target in {"passwd.md": "/etc/passwd", "outside": "/etc", "circle": "."}.items():
        (sandbox.root / link).symlink_to(target)
    sandbox.git("add", "passwd.md", "real")
    tree = open_tree(None, str(sandbox.root))
    assert tree.symlinks == {"passwd.md", "outside", "circle"}
    assert [(c.path, c.reason) for c in iter_candidates(tree, (), ())] == [
        ("circle", "a symbolic link"),
        ("outside", "a symbolic link"),
        ("passwd.md", "a symbolic link"),
        ("real/a.md", ""),
    ]
    assert not tree.is_present("outside/passwd")
    assert tree.is_present("outside")


def test_a_tracked_folder_that_became_a_link_is_not_followed(sandbox, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.md").write_text("secret")
    sandbox.commit("docs/a.md")
    shutil.rmtree(sandbox.root / "docs")
    (sandbox.root / "docs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnreadableError, match="behind a symbolic link"):
        open_tree(None, str(sandbox.root)).read("docs/a.md", 1000)


def test_a_device_is_never_opened(tmp_path: Path) -> None:
    device = tmp_path / "device.md"
    try:
        os.mknod(device, 0o600 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root may make a device")
    with pytest.raises(UnreadableError, match="not a regular file"):
        open_tree(str(tmp_path), ".").read("device.md", 1000)
