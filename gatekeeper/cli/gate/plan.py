"""`gatekeeper plan`: everything that would turn a gate green."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, exclude_flag, shared, today_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options

EPILOG = """\b
Examples:
  gatekeeper plan "Release gate"
  gatekeeper plan "Sprint 4" --format json -o plan.json

\b
Exits: 0 there is nothing to do, 1 there is, 2 usage or policy,
3 there is no gate, 4 a bug."""


@click.command(epilog=EPILOG)
@click.argument("gate")
@shared(("text", "json"))
@exclude_flag
@today_flag
def plan(options: Options, gate: str, exclude: tuple[str, ...], today: str | None) -> int:
    """List everything that would turn GATE green, all at once.

    GATE is its name, another name that documents have for it, or the unit of work that it closes. The list is the
    shortest that is known: whoever does all of it passes the gate, and whoever leaves one thing out does not.
    """
    from gatekeeper.cli.gate.ask import pick, run, tell_no_gates
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.engine.gate.plan import plan_of
    from gatekeeper.render.gate.plan import render_plan, render_plan_json

    day = date_of(today)
    found = run(options, exclude, day)
    if not found:
        tell_no_gates()
        return Exit.NOTHING
    chosen, style = pick(found, gate, "'GATE'"), options.style()
    actions = plan_of(chosen)
    text = render_plan_json(chosen, actions, day) if options.is_data else render_plan(chosen, actions, style)
    deliver([text], options.output, data=options.is_data, color=style.color)
    return Exit.FINDINGS if actions else Exit.PASS
