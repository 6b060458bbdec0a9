"""What may stand for a value: a table from the placeholder of the help (FILE, CODE) to what completes it."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import click
from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, str], list[CompletionItem]]

DOCUMENTS_LIMIT = 200
"""Gates that documents name are completed in repositories with at most so many files to read, which takes about a second."""


def teach(command: click.Command) -> None:
    """Makes the parameters of a command, and of those below it, complete their values."""
    for param in command.params:
        complete = WORDS.get((param.metavar or param.name or "").strip("[].").lower())
        if complete is not None and isinstance(param.type, click.types.StringParamType):
            param.shell_complete = partial(_asked, complete)  # type: ignore[method-assign]
    if isinstance(command, click.Group):
        for member in command.commands.values():
            teach(member)


def _asked(complete: Complete, context: click.Context, incomplete: str) -> list[CompletionItem]:
    # Whatever is wrong with the repository or its policy, a word that is being typed is no place to say so.
    with suppress(Exception):
        return complete(context, incomplete)
    return []


def _files(_: click.Context, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="file")]


def _folders(_: click.Context, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="dir")]


def _rules(_: click.Context, incomplete: str) -> list[CompletionItem]:
    """Codes with names; names where a name was begun."""
    from gatekeeper.rules.registry import RULES

    infos = [rule.info for rule in RULES]
    codes = [CompletionItem(info.code, help=info.name) for info in infos if info.code.startswith(incomplete.upper())]
    if codes:
        return codes
    return [CompletionItem(info.name, help=info.code) for info in infos if info.name.startswith(incomplete.lower())]


def _gates(context: click.Context, incomplete: str) -> list[CompletionItem]:
    """All gates, where the documents are soon read; else those that the policy names."""
    from gatekeeper.cli.flags import date_of
    from gatekeeper.cli.gate.ask import run
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import open_workspace
    from gatekeeper.repo.discover import is_candidate

    given = context.params
    options = Options("text", None, given.get("config"), given.get("root"), "never", no_cache=False, verbosity=-1)
    workspace = open_workspace(options, (), ())
    are_few = sum(map(is_candidate, workspace.tree.files)) <= DOCUMENTS_LIMIT
    known = run(options, (), date_of(None)) if are_few else workspace.policy.gates
    names = [gate.name for gate in known]
    begun = incomplete.casefold()
    return [CompletionItem(_shown(name)) for name in names if name.casefold().startswith(begun)]


def _shown(name: str) -> str:
    """A name of several words as bash has to find it on its line; zsh and fish see to that themselves."""
    if not os.environ.get("_GATEKEEPER_COMPLETE", "").startswith("bash"):
        return name
    try:
        shlex.split(os.environ.get("COMP_WORDS", ""))
    except ValueError:
        return name  # within quotes that are still open
    # Twice: `read` in click's script takes one away.
    return re.sub(r"([^\w@%+=:,./-])", r"\\\\\1", name)


WORDS: dict[str, Complete] = {
    "file": _files,
    "files": _files,
    "paths": _files,
    "key": _files,
    "pem": _files,
    "before": _files,
    "after": _files,
    "dir": _folders,
    "code": _rules,
    "gate": _gates,
    "name": _gates,
    "item|gate": _gates,
}
"""Placeholder, in small letters and without what shows that it is optional -> what completes it."""
