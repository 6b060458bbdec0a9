"""`gatekeeper check`: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, exclude_flag, paths_argument, reporting, today_flag, trust_flag, verdict_flags

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import Workspace
    from gatekeeper.model.report import Report

EPILOG = """\b
Examples:
  gatekeeper check
  gatekeeper check docs/ --fail-on warning
  gatekeeper check --format json --format sarif:out.sarif
  gatekeeper check --show contradictions
  gatekeeper check --trust-ref origin/main --no-growth

\b
Exits: 0 pass, 1 findings, 2 usage or policy, 3 nothing was checked, 4 a bug."""

_CONTRADICTIONS = "contradictions"


@click.command(epilog=EPILOG)
@paths_argument
@reporting
@exclude_flag
@verdict_flags
@click.option(
    "--show",
    multiple=True,
    type=click.Choice(["waived", "baselined", "contradictions"]),
    metavar="WHAT",
    help="Also waived, baselined; or contradictions alone.",
)
@today_flag
@trust_flag
@click.option("--no-growth", is_flag=True, help="Fail if the baseline accepts more than REF's.")
def check(
    options: Options,
    paths: tuple[str, ...],
    exclude: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,
    show: tuple[str, ...],
    today: str | None,
    trust_ref: str | None,
    no_growth: bool,
) -> int:
    """Hold status documents against the repository.

    PATHS are files or folders, relative to the current folder; without any the whole repository is looked at.
    """
    from gatekeeper.cli.stream.account import tell_nothing
    from gatekeeper.cli.stream.report import Delivery, deliver_report, verdict
    from gatekeeper.cli.workspace import open_workspace
    from gatekeeper.model.finding import Severity

    if no_growth and trust_ref is None:
        raise click.UsageError("--no-growth compares with a commit: name it with --trust-ref")
    workspace = open_workspace(options, paths, exclude, trust_ref)
    report = _run(options, workspace, date_of(today), with_disagreements=_CONTRADICTIONS in show)
    deliver_report(report, options, Delivery("check", Severity(fail_on), show))
    ending = verdict(report, Severity(fail_on), exit_zero)
    if ending is Exit.NOTHING:
        tell_nothing("checked", report.inputs)
    return _refuse_growth(report, ending) if no_growth and report.baseline_growth else ending


def _run(options: Options, workspace: Workspace, today: str, *, with_disagreements: bool) -> Report:
    from gatekeeper import __version__
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.engine import session

    settings = session.RunSettings(
        workspace.paths, today, __version__, workspace.policy, with_disagreements, workspace.trusted
    )
    with Progress(quiet=options.verbosity < 0) as progress:
        return session.check(workspace.tree, settings, progress)


def _refuse_growth(report: Report, verdict: int) -> int:
    """Fails whatever the findings say: the rule about growth may be turned off, the flag was given all the same."""
    from gatekeeper.cli.stream.output import complain

    more = report.baseline_growth
    noun = "finding" if more == 1 else "findings"
    complain(
        f"the baseline accepts {more} more {noun} than at {report.trusted}", "mend what is found, and take them back"
    )
    return Exit.FINDINGS if verdict == Exit.PASS else verdict
