"""The demand `path-exists`: every fact is a path to something that the repository tracks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from gatekeeper.link.contract.facts import Facts
from gatekeeper.link.contract.files import Files
from gatekeeper.model.contract.fact import Violation
from gatekeeper.model.contract.law import PathBase
from gatekeeper.model.data import DataKind, DataNode

_SHOWN_LIMIT = 120


def check_paths(base: PathBase, facts: Facts, files: Files) -> Iterator[Violation]:
    """The facts that are no path to a tracked file or folder inside of the repository."""
    for node in _values(facts.node):
        if node.kind is DataKind.COMPUTED:
            yield facts.unjudged(node, facts.name, facts.subject)
        elif node.kind is not DataKind.STRING or not str(node.scalar).strip():
            yield facts.broken(f"{facts.name} is no path", "write the path of a file", node.span, facts.subject)
        else:
            yield from _check(str(node.scalar), base, node, facts, files)


def _values(node: DataNode) -> tuple[DataNode, ...]:
    if node.kind is DataKind.MAPPING:
        return tuple(value for _, value in node.pairs)
    return node.entries if node.kind is DataKind.SEQUENCE else (node,)


def _check(written: str, base: PathBase, node: DataNode, facts: Facts, files: Files) -> Iterator[Violation]:
    folder = posixpath.dirname(facts.source.path) if base is PathBase.BESIDE else ""
    path = posixpath.normpath(posixpath.join(folder, written))
    shown = f"`{written[:_SHOWN_LIMIT]}`"
    listing = files.listing
    if path.startswith(("/", "../")) or path == ".." or "\\" in path:
        message, expected = f"{shown} leads out of the repository", "name a file inside of it"
    elif listing.is_tracked("" if path == "." else path) or listing.is_behind(path):
        return
    elif listing.is_untracked(path):
        message, expected = f"{shown} is there, but not added to git", f"run `git add {path[:_SHOWN_LIMIT]}`"
    elif files.tree.is_present(path):
        message, expected = f"{shown} is on this disk, but git ignores it", "name a file that the repository holds"
    else:
        message = f"{shown} is not there{files.suggest(path)}"
        expected = "write the file, or correct the path"
    yield facts.broken(message, expected, node.span, written)
