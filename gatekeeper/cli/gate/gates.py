"""`gatekeeper gates`: which gates there are, and whether each may be passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, exclude_flag, shared, today_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options

EPILOG = """\b
Examples:
  gatekeeper gates
  gatekeeper gates --gate "Release gate"
  gatekeeper gates --format json --today 2026-12-31

\b
Exits: 0 listed, or the gate is met or waived; 1 the gate is not, 2 usage or
policy, 3 there is no gate, 4 a bug."""


@click.command(epilog=EPILOG)
@shared(("text", "json"))
@exclude_flag
@click.option("--gate", "name", metavar="NAME", help="This one alone, with all that it needs.")
@today_flag
def gates(options: Options, exclude: tuple[str, ...], name: str | None, today: str | None) -> int:
    """Show the gates in order, whether each is met, and what is missing.

    A gate comes from documents and from the section `gates` of the policy. What nothing supports is UNKNOWN, never met.
    """
    from gatekeeper.cli.gate.ask import pick, run, tell_no_gates
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.model.gate.verdict import GateState
    from gatekeeper.render.gate.json import render_gates_json
    from gatekeeper.render.gate.text import render_gate, render_gates

    day = date_of(today)
    found = run(options, exclude, day)
    chosen = pick(found, name, "'--gate'") if name is not None and found else None
    shown, style = (chosen,) if chosen else found, options.style()
    if options.is_data:
        text = render_gates_json(shown, day)
    else:
        text = render_gate(chosen, style) if chosen else render_gates(shown, style, everything=options.verbosity > 0)
    deliver([text], options.output, data=options.is_data, color=style.color)
    if not found:
        tell_no_gates()
        return Exit.NOTHING
    is_open = chosen is not None and chosen.state in (GateState.UNMET, GateState.UNKNOWN)
    return Exit.FINDINGS if is_open else Exit.PASS
