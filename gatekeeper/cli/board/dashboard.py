"""`gatekeeper dashboard`: gates, items, evidence and claims on one page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, shared, today_flag, trust_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import Workspace
    from gatekeeper.engine.session import RunSettings
    from gatekeeper.model.view.board import Board, Point
    from gatekeeper.render.board.links import Links
    from gatekeeper.repo.kept.cache import Cache

EPILOG = """\b
Examples:
  gatekeeper dashboard
  gatekeeper dashboard --format html -o board.html
  gatekeeper dashboard --format markdown >> "$GITHUB_STEP_SUMMARY"
  gatekeeper dashboard --template release-notes.md.j2

\b
Exits: 0 shown, 2 usage or policy, 3 nothing was checked, 4 a bug."""

_TEMPLATE_BYTES = 1 << 20
_TREND_COMMITS = 12


@click.command(epilog=EPILOG)
@shared(("text", "markdown", "html", "json"))
@click.option("--template", metavar="FILE", help="Write by a Jinja template of your own.")
@click.option(
    "--link-template", metavar="URL", help="Link with {commit}, {path}, {line}.  [default: known for GitHub, GitLab]"
)
@click.option("--no-trend", is_flag=True, help="Leave out the trend: past commits take time.")
@today_flag
@trust_flag
def dashboard(
    options: Options,
    template: str | None,
    link_template: str | None,
    no_trend: bool,
    today: str | None,
    trust_ref: str | None,
) -> int:
    """Show gates, items, evidence and claims on one page.

    The gates in order with what is missing, units by gate, every item with its evidence, contradictions, claims and waivers.
    The HTML is one file that needs no network.
    """
    from gatekeeper.cli.stream.account import tell_nothing
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.cli.workspace import open_workspace
    from gatekeeper.model.report import InputState

    if template is not None and options.format != "text":
        raise click.UsageError("a template decides the form of the result: leave --format out")
    workspace = open_workspace(options, (), (), trust_ref)
    links = _links(workspace, link_template)
    board = _find_board(options, workspace, date_of(today), with_trend=not no_trend)
    if not (board.report.inputs_in(InputState.PARSED) or board.report.findings or board.gates):
        tell_nothing("checked", board.report.inputs)
        return Exit.NOTHING
    is_plain = options.format == "text" and template is None
    pieces = _by_template(board, links, template) if template is not None else _render(board, links, options)
    deliver(pieces, options.output, data=not is_plain, color=is_plain and options.style().color)
    return Exit.PASS


def _find_board(options: Options, workspace: Workspace, today: str, *, with_trend: bool) -> Board:
    from pathlib import Path

    from gatekeeper import __version__
    from gatekeeper.cli.workspace import reading
    from gatekeeper.engine import session
    from gatekeeper.engine.board.board import find_board
    from gatekeeper.engine.gate.verdicts import find_gates
    from gatekeeper.render.board.links import repository_name

    with reading(options) as (parse, progress):
        settings = session.RunSettings(
            (), today, __version__, workspace.policy, with_disagreements=True, trusted=workspace.trusted, parse=parse
        )
        report, project, settlement = session.survey(workspace.tree, settings, progress)
        gates = find_gates(project, settlement, workspace.policy, workspace.tree, today)
        title = repository_name(workspace.remote) or Path(workspace.tree.root).name
        trend = _find_trend(workspace, settings, options.cache()) if with_trend else ()
        return find_board(project, report, workspace.tree, gates, trend, title)


def _find_trend(workspace: Workspace, settings: RunSettings, cache: Cache) -> tuple[Point, ...]:
    """How the last commits stood; nothing where there is no history."""
    if workspace.tree.revision is None:
        return ()
    from gatekeeper.engine.history.trend import find_trend

    return find_trend(workspace.tree, settings, _TREND_COMMITS, cache)


def _links(workspace: Workspace, template: str | None) -> Links:
    """Links by the template that was given, "" for none; else by the remote's host."""
    from gatekeeper.render.board.links import Links, checked_template, find_template

    found = find_template(workspace.remote) if template is None else template and checked_template(template)
    return Links(found, workspace.tree.revision or "")


def _render(board: Board, links: Links, options: Options) -> Iterable[str]:
    from gatekeeper.render.board.data import board_data, render_json

    if options.is_data:
        return [render_json(board, links)]
    if options.format == "html":
        from gatekeeper.render.board.markup.page import render_page

        return render_page(board_data(board, links))
    if options.format == "markdown":
        from gatekeeper.render.board.markup.markdown import render_markdown

        return [render_markdown(board_data(board, links))]
    from gatekeeper.render.board.text import render_text

    return ["".join(render_text(board_data(board, links), options.style(), options.verbosity))]


def _by_template(board: Board, links: Links, template: str) -> Iterable[str]:
    """What a user's template writes; all of it, or an error before the first character."""
    from gatekeeper.cli.board.bounded import run_bounded
    from gatekeeper.cli.workspace import read_named
    from gatekeeper.model.errors import ConfigError
    from gatekeeper.render.board.data import board_data
    from gatekeeper.render.board.markup.template import render_template

    hint = "name a Jinja template with --template"
    try:
        text = read_named(template, _TEMPLATE_BYTES, "a template", hint).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("not UTF-8, so not a template", hint, template) from None
    return run_bounded(render_template, (board_data(board, links), text, template), template)
