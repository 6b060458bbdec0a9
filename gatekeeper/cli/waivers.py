"""`gatekeeper waivers`: what is excepted, by whom, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, shared, today_flag, trust_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options

EPILOG = """\b
Examples:
  gatekeeper waivers
  gatekeeper waivers --format json

\b
Exits: 0 listed, 2 usage or policy, 4 a bug."""

_MALFORMED = "WV003"


@click.command(epilog=EPILOG)
@shared(("text", "json"))
@today_flag
@trust_flag
def waivers(options: Options, today: str | None, trust_ref: str | None) -> int:
    """List the waivers, by the day on which they end.

    Those of the waiver file and those in documents, each with its days left and the findings that it covers at present.
    What was meant as a waiver and is none is a finding of `gatekeeper check`.
    """
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.cli.workspace import open_workspace, reading
    from gatekeeper.engine import session
    from gatekeeper.render.exception.waivers import render_waivers, render_waivers_json

    workspace = open_workspace(options, (), (), trust_ref)
    day = date_of(today)
    with reading(options) as (parse, progress):
        settings = session.RunSettings((), day, policy=workspace.policy, trusted=workspace.trusted, parse=parse)
        report = session.check(workspace.tree, settings, progress)
    style = options.style()
    malformed = sum(finding.code == _MALFORMED for finding in report.findings)
    text = render_waivers_json(report.waivers) if options.is_data else render_waivers(report.waivers, style, malformed)
    deliver([text], options.output, data=options.is_data, color=style.color)
    return Exit.PASS
