"""Which files are looked at, and why others beside them are not."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from msgspec import Struct

from gatekeeper.model.errors import ConfigError, UnreadableError
from gatekeeper.model.project import Tree
from gatekeeper.repo.bystanders import find_foreign_folder, find_prompts, is_environment, is_manifest, is_policy
from gatekeeper.repo.disk import is_inside
from gatekeeper.repo.patterns import compile_patterns

SUFFIXES = frozenset({"md", "markdown", "mdx", "txt", "yml", "yaml", "json"})

_ENVIRONMENT = "a file of environment variables: `gatekeeper validate-env` reads it and shows no values"
_NAMED_BYTES_LIMIT = 16 * 1024 * 1024
# git calls a file binary when there is a NUL this near to its start
_BINARY_PROBE_BYTES = 8000


class Candidate(Struct, frozen=True):
    """One file that may carry status.

    Attributes:
        reason: why it is set aside; "" when it is to be read.
    """

    path: str
    reason: str


def iter_candidates(tree: Tree, paths: Sequence[str], exclude: Sequence[str]) -> Iterator[Candidate]:
    """The files to look at, in path order, each once.

    Args:
        tree: its tracked and untracked files are looked at; ignored ones only when they are named.
        paths: repo-relative files and folders; none for the whole tree. A file that is named is looked at whatever its suffix and its folder,
            unless it is excluded, binary, or a link; what lies in a folder that is named is judged by the path below that folder.
        exclude: gitignore patterns; they hold for named files too.

    Raises:
        ConfigError: a path is not there or leaves the repository, or a pattern is none.
    """
    is_excluded = compile_patterns(exclude)
    reasons: dict[str, str] = {}
    for given in paths or ("",):
        for path, reason in _iter_named(tree, _normalize(given)):
            # A file may be named by itself and through its folder: then it is meant.
            reasons[path] = reason and reasons.get(path, reason)
    for path in sorted(reasons):
        yield Candidate(path, "excluded by the configuration" if is_excluded(path) else reasons[path])


def is_candidate(path: str) -> bool:
    """Whether a regular file of this path is looked at when nobody names it."""
    folder, _, name = path.rpartition("/")
    _, dot, suffix = name.rpartition(".")
    return bool(dot) and suffix.lower() in SUFFIXES and not _judge(path, name, _why_foreign(folder))


def _iter_named(tree: Tree, path: str) -> Iterator[tuple[str, str]]:
    """Path and reason of every file that one argument names."""
    barrier = _find_barrier(tree, path)
    if barrier:
        yield path, barrier
    elif path in tree.files or path in tree.untracked:
        yield path, _judge_named(tree, path)
    elif path in tree.folders or any(other.startswith(f"{path}/") for other in tree.untracked):
        yield from _iter_folder(tree, path)
    elif tree.is_present(path):
        yield path, _judge_named(tree, path)
    else:
        raise ConfigError(f"no such file or folder: {path}", _suggest(tree, path))


def _iter_folder(tree: Tree, folder: str) -> Iterator[tuple[str, str]]:
    """Path and reason of every candidate below a folder."""
    prefix = f"{folder}/" if folder else ""
    unreadable = tree.symlinks | tree.submodules | tree.sparse
    foreign: dict[str, str] = {}
    for path in tree.files | tree.untracked:
        parent, _, name = path.rpartition("/")
        _, dot, suffix = name.rpartition(".")
        if not path.startswith(prefix):
            continue
        # What lies behind a submodule or a link to a folder may hold documents, so it is named instead of passed over.
        if not (dot and suffix.lower() in SUFFIXES) and (
            path not in unreadable or (dot and path not in tree.submodules)
        ):
            continue
        if parent not in foreign:
            foreign[parent] = _why_foreign(parent[len(prefix) :])
        yield path, (path in unreadable and _find_barrier(tree, path)) or _judge(path, name, foreign[parent])


def _why_foreign(folder: str) -> str:
    """Why what lies in a folder is set aside; "" when it is to be read."""
    if foreign := find_foreign_folder(folder):
        return f"in {foreign}, a folder of dependencies or generated files"
    prompts = find_prompts(folder)
    return f"in {prompts}, a folder of prompts for agents" if prompts else ""


def _judge(path: str, name: str, foreign: str) -> str:
    """Why a file that was not named is set aside; "" when it is to be read."""
    if foreign:
        return foreign
    if is_manifest(name):
        return "a manifest or lock file"
    if is_environment(name):
        return _ENVIRONMENT
    return "gatekeeper's own configuration" if is_policy(path) else ""


def _judge_named(tree: Tree, path: str) -> str:
    """Why a file that was named is set aside; "" when it is to be read."""
    if is_environment(path.rpartition("/")[2]):
        return _ENVIRONMENT
    if path.rpartition(".")[2].lower() in SUFFIXES:
        return ""
    try:
        data = tree.read(path, _NAMED_BYTES_LIMIT)
    except UnreadableError as error:
        return error.message
    return "binary" if b"\0" in data[:_BINARY_PROBE_BYTES] else ""


def _find_barrier(tree: Tree, path: str) -> str:
    """Why the tree cannot read what stands at or below a path; "" when it can."""
    if path in tree.sparse:
        return "left out of this sparse checkout"
    part = path
    while part:
        if part in tree.symlinks:
            return "a symbolic link" if part == path else f"behind the symbolic link {part}"
        if part in tree.submodules:
            return "a submodule" if part == path else f"in the submodule {part}"
        part = part.rpartition("/")[0]
    return ""


def _normalize(given: str) -> str:
    """A path in its shortest form, the root as ''."""
    path = posixpath.normpath(given)
    if path == ".":
        return ""
    if not is_inside(path):
        raise ConfigError(f"outside of the repository: {given}", "name files and folders below the repository root")
    return path


def _suggest(tree: Tree, path: str) -> str:
    """A hint with the path that was probably meant."""
    from difflib import get_close_matches

    parent, _, name = path.rpartition("/")
    known = tree.files | tree.folders | tree.untracked
    siblings = sorted(other for other in known if other and other.rpartition("/")[0] == parent)
    namesakes = sorted(other for other in known if other.endswith(f"/{name}"))
    likely = get_close_matches(path, siblings, n=1) or namesakes[:1]
    return f"did you mean {likely[0]}?" if likely else "paths are relative to the repository root"
