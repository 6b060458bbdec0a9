"""`gatekeeper diff`: what a change does to items, evidence, gates and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, exclude_flag, shared, today_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import Workspace
    from gatekeeper.model.view.history import Difference

EPILOG = """\b
Examples:
  gatekeeper diff main
  gatekeeper diff v1.2..v1.3
  gatekeeper diff origin/main..HEAD --format markdown

\b
Exits: 0 compared, 2 usage, policy or no such commit, 4 a bug."""


@click.command(epilog=EPILOG)
@click.argument("commits", metavar="BASE[..HEAD]")
@shared(("terminal", "text", "markdown", "json"))
@exclude_flag
@today_flag
def diff(options: Options, commits: str, exclude: tuple[str, ...], today: str | None) -> int:
    """Show what changed between two commits, or between one and the work tree.

    Items whose status moved, evidence that was lost or gained, gates that turned, findings that are new and mended. Both sides are judged under the law
    of the work tree.
    """
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.cli.workspace import open_workspace
    from gatekeeper.render.past.difference import render_difference, render_difference_json
    from gatekeeper.render.past.markdown import render_difference_markdown

    base, head = _parse_range(commits)
    found = _compare(options, open_workspace(options, (), exclude), base, head, date_of(today))
    style = options.style()
    if options.is_data:
        text = render_difference_json(found)
    elif options.format == "markdown":
        text = render_difference_markdown(found)
    else:
        text = render_difference(found, style)
    deliver([text], options.output, data=options.format in ("json", "markdown"), color=style.color)
    return Exit.PASS


def _parse_range(commits: str) -> tuple[str, str | None]:
    """The two names; None for the work tree."""
    if "..." in commits:
        raise click.UsageError("three dots compare with a common ancestor: name it, and write two dots")
    base, dots, head = commits.partition("..")
    if not base:
        raise click.UsageError("name the commit to compare with before the dots")
    return base, (head or "HEAD") if dots else None


def _compare(options: Options, workspace: Workspace, base: str, head: str | None, today: str) -> Difference:
    from gatekeeper import __version__
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.engine.history.difference import Side, find_difference
    from gatekeeper.engine.history.memo import ParseMemo
    from gatekeeper.engine.session import RunSettings

    settings = RunSettings((), today, __version__, workspace.policy, parse=ParseMemo())
    tree = workspace.tree
    with tree.open_past() as past, Progress(quiet=options.verbosity < 0) as progress:
        first = past.find(base)
        before = Side(base, first, past.tree(first))
        if head is None:
            return find_difference(before, Side("", None, tree), settings, progress)
        last = past.find(head)
        return find_difference(before, Side(head, last, past.tree(last)), settings, progress)
