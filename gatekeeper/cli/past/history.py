"""`gatekeeper history`: what happened to items, from git."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, exclude_flag, shared, today_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import Workspace
    from gatekeeper.model.view.history import History

EPILOG = """\b
Examples:
  gatekeeper history
  gatekeeper history "Sprint 3"
  gatekeeper history --since 2026-01-01 --limit 0
  gatekeeper history --findings

\b
Exits: 0 told, 2 usage, policy or no git, 3 nothing of that name, 4 a bug."""

_NEWEST = 30


@click.command(epilog=EPILOG)
@click.argument("name", required=False, metavar="[ITEM|GATE]")
@shared(("text", "json"))
@exclude_flag
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Moves at most, 0 for all.  [default: 30]")
@click.option("--since", metavar="DATE", help="Leave out what was committed before.")
@click.option("--findings", is_flag=True, help="Instead, the findings of today by their age.")
@today_flag
def history(
    options: Options,
    name: str | None,
    exclude: tuple[str, ...],
    limit: int | None,
    since: str | None,
    findings: bool,
    today: str | None,
) -> int:
    """Tell when statuses moved, in which commit, and whether their evidence stood there.

    Without an argument the newest moves of all items; with an id, a title or the name of a gate the whole story of each item that it means, and --limit
    then counts for each. Commits are followed along first parents: a merge is what it brought. Documents are read under today's policy.
    """
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.cli.workspace import open_workspace

    if findings and (name or since or limit is not None):
        raise click.UsageError("--findings takes neither an item nor --limit or --since")
    workspace = open_workspace(options, (), exclude)
    style = options.style()
    if findings:
        text = _ages(options, workspace, date_of(today))
        deliver([text], options.output, data=options.is_data, color=style.color)
        return Exit.PASS
    from gatekeeper.render.past.history import render_history, render_history_json

    found = _find(workspace, name, limit, since)
    if name and not found.stories:
        return _tell_unknown(name)
    text = render_history_json(found) if options.is_data else render_history(found, style)
    deliver([text], options.output, data=options.is_data, color=style.color)
    return Exit.PASS


def _find(workspace: Workspace, name: str | None, limit: int | None, since: str | None) -> History:
    from gatekeeper.engine.history.history import find_moves, find_stories

    first = _day(since) if since is not None else ""
    with workspace.tree.open_past() as past:
        if name:
            return find_stories(past, workspace.policy, name, limit or 0, first)
        return find_moves(past, workspace.policy, _NEWEST if limit is None else limit, first)


def _ages(options: Options, workspace: Workspace, today: str) -> str:
    from gatekeeper import __version__
    from gatekeeper.cli.workspace import reading
    from gatekeeper.engine import session
    from gatekeeper.engine.history.age import find_ages
    from gatekeeper.model.finding import Disposition
    from gatekeeper.render.past.ages import render_ages, render_ages_json

    with reading(options) as (parse, progress):
        settings = session.RunSettings((), today, __version__, workspace.policy, parse=parse)
        report = session.check(workspace.tree, settings, progress)
    active = (one for one in report.findings if one.disposition is Disposition.ACTIVE)
    ages = find_ages(active, workspace.tree, today)
    return render_ages_json(ages) if options.is_data else render_ages(ages, options.style())


def _day(since: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(since).isoformat()
    except ValueError:
        raise click.BadParameter(f"{since!r} is no date such as 2026-02-28", param_hint="'--since'") from None


def _tell_unknown(name: str) -> int:
    from gatekeeper.cli.stream.output import complain

    hint = "name it by its id or title as a document writes it; `gatekeeper parse` lists what documents have"
    complain("no commit has an item or gate of this name", hint, name)
    return Exit.NOTHING
