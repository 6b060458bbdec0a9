"""The work tree as git and the disk tell it, in every shape of repository that there is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gatekeeper.model.errors import TreeError, UnreadableError
from gatekeeper.model.project import Renames, Tree
from gatekeeper.repo.discover import iter_candidates
from gatekeeper.repo.worktree import WorkTree, open_tree


def tree_of(sandbox) -> WorkTree:
    return open_tree(None, str(sandbox.root))


def test_a_repository_is_found_from_any_folder_in_it(sandbox) -> None:
    head = sandbox.commit("docs/deep/a.md", "b.md")
    for start in ("", "docs", "docs/deep"):
        tree: Tree = open_tree(None, str(sandbox.root / start))
        assert isinstance(tree, WorkTree)
        assert tree.root == str(sandbox.root.resolve())
        assert tree.has_git
        assert tree.revision == head
        assert tree.files == {"docs/deep/a.md", "b.md"}
        assert tree.folders == {"", "docs", "docs/deep"}


def test_what_was_deleted_is_known_unless_it_came_back_or_moved(sandbox) -> None:
    sandbox.commit("docs/a.md", "docs/b.md", "docs/c.md")
    sandbox.git("rm", "-q", "docs/a.md", "docs/b.md")
    sandbox.git("mv", "docs/c.md", "docs/d.md")
    sandbox.commit("e.md")
    sandbox.commit("docs/b.md")
    found = open_tree(str(sandbox.root), "/").renames()
    assert found == {"docs/c.md": "docs/d.md"}
    assert isinstance(found, Renames)
    assert found.deleted == {"docs/a.md"}


def test_a_root_below_the_top_is_a_tree_of_its_own(sandbox) -> None:
    sandbox.commit("docs/a.md", "b.md")
    sandbox.write("docs/new.md")
    sandbox.git("mv", "docs/a.md", "docs/z.md")
    sandbox.commit()
    tree = open_tree(str(sandbox.root / "docs"), "/")
    assert tree.files == {"z.md", "new.md"}
    assert tree.read("z.md", 100) == b"docs/a.md\n"
    assert tree.renames() == {"a.md": "z.md"}


def test_the_work_tree_is_judged_and_not_what_was_staged(sandbox) -> None:
    sandbox.commit("kept.md", "deleted.md", "emptied.md", "link.md", "folder.md", "docs/a.md")
    sandbox.write("filled.md", "")
    sandbox.write("empty.md", "")
    sandbox.commit()
    sandbox.write("filled.md", "now\n")
    sandbox.write("emptied.md", "")
    sandbox.write("intended.md")
    sandbox.git("add", "-N", "intended.md")
    for name in ("deleted.md", "link.md", "folder.md"):
        (sandbox.root / name).unlink()
    shutil.rmtree(sandbox.root / "docs")
    sandbox.write("docs", "a file now\n")
    (sandbox.root / "link.md").symlink_to("kept.md")
    sandbox.write("folder.md/inner.md")
    tree = tree_of(sandbox)
    assert tree.files == {"kept.md", "emptied.md", "filled.md", "empty.md", "link.md", "intended.md"}
    assert tree.empty == {"emptied.md", "empty.md"}
    assert tree.symlinks == {"link.md"}
    assert tree.untracked == {"docs", "folder.md/inner.md"}


def test_untracked_and_ignored_files_are_told_apart(sandbox) -> None:
    sandbox.write(".gitignore", "*.log\n!keep.log\nbuild/\n")
    sandbox.commit("a.md")
    (sandbox.root / ".git/info/exclude").write_text("private.md\n")
    for path in ("new.md", "docs/new.md", "docs/.gitignore", "x.log", "keep.log", "build/a.md", "private.md"):
        sandbox.write(path)
    sandbox.write("docs/.gitignore", "local.md\n")
    sandbox.write("docs/local.md")
    tree = tree_of(sandbox)
    assert tree.untracked == {"new.md", "docs/new.md", "docs/.gitignore", "keep.log"}
    assert all(
        tree.is_present(path) for path in ("x.log", "build", "build/a.md", "private.md", "docs/local.md", "a.md")
    )
    assert not tree.is_present("gone.md")
    assert not tree.is_present("../repository/a.md")
    assert tree.read("x.log", 100) == b"text\n"


def test_the_listing_is_made_once_and_only_when_asked(sandbox) -> None:
    sandbox.commit("a.md")
    tree = tree_of(sandbox)
    sandbox.write("b.md")
    assert tree.untracked == {"b.md"}
    sandbox.write("c.md")
    assert tree.untracked == {"b.md"}
    assert tree.files is tree.files
    assert tree.folders is tree.folders
    assert tree.renames() is tree.renames()


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="this disk has no such names")
@pytest.mark.parametrize("quoting", ["true", "false"])
def test_odd_names_are_listed_and_read(sandbox, quoting: str) -> None:
    sandbox.git("config", "core.quotePath", quoting)
    names = [
        b"new\nline.md",
        b"ta\tb.md",
        b"\xff\xfe.md",
        b"sp ace.md",
        b"quo\"te'.md",
        b"back\\slash.md",
        "grün.md".encode(),
        b"*.md",
        b"-r.md",
        b":(x).md",
    ]
    for folder in (b"", b"tracked \n\xff/"):
        for name in names:
            path = os.fsencode(sandbox.root) + b"/" + folder + name
            Path(os.fsdecode(path)).parent.mkdir(exist_ok=True)
            Path(os.fsdecode(path)).write_bytes(name)
        if not folder:
            sandbox.commit()
    tree = tree_of(sandbox)
    decoded = {name.decode("utf-8", "surrogateescape") for name in names}
    assert tree.files == decoded
    assert tree.untracked == {f"tracked \n\udcff/{name}" for name in decoded}
    for path in tree.files | tree.untracked:
        assert tree.read(path, 100) == path.rpartition("/")[2].encode("utf-8", "surrogateescape")
        assert tree.is_present(path)
    assert [c.path for c in iter_candidates(tree, (), ())] == sorted(tree.files | tree.untracked)


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="the locale says nothing of names here")
def test_names_are_utf8_whatever_the_locale(sandbox) -> None:
    sandbox.commit("grün/ü.md")
    program = (
        "import sys; from gatekeeper.repo.worktree import open_tree\n"
        "tree = open_tree(None, '.')\n"
        "print(sys.getfilesystemencoding(), ascii(sorted(tree.files)), tree.read('gr\\xfcn/\\xfc.md', 99) == 'gr\\xfcn/\\xfc.md\\n'.encode())\n"
    )
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=sandbox.root, env=plain, capture_output=True, text=True, check=False
    )
    assert done.stdout == "ascii ['gr\\xfcn/\\xfc.md'] True\n", done.stderr


def test_a_repository_without_commits_has_no_revision(sandbox) -> None:
    sandbox.write("staged.md")
    sandbox.git("add", "staged.md")
    sandbox.write("new.md")
    tree = tree_of(sandbox)
    assert tree.revision is None
    assert (tree.files, tree.untracked) == ({"staged.md"}, {"new.md"})
    assert tree.renames() == {}


def test_a_repository_without_anything_is_empty(sandbox) -> None:
    tree = tree_of(sandbox)
    assert (tree.files, tree.untracked, tree.folders) == (frozenset(), frozenset(), {""})


def test_a_merge_in_progress_lists_each_path_once(sandbox) -> None:
    sandbox.commit("a.md", "theirs-gone.md")
    sandbox.git("checkout", "-q", "-b", "other")
    sandbox.write("a.md", "theirs\n")
    sandbox.write("added.md", "theirs\n")
    (sandbox.root / "theirs-gone.md").unlink()
    sandbox.commit()
    sandbox.git("checkout", "-q", "main")
    sandbox.write("a.md", "ours\n")
    sandbox.write("added.md", "ours\n")
    sandbox.write("theirs-gone.md", "ours\n")
    sandbox.commit()
    sandbox.git("merge", "other", check=False)
    assert len(sandbox.git("ls-files", "-u").splitlines()) == 7
    tree = tree_of(sandbox)
    assert tree.files == {"a.md", "added.md", "theirs-gone.md"}
    assert b"<<<<<<<" in tree.read("a.md", 1000)


def test_a_linked_work_tree_is_a_tree(sandbox, tmp_path: Path) -> None:
    sandbox.commit("a.md")
    sandbox.git("worktree", "add", "-q", str(tmp_path / "linked"))
    (tmp_path / "linked/b.md").write_text("new")
    tree = open_tree(None, str(tmp_path / "linked"))
    assert tree.root == str((tmp_path / "linked").resolve())
    assert (tree.files, tree.untracked) == ({"a.md"}, {"b.md"})


def test_a_linked_work_tree_without_its_repository_is_refused_with_a_hint(sandbox, tmp_path: Path) -> None:
    sandbox.commit("a.md")
    sandbox.git("worktree", "add", "-q", str(tmp_path / "linked"))
    shutil.rmtree(sandbox.root)
    with pytest.raises(TreeError, match="not there") as caught:
        open_tree(None, str(tmp_path / "linked"))
    assert "remove the .git file" in caught.value.hint


def test_a_submodule_is_one_path_from_outside_and_a_tree_from_inside(
    sandbox, make_sandbox: Callable, tmp_path: Path
) -> None:
    library = make_sandbox(tmp_path / "library")
    library.commit("inner.md")
    sandbox.commit("a.md")
    sandbox.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library.root), "libs/library.js")
    tree = tree_of(sandbox)
    assert tree.submodules == {"libs/library.js"}
    assert tree.files == {"a.md", ".gitmodules", "libs/library.js"}
    assert tree.untracked == frozenset()
    assert [(c.path, c.reason) for c in iter_candidates(tree, (), ())] == [
        ("a.md", ""),
        ("libs/library.js", "a submodule"),
    ]
    named = list(iter_candidates(tree, ("libs/library.js/inner.md",), ()))
    assert [(c.path, c.reason) for c in named] == [("libs/library.js/inner.md", "in the submodule libs/library.js")]
    inner = open_tree(None, str(sandbox.root / "libs/library.js"))
    assert inner.root == str((sandbox.root / "libs/library.js").resolve())
    assert inner.files == {"inner.md"}


def test_a_nested_repository_is_not_a_file(sandbox, make_sandbox: Callable) -> None:
    sandbox.commit("a.md")
    make_sandbox(sandbox.root / "nested").commit("inner.md")
    assert tree_of(sandbox).untracked == frozenset()


def test_a_shallow_clone_is_a_tree(sandbox, make_sandbox: Callable, tmp_path: Path) -> None:
    sandbox.commit("old.md")
    sandbox.git("mv", "old.md", "new.md")
    head = sandbox.commit()
    sandbox.git("clone", "-q", "--depth=1", sandbox.root.as_uri(), str(tmp_path / "shallow"))
    tree = open_tree(None, str(tmp_path / "shallow"))
    assert tree.revision == head
    assert tree.files == {"new.md"}
    assert tree.renames() == {}


def test_a_partial_clone_knows_what_moved_unchanged(sandbox, make_sandbox: Callable, tmp_path: Path) -> None:
    sandbox.git("config", "uploadpack.allowFilter", "true")
    sandbox.commit("old.md", "edited.md")
    sandbox.git("mv", "old.md", "new.md")
    sandbox.git("mv", "edited.md", "moved.md")
    sandbox.write("moved.md", "edited.md\n" * 20)
    sandbox.commit()
    sandbox.git("clone", "-q", "--filter=blob:none", sandbox.root.as_uri(), str(tmp_path / "partial"))
    tree = open_tree(None, str(tmp_path / "partial"))
    assert tree.renames() == {"old.md": "new.md"}


def test_a_sparse_checkout_knows_what_it_left_out(sandbox) -> None:
    sandbox.write("out/empty.md", "")
    sandbox.commit("in/a.md", "out/b.md")
    sandbox.git("sparse-checkout", "set", "in")
    tree = tree_of(sandbox)
    assert tree.files == {"in/a.md", "out/b.md", "out/empty.md"}
    assert tree.sparse == {"out/b.md", "out/empty.md"}
    assert tree.empty == {"out/empty.md"}
    assert [(c.path, c.reason) for c in iter_candidates(tree, (), ())] == [
        ("in/a.md", ""),
        ("out/b.md", "left out of this sparse checkout"),
        ("out/empty.md", "left out of this sparse checkout"),
    ]


def test_a_repository_of_sha256_is_a_tree(tmp_path: Path, sandbox) -> None:
    sandbox.git("init", "-q", "--object-format=sha256", str(tmp_path / "long"))
    long = type(sandbox)(tmp_path / "long")
    long.write("out/empty.md", "")
    head = long.commit("in/a.md")
    long.git("sparse-checkout", "set", "in")
    tree = tree_of(long)
    assert tree.revision == head
    assert len(head) == 64
    assert (tree.files, tree.empty) == ({"in/a.md", "out/empty.md"}, {"out/empty.md"})


def test_a_bare_repository_is_refused_with_a_hint(sandbox, tmp_path: Path) -> None:
    sandbox.commit("a.md")
    sandbox.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    with pytest.raises(TreeError, match="bare") as caught:
        open_tree(None, str(tmp_path / "bare"))
    assert "clone" in caught.value.hint
    sandbox.git("config", "core.bare", "true")
    with pytest.raises(TreeError, match="bare"):
        tree_of(sandbox)


def test_the_git_folder_itself_is_refused_with_a_hint(sandbox) -> None:
    with pytest.raises(TreeError, match="git folder") as caught:
        open_tree(None, str(sandbox.root / ".git"))
    assert caught.value.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a folder away")
def test_a_repository_of_another_user_is_refused_with_the_remedy(sandbox) -> None:
    sandbox.commit("a.md")
    os.chown(sandbox.root, 12345, 12345)
    with pytest.raises(TreeError, match="another user") as caught:
        tree_of(sandbox)
    assert caught.value.hint == f"if you trust it: git config --global --add safe.directory {sandbox.root}"


@pytest.mark.parametrize("root", ["gone", "a.md", "a\0b"])
def test_a_root_that_is_no_folder_is_refused(sandbox, root: str) -> None:
    sandbox.commit("a.md")
    for given, start in ((str(sandbox.root / root), "/"), (None, str(sandbox.root / root))):
        with pytest.raises(TreeError, match="not a folder") as caught:
            open_tree(given, start)
        assert caught.value.hint


def test_a_damaged_index_is_an_error_with_a_hint(sandbox) -> None:
    sandbox.commit("a.md")
    (sandbox.root / ".git/index").write_bytes(b"DIRC, but not really an index file at all")
    with pytest.raises(TreeError) as caught:
        _ = tree_of(sandbox).files
    assert caught.value.hint


@pytest.mark.skipif(os.name == "nt", reason="the hook is a shell script")
def test_a_hook_reads_the_index_of_its_commit(sandbox) -> None:
    """A real `git commit -- a.md`: git makes an index of HEAD and a.md for it, in which the staged removal of kept.md is not."""
    sandbox.commit("a.md", "kept.md")
    hook = sandbox.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\n'{sys.executable}' - <<'END' >../seen 2>&1\nfrom gatekeeper.repo.worktree import open_tree\n"
        "tree = open_tree(None, '.')\nprint(sorted(tree.files), sorted(tree.untracked), tree.has_git)\nEND\n"
    )
    hook.chmod(0o755)
    sandbox.git("rm", "-q", "--cached", "kept.md")
    sandbox.write("a.md", "changed\n")
    assert tree_of(sandbox).files == {"a.md"}
    sandbox.git("commit", "-q", "-m", "x", "--", "a.md")
    assert (sandbox.root.parent / "seen").read_text() == "['a.md', 'kept.md'] [] True\n"


def test_a_folder_that_only_looks_like_a_repository_is_passed_over(sandbox) -> None:
    sandbox.commit("sub/a.md")
    (sandbox.root / "sub/.git").mkdir()
    assert open_tree(None, str(sandbox.root / "sub")).root == str(sandbox.root.resolve())


def test_renames_follow_chains_to_the_name_of_today(sandbox) -> None:
    sandbox.commit("a.md", "stays.md", "gone.md")
    for old, new in (("a.md", "docs/b.md"), ("docs/b.md", "docs/deep/c.md"), ("gone.md", "gone2.md")):
        (sandbox.root / new).parent.mkdir(parents=True, exist_ok=True)
        sandbox.git("mv", old, new)
        sandbox.commit()
    sandbox.git("rm", "-q", "gone2.md")
    sandbox.commit()
    assert tree_of(sandbox).renames() == {"a.md": "docs/deep/c.md", "docs/b.md": "docs/deep/c.md"}


def test_a_name_that_is_in_use_again_was_not_renamed(sandbox) -> None:
    sandbox.commit("a.md")
    sandbox.git("mv", "a.md", "b.md")
    sandbox.commit()
    sandbox.commit("a.md")
    assert tree_of(sandbox).renames() == {}


def test_a_name_that_was_used_twice_leads_where_it_last_went(sandbox) -> None:
    sandbox.write("first.md", "first\n" * 9)
    sandbox.commit()
    for step in ("first.md plan.md", "plan.md one.md", "+second", "plan.md two.md"):
        if step == "+second":
            sandbox.write("plan.md", "second\n" * 9)
        else:
            sandbox.git("mv", *step.split())
        sandbox.commit()
    assert tree_of(sandbox).renames() == {"first.md": "one.md", "plan.md": "two.md"}


@pytest.mark.skipif(os.name == "nt", reason="this disk has no such names")
def test_renames_know_odd_names_and_edited_content(sandbox) -> None:
    sandbox.git("config", "diff.renames", "false")
    sandbox.git("config", "color.ui", "always")
    sandbox.git("config", "diff.relative", "true")
    sandbox.git("config", "diff.renameLimit", "1")
    sandbox.write("R100\told\n.md", "a line\n" * 50)
    sandbox.write("b.md", "another\n" * 50)
    sandbox.commit()
    sandbox.git("mv", "R100\told\n.md", "new é\n.md")
    sandbox.git("mv", "b.md", "c.md")
    sandbox.write("new é\n.md", "a line\n" * 50 + "more\n")
    sandbox.commit("D")
    assert tree_of(sandbox).renames() == {"R100\told\n.md": "new é\n.md", "b.md": "c.md"}


def test_a_plain_folder_is_walked(tmp_path: Path) -> None:
    for path in (
        "a.md",
        "docs/b.md",
        "docs/empty.md",
        "node_modules/x.md",
        ".venv/y.md",
        "docs/.hg/z.md",
        "dist/report.md",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("" if "empty" in path else "text")
    (tmp_path / "link.md").symlink_to("a.md")
    (tmp_path / "docs/circle").symlink_to("..")
    tree = open_tree(None, str(tmp_path))
    assert not tree.has_git
    assert tree.revision is None
    assert tree.root == str(tmp_path.resolve())
    assert tree.files == {"a.md", "docs/b.md", "docs/empty.md", "dist/report.md", "link.md", "docs/circle"}
    assert tree.folders == {"", "docs", "dist"}
    assert tree.empty == {"docs/empty.md"}
    assert tree.symlinks == {"link.md", "docs/circle"}
    assert tree.untracked == tree.submodules == tree.sparse == frozenset()
    assert tree.renames() == {}
    assert tree.is_present("node_modules/x.md")
    assert tree.read("docs/b.md", 10) == b"text"


def test_an_empty_folder_is_an_empty_tree(tmp_path: Path) -> None:
    tree = open_tree(str(tmp_path), "/")
    assert (tree.files, tree.folders) == (frozenset(), {""})


@pytest.mark.skipif(os.mkdir not in os.supports_dir_fd, reason="no such folder can be made here")
def test_a_folder_too_deep_for_the_disk_ends_the_walk_and_not_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    place = os.open(tmp_path, os.O_RDONLY)
    for _ in range(50):
        os.mkdir("n" * 200, dir_fd=place)
        place, above = os.open("n" * 200, os.O_RDONLY, dir_fd=place), place
        os.close(above)
    os.close(place)
    try:
        assert open_tree(None, str(tmp_path)).files == {"a.md"}
    finally:
        shutil.rmtree(tmp_path / ("n" * 200))


def test_a_repository_is_a_folder_where_git_is_not_installed(
    sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.commit("docs/a.md")
    sandbox.write("b.md")
    monkeypatch.setenv("PATH", str(tmp_path))
    tree = open_tree(None, str(sandbox.root / "docs"))
    assert not tree.has_git
    assert tree.root == str(sandbox.root.resolve())
    assert tree.files == {"docs/a.md", "b.md"}
    assert open_tree(str(sandbox.root / "docs"), "/").files == {"a.md"}


def test_a_start_behind_a_link_is_the_folder_itself(sandbox, tmp_path: Path) -> None:
    sandbox.commit("a.md")
    (tmp_path / "shortcut").symlink_to(sandbox.root)
    tree = open_tree(None, str(tmp_path / "shortcut"))
    assert tree.root == str(sandbox.root.resolve())
    assert tree.read("a.md", 10) == b"a.md\n"


def test_a_top_folder_with_a_line_break_in_its_name_is_a_tree(make_sandbox: Callable, tmp_path: Path) -> None:
    odd = make_sandbox(tmp_path / "a\nb")
    head = odd.commit("a.md")
    tree = open_tree(None, str(odd.root))
    assert (tree.revision, tree.files, tree.root) == (head, {"a.md"}, str(odd.root.resolve()))


def test_a_file_that_goes_away_after_the_listing_is_unreadable(sandbox) -> None:
    sandbox.commit("a.md")
    tree = tree_of(sandbox)
    assert tree.files == {"a.md"}
    (sandbox.root / "a.md").unlink()
    with pytest.raises(UnreadableError, match="not there"):
        tree.read("a.md", 10)


def test_commits_are_known_whole_and_abbreviated(sandbox) -> None:
    first, second = sandbox.commit("a.md"), sandbox.commit("b.md")
    asked = [first, second[:7], "0123456789abcdef", "not hex", "--all", "HEAD"]
    assert tree_of(sandbox).find_commits(asked) == {first: True, second[:7]: True}
    assert tree_of(sandbox).find_commits([]) == {}


def test_a_commit_of_another_branch_is_known_but_not_in_the_history_of_this_one(sandbox) -> None:
    first = sandbox.commit("a.md")
    sandbox.git("checkout", "-q", "-b", "side")
    side = sandbox.commit("b.md")
    sandbox.git("checkout", "-q", "-")
    second = sandbox.commit("c.md")
    blob = sandbox.git("rev-parse", "HEAD:c.md").decode().strip()
    known = tree_of(sandbox).find_commits([first, side, side[:8], second, blob])
    assert known == {first: True, side: False, side[:8]: False, second: True, blob: True}


def test_of_history_that_is_not_all_here_nothing_is_known(sandbox, tmp_path, make_sandbox) -> None:
    sandbox.commit("a.md")
    known = sandbox.commit("b.md")
    clone = tmp_path / "clone"
    sandbox.git("clone", "-q", "--depth=1", sandbox.root.as_uri(), str(clone))
    assert open_tree(None, str(clone)).find_commits([known]) is None
    assert tree_of(make_sandbox(tmp_path / "new")).find_commits([known]) is None
    (tmp_path / "plain").mkdir()
    assert open_tree(None, str(tmp_path / "plain")).find_commits([known]) is None
