"""What a command works on: the tree, the law in force, and the paths asked for, as the repository names them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.cli.options import Options, count_cores
from gatekeeper.cli.stream.output import reason_of
from gatekeeper.model.errors import ConfigError
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.bystanders import is_environment
from gatekeeper.repo.worktree import WorkTree, open_tree

if TYPE_CHECKING:
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.engine.exemptions import Source, TrustedBase
    from gatekeeper.engine.kept.reading import Reader

# What a gitignore pattern gives a meaning to.
_PATTERN_SIGNS = re.compile(r"[\\*?\[\]!# ]")
POLICY_NAMES = (".gatekeeper.yml", ".gatekeeper.yaml")


class Place(Struct, frozen=True):
    """Where a command works.

    Attributes:
        here: the current folder.
        paths: repo-relative; none for the whole tree.
    """

    here: Path
    tree: WorkTree
    paths: tuple[str, ...]


class Workspace(Struct, frozen=True):
    """A repository, its law, and what of it is looked at.

    Attributes:
        policy: the law in force.
        paths: repo-relative; none for the whole tree.
        trusted: the commit whose law is in force; None for the work tree's own.
    """

    tree: WorkTree
    policy: Policy
    paths: tuple[str, ...]
    trusted: TrustedBase | None = None

    @property
    def remote(self) -> str:
        """The URL of the remote called origin, or of the only one, as configured, which may hold a password; "" without."""
        remotes = self.tree.remotes()
        return remotes.get("origin") or (next(iter(remotes.values())) if len(remotes) == 1 else "")


def open_workspace(
    options: Options, paths: Sequence[str], exclude: Sequence[str], trust_ref: str | None = None
) -> Workspace:
    """What the flags and arguments name; arguments are relative to the current folder.

    With `trust_ref` the law is what that commit holds, and what the work tree holds is only proposed.

    Raises:
        GatekeeperError: a path, the root or the policy cannot be used.
    """
    return open_law(open_place(options, paths), options, exclude, trust_ref)


def open_place(options: Options, paths: Sequence[str]) -> Place:
    """Where a command works, before any law is read.

    Raises:
        GatekeeperError: a path or the root cannot be used.
    """
    here, tree = open_root(options)
    named = dict.fromkeys(in_tree(path, tree.root) for given in paths for path in _iter_given(given, here))
    return Place(here, tree, tuple(named))


def open_law(place: Place, options: Options, exclude: Sequence[str], trust_ref: str | None = None) -> Workspace:
    """A place with the law that holds there; see `open_workspace`.

    Raises:
        GatekeeperError: the policy or the commit cannot be used.
    """
    here, tree = place.here, place.tree
    policy = find_own_law(options.config, here, tree)
    trusted = None
    if trust_ref is not None:
        from gatekeeper.engine.exemptions import TrustedBase

        revision = tree.find_revision(trust_ref)
        trusted = TrustedBase(trust_ref, revision, policy)
        policy = find_law(options.config, here, tree, revision)
    own = _written(options.targets, here, tree.root)
    return Workspace(tree, replace(policy, exclude=(*policy.exclude, *exclude, *own)), place.paths, trusted)


def _written(targets: Sequence[str], here: Path, root: str) -> Iterator[str]:
    """A gitignore pattern for each file that this run writes below the root: what an earlier one wrote there is no document."""
    for target in targets:
        path = Path(os.path.normpath(here / target))
        if "\0" not in target and path.is_relative_to(root):
            yield "/" + _PATTERN_SIGNS.sub(r"\\\g<0>", path.relative_to(root).as_posix())


@contextmanager
def reading(options: Options, jobs: int = 0) -> Iterator[tuple[Reader, Progress]]:
    """What reads the documents of a run, from the cache and by `jobs` processes, 0 for one a core; and what counts them where a person looks."""
    # Not above: a command whose outcome was kept reads no document.
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.engine.kept.reading import Reader

    with (
        Progress(quiet=options.verbosity < 0) as progress,
        Reader(options.cache(), jobs or count_cores()) as reader,
    ):
        yield reader, progress


def open_tree_alone(options: Options, policy: Policy) -> Workspace:
    """The repository under a law that is already there, whatever policy file it has.

    Raises:
        GatekeeperError: the root cannot be used.
    """
    return Workspace(open_root(options)[1], policy, ())


def open_policy(options: Options) -> Policy:
    """The law in force; `Policy()` where there is no policy file.

    Raises:
        GatekeeperError: the root or the policy cannot be used.
    """
    here, tree = open_root(options)
    return find_own_law(options.config, here, tree)


def open_commit_policy(options: Options, tree: WorkTree, ref: str) -> Policy:
    """The law that a commit of the repository holds; `Policy()` where it holds none.

    Raises:
        GatekeeperError: there is no such commit, or its policy cannot be used.
    """
    return find_law(options.config, Path.cwd(), tree, tree.find_revision(ref))


def open_root(options: Options) -> tuple[Path, WorkTree]:
    """The current folder, and the tree that is worked on."""
    try:
        here = Path.cwd()
    except OSError as error:
        raise ConfigError(
            f"the current folder cannot be used: {reason_of(error)}", "change to another folder"
        ) from error
    return here, open_tree(options.root and os.path.normpath(here / options.root), str(here))


def find_law(config: str | None, here: Path, tree: WorkTree, source: Source) -> Policy:
    """The law that a commit or the index holds: at the path that `--config` names, else at the root, else none.

    Raises:
        GatekeeperError: the file cannot be read or taken as law.
    """
    from gatekeeper.engine.law import LAW_BYTES_LIMIT, read_policy

    def read(path: str) -> bytes:
        return source.read(path, LAW_BYTES_LIMIT)

    if config is not None:
        path = in_tree(Path(os.path.normpath(here / config)), tree.root)
        return read_policy(path, read(path), read)
    present = next((name for name in POLICY_NAMES if source.is_present(name)), None)
    return read_policy(present, read(present), read) if present else Policy()


def _iter_given(given: str, here: Path) -> Iterator[Path]:
    """The absolute paths that an argument names; a pattern that no shell has expanded is expanded here.

    Raises:
        ConfigError: nothing stands there.
    """
    path = Path(os.path.normpath(here / given))
    try:
        path.lstat()
    except (OSError, ValueError) as error:
        found = sorted(here.glob(given)) if any(sign in given for sign in "*?[") and _is_plain_pattern(given) else []
        if not found:
            raise ConfigError(_absence(error), "paths are relative to the current folder", given) from None
        yield from found
    else:
        yield path


def _is_plain_pattern(given: str) -> bool:
    """Whether a pattern is one that `Path.glob` takes: relative, and not upwards."""
    return not Path(given).is_absolute() and ".." not in Path(given).parts and "\0" not in given


def _absence(error: OSError | ValueError) -> str:
    return "no such file or folder" if isinstance(error, FileNotFoundError | ValueError) else reason_of(error).lower()


def in_tree(path: Path, root: str) -> str:
    """A path from the root on, "" for the root.

    Raises:
        ConfigError: it lies outside of the root.
    """
    # The root is free of links; a path that was typed may go through one above the root.
    for candidate in (path, path.parent.resolve() / path.name, path.resolve()):
        if candidate.is_relative_to(root):
            relative = candidate.relative_to(root).as_posix()
            return "" if relative == "." else relative
    raise ConfigError(
        f"outside of the repository at {root}", "name files below it, or give its root with --root", str(path)
    )


def find_own_law(config: str | None, here: Path, tree: WorkTree) -> Policy:
    """The law in force: the file that `--config` names, else the one at the root, else none.

    Raises:
        GatekeeperError: the file cannot be read or taken as law.
    """
    present = [name for name in POLICY_NAMES if tree.is_present(name)] if config is None else []
    if len(present) > 1:
        raise ConfigError("there are two policy files", f"remove it, or {POLICY_NAMES[0]} beside it", present[1])
    if config is None and not present:
        return Policy()
    # Not above: a run without a policy file must not pay for what reads one.
    from gatekeeper.engine.law import LAW_BYTES_LIMIT, read_policy

    def read(path: str) -> bytes:
        return tree.read(path, LAW_BYTES_LIMIT)

    if config is None:
        return read_policy(present[0], read(present[0]), read)
    path = Path(os.path.normpath(here / config))
    data = _read_config(path, config)
    if not path.is_relative_to(tree.root):
        return read_policy(config, data)
    return read_policy(path.relative_to(tree.root).as_posix(), data, read)


def _read_config(path: Path, config: str) -> bytes:
    """The bytes of a named policy file.

    Raises:
        ConfigError: it is not there, not a regular file, too large, or may not be read.
    """
    from gatekeeper.engine.law import LAW_BYTES_LIMIT

    hint = "name a policy file with --config, or leave it out"
    if is_environment(path.name):
        # What is wrong with a policy is told with its words, and these are nobody's to show.
        raise ConfigError("a file of environment variables, not a policy file", hint, config)
    return _read_regular(path, config, LAW_BYTES_LIMIT, "a policy file", hint)


def read_named(given: str, limit: int, what: str, hint: str) -> bytes:
    """The bytes of a file that an argument names, relative to the current folder; `what` it is to be, for messages.

    Raises:
        ConfigError: it is not there, not a regular file, larger than `limit` bytes, or may not be read.
    """
    return _read_regular(Path(given), given, limit, what, hint)


def _read_regular(path: Path, given: str, limit: int, what: str, hint: str) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise ConfigError("not a file" if not path.is_dir() else f"a folder, not {what}", hint, given)
        if found.st_size > limit:
            raise ConfigError(f"larger than {limit:,} bytes, so not {what}", hint, given)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise ConfigError(_absence(error), hint, given) from None
