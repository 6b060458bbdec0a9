"""A program's environment, broken in memory: what people get wrong in example files and around them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gatekeeper.engine.session import RunSettings
from gatekeeper.model.environment.fact import EnvironmentFact
from gatekeeper.model.environment.law import Condition, EnvironmentLaw
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree
from gatekeeper.repo.overlay import OverlayTree

_BYTES_LIMIT = 1 << 20
# No number, no word of a list, and as issuers make keys.
_VALUE = "sk-zzyzx9f1c77e2b04d4b6e9a53d20c"
_LINE = re.compile(r"(?m)^([ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=).*\n?")
_FAULTY = "\nZZYZX=1\nZZYZX=2\nzzyzx zzyzx\n"


def iter_broken(fact: EnvironmentFact, tree: Tree, settings: RunSettings) -> Iterator[tuple[str, Tree, RunSettings]]:
    """What was done, in words, the repository as it then is, and the settings to look at it with; made one at a time.

    Args:
        fact: what is known of the environment.
        tree: the repository.
        settings: of the run that found this.
    """
    texts = {one.path: text for one in fact.examples if (text := _read(tree, one.path)) is not None}
    bare = OverlayTree(tree, removed=list(texts))
    yield "deletes the examples of the environment", bare, settings
    lax = replace(settings, policy=replace(settings.policy, environment=replace(fact.law, keys=())))
    yield "deletes the examples, and requires no variable", bare, lax
    for name, changed in _edited(texts, fact.law):
        yield name, OverlayTree(tree, {path: text.encode() for path, text in changed.items()}), settings
    real = {posixpath.join(posixpath.dirname(path), ".env"): f"ZZYZX_TOKEN={_VALUE}\n".encode() for path in texts}
    yield "commits an environment", OverlayTree(tree, real), settings
    yield "ignores no environment", OverlayTree(tree, removed=sorted(real), ignores=False), settings


def _edited(texts: Mapping[str, str], law: EnvironmentLaw) -> Iterator[tuple[str, dict[str, str]]]:
    """What is done to the examples, and their texts."""
    yield "sets variables to what they cannot be", {path: _with(text, _VALUE) for path, text in texts.items()}
    yield "declares no variable", {path: _LINE.sub("", text) for path, text in texts.items()}
    yield "declares too much", {path: text + _FAULTY for path, text in texts.items()}
    yield "spoils the examples of the environment", {path: f"{text}\0" for path, text in texts.items()}
    needs = {key.name: condition for key in law.keys for condition in key.required_when[:1]}
    yield "leaves out what a feature needs", {path: _without_needs(text, needs) for path, text in texts.items()}


def _with(text: str, value: str) -> str:
    return _LINE.sub(lambda match: f"{match[1]}{value}\n", text)


def _without_needs(text: str, needs: Mapping[str, Condition]) -> str:
    """Without the variables that others make required, and those others so that they do."""
    kept = _LINE.sub(lambda match: "" if match[2] in needs else match[0], text)
    return kept + "".join(f"\n{one.name}={one.values[0]}\n" for one in needs.values() if one.values)


def _read(tree: Tree, path: str) -> str | None:
    try:
        return tree.read(path, _BYTES_LIMIT).decode("utf-8-sig", "replace")
    except UnreadableError:
        return None
