"""What a command works on that judges what git is about to commit: the tree, the law that it holds, and what it builds upon."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.cli.options import Options
from gatekeeper.cli.workspace import (
    POLICY_NAMES,
    find_law,
    find_own_law,
    in_tree,
    open_root,
    open_tree_alone,
    open_workspace,
)
from gatekeeper.engine.exemptions import TrustedBase
from gatekeeper.engine.staged.judge import Base
from gatekeeper.model.errors import ConfigError
from gatekeeper.model.project import Tree
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.staged.change import FileChanges
from gatekeeper.repo.staged.staged import Before
from gatekeeper.repo.worktree import WorkTree


class Ground(Protocol):
    """What is judged, and by which law."""

    @property
    def tree(self) -> Tree:
        """The files."""

    @property
    def policy(self) -> Policy:
        """The law in force."""

    @property
    def trusted(self) -> TrustedBase | None:
        """The commit whose law is in force; None for that of the files."""


class StagedGround(Struct, frozen=True):
    """A change, by the law that it holds itself.

    Attributes:
        tree: all files with the change.
        paths: repo-relative files and folders that were named.
        changes: what it makes of the files.
        bases: what it builds upon.
        is_whole: whether all that git knows of is here, so that what was found of a commit stays so.
        is_running: whether git is making the commit right now, so that the change may rightly be empty.
    """

    tree: Tree
    policy: Policy
    trusted: TrustedBase | None
    paths: tuple[str, ...]
    changes: FileChanges
    bases: tuple[Base, ...]
    is_running: bool
    is_whole: bool = True


def open_ground(
    options: Options, trust_ref: str | None, *, staged: bool, law: Policy | None = None
) -> AbstractContextManager[Ground]:
    """The work tree, or what is staged, for a command that judges all of it; by this law, where one is given, whatever policy file there is.

    Raises:
        GatekeeperError: see `open_workspace` and `open_staged`.
    """
    if staged:
        return open_staged(options, trust_ref=trust_ref, law=law)
    if law is not None:
        return nullcontext(open_tree_alone(options, law))
    return nullcontext(open_workspace(options, (), (), trust_ref))


@contextmanager
def open_staged(
    options: Options,
    paths: Sequence[str] = (),
    exclude: Sequence[str] = (),
    trust_ref: str | None = None,
    law: Policy | None = None,
) -> Iterator[StagedGround]:
    """What is staged, open for reading; between the commits that pre-commit names, where it was asked about these instead.

    Args:
        law: in place of the staged one.

    Raises:
        GatekeeperError: a path is not staged, or the root, a commit or the policy cannot be used.
    """
    here, work = open_root(options)
    with work.open_staged(_span()) as staged:
        policy = own = _law_of(options.config, here, work, staged.tree) if law is None else law
        trusted = None
        if trust_ref is not None:
            revision = work.find_revision(trust_ref)
            trusted = TrustedBase(trust_ref, revision, own)
            policy = find_law(options.config, here, work, revision)
        law_of = partial(_law_before, options.config, here, work, tuple(exclude))
        yield StagedGround(
            staged.tree,
            replace(policy, exclude=(*policy.exclude, *exclude)),
            trusted,
            tuple(dict.fromkeys(_staged_path(given, here, work.root, staged.tree) for given in paths)),
            staged.changes,
            tuple(Base(before.tree, partial(law_of, before)) for before in staged.before),
            staged.is_running,
            not work.is_partial(),
        )


def _span() -> tuple[str, str] | None:
    """The commits of `pre-commit run --from-ref A --to-ref B`, and of a push, which it tells its hooks by these variables."""
    ends = os.environ.get("PRE_COMMIT_FROM_REF", ""), os.environ.get("PRE_COMMIT_TO_REF", "")
    return ends if os.environ.get("PRE_COMMIT") and all(ends) else None


def _law_of(config: str | None, here: Path, work: WorkTree, tree: Tree) -> Policy:
    """The law as it is staged; a file outside of the repository is read where it stands.

    Raises:
        GatekeeperError: it cannot be read or taken as law, or there are two.
    """
    if config is not None and not Path(os.path.normpath(here / config)).is_relative_to(work.root):
        return find_own_law(config, here, work)
    if config is None and all(tree.is_present(name) for name in POLICY_NAMES):
        raise ConfigError("there are two policy files", f"remove it, or {POLICY_NAMES[0]} beside it", POLICY_NAMES[1])
    return find_law(config, here, work, tree)


def _law_before(config: str | None, here: Path, work: WorkTree, exclude: tuple[str, ...], before: Before) -> Policy:
    if config is not None and not Path(os.path.normpath(here / config)).is_relative_to(work.root):
        policy = find_own_law(config, here, work)
    else:
        policy = find_law(config, here, work, before.revision)
    return replace(policy, exclude=(*policy.exclude, *exclude))


def _staged_path(given: str, here: Path, root: str, tree: Tree) -> str:
    """A path that an argument names, whether or not it stands on disk.

    Raises:
        ConfigError: nothing of this path is staged.
    """
    path = in_tree(Path(os.path.normpath(here / given)), root)
    if path and not tree.is_present(path):
        raise ConfigError("nothing of this path is staged", "`git add` it first, or correct the path", given)
    return path
