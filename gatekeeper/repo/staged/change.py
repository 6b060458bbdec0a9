"""What became of paths between a commit and what comes after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.repo.disk import is_inside, to_path
from gatekeeper.repo.git import Git, GitError
from gatekeeper.repo.listing import EMPTY_BLOBS

_RAW = ("--raw", "-z", "--no-abbrev", "--relative")


class Loss(StrEnum):
    """How a path ceased to hold what it held."""

    DELETED = "deleted"
    RENAMED = "renamed"
    EMPTIED = "emptied"


class Fate(Struct, frozen=True):
    """What became of one path.

    Attributes:
        renamed_to: where its content stands now; "" unless it was renamed.
    """

    loss: Loss
    renamed_to: str = ""


class FileChanges(Struct, frozen=True):
    """What a change makes of the files of a tree.

    Attributes:
        touched: paths that are there and are new, or hold something else than before.
        lost: former path -> what became of it; of what merely reads otherwise nothing is said.
    """

    touched: frozenset[str] = frozenset()
    lost: Mapping[str, Fate] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed."""
        return not self.touched and not self.lost


class Entry(Struct, frozen=True):
    """One line of git's raw difference (git-diff(1), "Raw output format").

    Attributes:
        status: its letter.
        modes: before and after, as six octal digits; zeros where there is nothing.
        blobs: object ids before and after; zeros where there is nothing.
        former: path before, which is another than `path` where it was renamed.
    """

    status: str
    modes: tuple[str, str]
    blobs: tuple[str, str]
    path: str
    former: str


def index_changes(git: Git, commit: str) -> FileChanges:
    """What the index has otherwise than a commit, by its whole id.

    Raises:
        GitError: git failed or did not answer in time.
    """
    return _changes(git, "diff-index", commit)


def commit_changes(git: Git, base: str, commit: str) -> FileChanges:
    """What a commit has otherwise than another one, both by their whole ids.

    Raises:
        GitError: git failed or did not answer in time.
    """
    return _changes(git, "diff-tree", base, commit)


def common_changes(changes: Sequence[FileChanges]) -> FileChanges:
    """What is new to every parent of a merge, and what is lost of any of them."""
    if len(changes) == 1:
        return changes[0]
    touched = frozenset.intersection(*(one.touched for one in changes))
    return FileChanges(touched, {path: fate for one in reversed(changes) for path, fate in one.lost.items()})


def iter_entries(output: bytes) -> Iterator[Entry]:
    """The lines of a raw difference that was made with `-z`; paths that lead out of the repository are dropped."""
    fields = iter(to_path(output).split("\0"))
    for head in fields:
        words = head.removeprefix(":").split(" ")
        if len(words) != 5:
            continue
        former = path = next(fields, "")
        if words[4][0] in "RC":
            path = next(fields, "")
        if is_inside(path) and is_inside(former):
            yield Entry(words[4][0], (words[0], words[1]), (words[2], words[3]), path, former)


def _changes(git: Git, command: str, *commits: str) -> FileChanges:
    try:
        output = git.run(command, *_RAW, "--find-renames", *commits)
    except GitError:
        # Likeness is judged on content, which a partial clone lacks; names alone then find what moved unchanged.
        output = git.run(command, *_RAW, "--find-renames=100%", *commits)
    touched, lost = set[str](), dict[str, Fate]()
    for entry in iter_entries(output):
        if entry.status != "D":
            touched.add(entry.path)
        if fate := _fate(entry):
            lost[entry.former] = fate
    # A path that was renamed and written anew is there.
    return FileChanges(frozenset(touched), {path: fate for path, fate in lost.items() if _is_lost(path, fate, touched)})


def _fate(entry: Entry) -> Fate | None:
    if entry.status == "D":
        return Fate(Loss.DELETED)
    if entry.status == "R":
        return Fate(Loss.RENAMED, entry.path)
    is_written = entry.status == "M" and entry.blobs[0] != entry.blobs[1]
    return Fate(Loss.EMPTIED) if is_written and entry.blobs[1] in EMPTY_BLOBS else None


def _is_lost(path: str, fate: Fate, touched: set[str]) -> bool:
    return path not in touched or fate.loss is Loss.EMPTIED
