"""`gatekeeper policy`: whether a policy file is valid, and the law in force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import shared

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.model.fault import Fault
    from gatekeeper.policy.policy import Policy

EPILOG = """\b
Examples:
  gatekeeper policy check
  gatekeeper policy show --format yaml"""
CHECK_EPILOG = """\b
Examples:
  gatekeeper policy check
  gatekeeper policy check policies/team.yml

\b
Exits: 0 valid, 2 faults, 3 there is no policy file, 4 a bug."""
SHOW_EPILOG = """\b
Examples:
  gatekeeper policy show
  gatekeeper policy show --format yaml > law.yml"""


@click.group(epilog=EPILOG, invoke_without_command=True)
@click.pass_context
def policy(context: click.Context) -> int:
    """Check a policy file, or show the law in force."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        return Exit.USER
    return Exit.PASS


@policy.command(epilog=CHECK_EPILOG)
@click.argument("file", required=False, metavar="[FILE]")
@shared(("text", "json"))
def check(options: Options, file: str | None) -> int:
    """Say whether a policy file is valid, and everything that is wrong with it.

    FILE is relative to the current folder; without it the policy of the repository is checked.
    """
    from gatekeeper.cli.stream.output import complain, deliver
    from gatekeeper.render.policy import render_check_json, render_faults, render_valid

    options = replace(options, config=file or options.config)
    law, faults = _read(options)
    if not faults and law is not None and not law.sources:
        complain("there is no policy file, so there is nothing to check", "write .gatekeeper.yml, or name a file")
        return Exit.NOTHING
    style = options.style()
    sources = law.sources if law else ()
    if options.is_data:
        text = render_check_json(sources, faults)
    elif faults or law is None:
        text = render_faults(faults, style)
    else:
        text = render_valid(sources[-1].name, sources, law.lines, style)
    deliver([text], options.output, data=options.is_data, color=style.color)
    return Exit.USER if faults else Exit.PASS


def _read(options: Options) -> tuple[Policy | None, tuple[Fault, ...]]:
    """The law, and what is wrong with it; None where it is not law for that reason."""
    from gatekeeper.cli.workspace import open_policy
    from gatekeeper.engine.select import option_faults
    from gatekeeper.model.errors import PolicyError
    from gatekeeper.model.fault import Fault
    from gatekeeper.rules.registry import RULES

    try:
        law = open_policy(options)
    except PolicyError as error:
        return None, error.faults or (Fault(error.where, error.message, error.hint),)
    faults = option_faults(RULES, law)
    return (None if faults else law), faults


@policy.command(epilog=SHOW_EPILOG)
@shared(("text", "json", "yaml"))
def show(options: Options) -> int:
    """Show the law in force and where each line of it came from."""
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.cli.workspace import open_policy
    from gatekeeper.render import policy as render
    from gatekeeper.rules.registry import RULES

    law, style = open_policy(options), options.style()
    if options.format == "json":
        text = render.render_law_json(law.sources, law.sha256, law.lines)
    elif options.format == "yaml":
        text = render.render_law_yaml(law.sources, law.sha256, law.lines)
    else:
        others = (rule.info for rule in RULES if rule.info.code not in law.rules)
        text = render.render_law(law.sources, law.sha256, law.lines, style)
        text += render.render_others(others, style, everything=options.verbosity > 0)
    deliver([text], options.output, data=options.format != "text", color=style.color)
    return Exit.PASS
