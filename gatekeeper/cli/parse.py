"""`gatekeeper parse`: what is understood, without a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import exclude_flag, paths_argument, shared

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.model.document import Document
    from gatekeeper.model.report import Input
    from gatekeeper.render.style import Style

EPILOG = """\b
Examples:
  gatekeeper parse docs/tracker.md
  gatekeeper parse --format json > documents.json

\b
Exits: 0 done, 2 usage or policy, 3 nothing was parsed, 4 a bug."""


@click.command(epilog=EPILOG)
@paths_argument
@shared(("text", "json"))
@exclude_flag
def parse(options: Options, paths: tuple[str, ...], exclude: tuple[str, ...]) -> int:
    """Show what is understood of each document: items, statuses, evidence.

    PATHS are files or folders, relative to the current folder; without any the whole repository is looked at.
    """
    from itertools import chain

    from gatekeeper.cli.stream.account import tell_inputs, tell_nothing
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.cli.stream.progress import Progress

    style = options.style()
    others: list[Input] = []
    with Progress(quiet=options.verbosity < 0 or options.is_on_screen) as progress:
        documents = _iter_documents(options, paths, exclude, progress, others)
        # The first is read before anything is written, so that an error in the arguments leaves no half of a result.
        first = next(documents, None)
        pieces = _render(chain([first], documents) if first else iter(()), options, style)
        deliver(pieces, options.output, data=options.is_data, color=style.color)
    if first is None:
        tell_nothing("parsed", others)
        return Exit.NOTHING
    if options.verbosity >= 0:
        tell_inputs(others, everything=options.verbosity > 0)
    return Exit.PASS


def _iter_documents(
    options: Options, paths: tuple[str, ...], exclude: tuple[str, ...], progress: Progress, others: list[Input]
) -> Iterator[Document]:
    """The documents; what is none goes to `others`."""
    from gatekeeper.cli.workspace import open_workspace
    from gatekeeper.engine import session
    from gatekeeper.model.report import Input

    workspace = open_workspace(options, paths, exclude)
    settings = session.RunSettings(workspace.paths, policy=workspace.policy)
    for found in session.iter_documents(workspace.tree, settings, progress):
        if isinstance(found, Input):
            others.append(found)
        else:
            yield found


def _render(documents: Iterable[Document], options: Options, style: Style) -> Iterator[str]:
    if options.is_data:
        from gatekeeper.render.json_documents import render_documents as render_json

        return render_json(documents)
    from gatekeeper.render.documents import render_documents

    return render_documents(documents, style)
