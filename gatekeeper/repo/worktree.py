"""The work tree of a repository, or a plain folder: what is there, and its bytes."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from gatekeeper.model.errors import TreeError
from gatekeeper.model.report import Change
from gatekeeper.repo.disk import Disk
from gatekeeper.repo.git import Git, GitError, explain, find_index, find_program
from gatekeeper.repo.history import (
    find_known,
    find_last_changes,
    find_line_origins,
    find_renames,
    has_promises,
    is_shallow,
    list_ancestry,
)
from gatekeeper.repo.ignore import IgnoreRules
from gatekeeper.repo.listing import Listing, list_folder, list_repository, parents_of
from gatekeeper.repo.revision import Revision, find_revision

if TYPE_CHECKING:
    from gatekeeper.repo.past.past import Past
    from gatekeeper.repo.staged.staged import Staged


class _Repository(Struct, frozen=True):
    """What git says of a folder: the top of its work tree, and the commit at HEAD, None before the first."""

    git: Git
    top: str
    revision: str | None


class WorkTree:
    """The files of a work tree as they stand on disk, implementing `model.project.Tree`; everything is looked up once, when it is first asked for.

    Attributes:
        root: absolute path without links; every path of the tree is relative to it.
        revision: commit id of HEAD; None without git or before the first commit.
    """

    def __init__(self, root: str, git: Git | None = None, revision: str | None = None, top: str = "") -> None:
        """The tree of a folder; `top` is the top of its work tree, where that is another folder."""
        self.root = root
        self._top = top or root
        self.revision = revision
        self._git = git
        self._disk = Disk(root)

    @property
    def has_git(self) -> bool:
        """Whether git answered; without it every file found counts as tracked."""
        return self._git is not None

    @property
    def files(self) -> frozenset[str]:
        """Tracked paths that stand on disk; see `Tree.files`."""
        return self._listing.files

    @property
    def untracked(self) -> frozenset[str]:
        """Paths on disk that git neither tracks nor ignores."""
        return self._listing.untracked

    @property
    def empty(self) -> frozenset[str]:
        """Tracked paths whose content is zero bytes."""
        return self._listing.empty

    @property
    def symlinks(self) -> frozenset[str]:
        """Tracked and untracked paths that are symbolic links."""
        return self._listing.symlinks

    @property
    def submodules(self) -> frozenset[str]:
        """Tracked paths that are other repositories."""
        return self._listing.submodules

    @property
    def sparse(self) -> frozenset[str]:
        """Tracked paths that a sparse checkout leaves out."""
        return self._listing.sparse

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a tracked path; the root is ''."""
        return parents_of(self.files)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file inside the root; see `Tree.read`."""
        return self._disk.read(path, limit)

    def is_present(self, path: str) -> bool:
        """Whether something stands at this path on disk; what only a link or a way out of the root would reach does not."""
        return self._disk.find(path) is not None

    def is_ignored(self, path: str) -> bool:
        """Whether the .gitignore files from the top of the work tree down would hide a path; False without git."""
        if self._git is None:
            return False
        below = Path(self.root).relative_to(self._top).as_posix()
        return self._ignore_rules.is_ignored(path if below == "." else f"{below}/{path}")

    @cached_property
    def _ignore_rules(self) -> IgnoreRules:
        disk = self._disk if self._top == self.root else Disk(self._top)
        return IgnoreRules(disk.read)

    def renames(self) -> Mapping[str, str]:
        """Former path -> path today, from the last 5,000 commits; {} where git cannot tell."""
        return self._renames

    def find_commits(self, ids: Iterable[str]) -> Mapping[str, bool] | None:
        """Which of these ids name an object here; None without git, in a shallow clone, and where git fails to say."""
        if self._git is None or self.revision is None:
            return None
        return find_known(self._git, ids, lambda: self._history)

    def line_origins(self, lines: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], Change]:
        """Since which commit lines read as they do; see `Tree.line_origins`. {} without git and in a shallow clone."""
        if self._git is None or self.revision is None:
            return {}
        try:
            return {} if is_shallow(self._git) else find_line_origins(self._git, lines)
        except GitError:
            return {}

    def last_changes(self, paths: Collection[str]) -> Mapping[str, Change]:
        """The last commit that changed each path; see `Tree.last_changes`. {} without git and in a shallow clone."""
        if self._git is None or self.revision is None:
            return {}
        try:
            return {} if is_shallow(self._git) else find_last_changes(self._git, paths)
        except GitError:
            return {}

    def is_cut(self) -> bool:
        """Whether history ends somewhere for want of commits; False without git."""
        return self._git is not None and is_shallow(self._git)

    def is_partial(self) -> bool:
        """Whether content that commits hold may be missing here, because the clone left it with its remote; False without git."""
        return self._git is not None and has_promises(self._git)

    def remotes(self) -> Mapping[str, str]:
        """Name of each remote -> its URL as configured, which may hold a password; {} without git."""
        if self._git is None:
            return {}
        answer = self._git.answer("config", r"^remote\..*\.url$")
        pairs = (os.fsdecode(one).partition("\n") for one in answer.output.split(b"\0") if one)
        return {name.removeprefix("remote.").removesuffix(".url"): url for name, _, url in pairs}

    @cached_property
    def _history(self) -> frozenset[str]:
        """The ids of HEAD and all of its ancestors."""
        assert self._git is not None
        return list_ancestry(self._git)

    def find_revision(self, name: str) -> Revision:
        """The commit that a name stands for, with its files.

        Raises:
            TreeError: there is no git or no such commit here.
        """
        if self._git is None:
            hint = "run in a clone with git installed, or leave the flag out"
            raise TreeError("there is no git here that could know the commit", hint, name)
        return find_revision(self._git, name)

    def why_unsaved(self, path: str, limit: int) -> str:
        """Why git could not bring a file back as it stands on disk; "" where the last commit holds it so.

        Raises:
            GitError: git failed or did not answer in time.
        """
        if self._git is None or self.revision is None:
            return "there is no git here that could bring it back" if self._git is None else "there is no commit yet"
        # Not above: a check of the work tree writes nothing.
        from gatekeeper.repo.write.saved import why_unsaved

        return why_unsaved(self._git, path, self.read(path, limit))

    def open_past(self) -> Past:
        """The history behind HEAD, to be used as a context manager.

        Raises:
            TreeError: there is no git or no commit here.
        """
        # Not above: a check of the work tree asks for nothing of it.
        from gatekeeper.repo.past.past import Past

        if self._git is None or self.revision is None:
            what = "there is no git here" if self._git is None else "there is no commit yet"
            raise TreeError(f"{what}, so there is no history", "run in a clone with git installed", self.root)
        below = Path(self.root).relative_to(self._top).as_posix()
        return Past(self._git, self.revision, "" if below == "." else below)

    def open_staged(self, span: tuple[str, str] | None = None) -> Staged:
        """What the index holds and how that differs from HEAD, to be used as a context manager.

        Args:
            span: two commits as people name them; then what the second has otherwise than where both began is told instead, and the index counts
                for nothing.

        Raises:
            TreeError: there is no git here, no such commit, or the caller's environment names another repository's index.
        """
        # Not above: a check of the work tree asks for nothing of it.
        from gatekeeper.repo.staged.staged import open_index, open_span

        if self._git is None:
            raise TreeError(
                "there is no git here, so nothing is staged", "run in a work tree, with git installed", self.root
            )
        return open_span(self._git, *span) if span else open_index(self, self._git)

    @cached_property
    def _listing(self) -> Listing:
        return list_repository(self._git) if self._git else list_folder(self.root)

    @cached_property
    def _renames(self) -> Mapping[str, str]:
        if self._git is None or self.revision is None:
            return {}
        return find_renames(self._git, self.files)


def open_tree(root: str | None, start: str) -> WorkTree:
    """The work tree that holds a folder.

    Args:
        root: folder that paths are relative to, at or below the top of a repository, or without one; None for the top of the work tree around
            `start`, or `start` itself where there is none.
        start: existing folder to search from.

    Raises:
        TreeError: the folder is not there, or git refuses it or has no work tree for it.
    """
    folder = _existing_folder(start if root is None else root)
    program = find_program()
    if program is None:
        return WorkTree(folder if root is not None else top_of(folder) or folder)
    repository = _find_repository(Git(program, folder))
    if repository is None:
        return WorkTree(folder)
    base = folder if root is not None else repository.top
    git = Git(program, base, find_index(repository.git, repository.top))
    return WorkTree(base, git, repository.revision, repository.top)


def _existing_folder(folder: str) -> str:
    if "\0" in folder or not Path(folder).is_dir():
        raise TreeError("not a folder", "name an existing folder, such as the top of a repository", folder)
    return str(Path(folder).resolve())


def _find_repository(git: Git) -> _Repository | None:
    """The repository around git's folder; None where there is none."""
    answer = git.answer("rev-parse", "--is-bare-repository", "--show-toplevel", "--verify", "-q", "HEAD")
    if "not a git repository (or any" in answer.error:
        return None
    is_bare, _, rest = os.fsdecode(answer.output).partition("\n")
    if is_bare == "true":
        raise TreeError("a bare repository has no files to check", "run in a clone or a work tree of it", git.folder)
    if "must be run in a work tree" in answer.error:
        raise TreeError("inside of a repository's git folder", "run in the work tree beside it", git.folder)
    if "not a git repository:" in answer.error:
        raise TreeError(
            "the .git file here names a repository that is not there",
            "mount or restore it, or remove the .git file",
            git.folder,
        )
    if answer.code not in (0, 1):
        raise explain(answer.error, git.folder)
    top, _, revision = rest.rstrip("\r\n").rpartition("\n") if answer.code == 0 else (rest.rstrip("\r\n"), "", "")
    return _Repository(git, _checked_top(top, git.folder), revision or None)


def _checked_top(top: str, folder: str) -> str:
    """The top of a work tree, if it is the folder that holds `.git`: core.worktree can send git to any folder of the machine."""
    expected = top_of(folder)
    if expected is None or not Path(expected).samefile(top):
        hint = "unset core.worktree in the repository's configuration"
        raise TreeError(f"the repository says that its work tree is elsewhere: {top}", hint, expected or folder)
    return expected


def top_of(folder: str) -> str | None:
    """The nearest folder at or above that holds a repository; None without one."""
    for place in (Path(folder), *Path(folder).parents):
        mark = place / ".git"
        if mark.is_file() or os.path.lexists(mark / "HEAD"):
            return str(place)
    return None
