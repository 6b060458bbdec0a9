"""`gatekeeper check`: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import exclude_flag, paths_argument, shared

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.model.finding import Severity
    from gatekeeper.model.report import Report
    from gatekeeper.render.style import Style

EPILOG = """\b
Examples:
  gatekeeper check
  gatekeeper check docs/ --fail-on warning
  gatekeeper check --format json -o report.json
  gatekeeper check --show contradictions

\b
Exits: 0 pass, 1 findings, 2 usage or policy, 3 nothing was checked, 4 a bug."""


@click.command(epilog=EPILOG)
@paths_argument
@shared(("terminal", "text", "json"))
@exclude_flag
@click.option(
    "--fail-on",
    default="error",
    type=click.Choice(["error", "warning", "note"]),
    metavar="SEVERITY",
    help="Least severity that fails: error, warning, note.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 where findings would give 1.")
@click.option(
    "--show",
    type=click.Choice(["contradictions"]),
    metavar="contradictions",
    help="Instead of findings: who says what of which item, and since which commit.",
)
@click.option("--today", metavar="DATE", help="What counts as today.  [default: today, UTC]")
def check(
    options: Options,
    paths: tuple[str, ...],
    exclude: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,
    show: str | None,
    today: str | None,
) -> int:
    """Hold status documents against the repository.

    PATHS are files or folders, relative to the current folder; without any the whole repository is looked at.
    """
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.model.finding import Severity

    report = _run(options, paths, exclude, _date(today), with_disagreements=show is not None)
    style = options.style()
    deliver([_render(report, options, style)], options.output, data=options.is_data, color=style.color)
    return _verdict(report, Severity(fail_on), exit_zero)


def _date(today: str | None) -> str:
    """The date that counts as today, ISO 8601."""
    from datetime import UTC, date, datetime

    if today is None:
        return datetime.now(UTC).date().isoformat()
    try:
        return date.fromisoformat(today).isoformat()
    except ValueError:
        raise click.BadParameter(f"{today!r} is no date such as 2026-02-28", param_hint="'--today'") from None


def _run(
    options: Options, paths: tuple[str, ...], exclude: tuple[str, ...], today: str, *, with_disagreements: bool
) -> Report:
    from gatekeeper import __version__
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.cli.workspace import open_workspace
    from gatekeeper.engine import session

    workspace = open_workspace(options, paths, exclude)
    settings = session.RunSettings(workspace.paths, today, __version__, workspace.policy, with_disagreements)
    with Progress(quiet=options.verbosity < 0) as progress:
        return session.check(workspace.tree, settings, progress)


def _render(report: Report, options: Options, style: Style) -> str:
    if options.is_data:
        from gatekeeper.render.json_report import render_report as render_json

        return render_json(report)
    if report.disagreements is not None:
        from gatekeeper.render.disagreements import render_disagreements

        return render_disagreements(report, style)
    from gatekeeper.render.terminal import render_report

    return render_report(report, style, options.verbosity)


def _verdict(report: Report, fail_on: Severity, exit_zero: bool) -> int:
    """How the run ends; a document that could not be read is a finding, so nothing checked is told only without any."""
    from gatekeeper.cli.stream.account import tell_nothing
    from gatekeeper.model.finding import Disposition
    from gatekeeper.model.report import InputState

    active = (finding for finding in report.findings if finding.disposition is Disposition.ACTIVE)
    if any(finding.severity.rank >= fail_on.rank for finding in active):
        return Exit.PASS if exit_zero else Exit.FINDINGS
    if not report.inputs_in(InputState.PARSED):
        tell_nothing("checked", report.inputs)
        return Exit.NOTHING
    return Exit.PASS
