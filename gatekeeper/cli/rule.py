"""`gatekeeper rule`: what is looked for, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import shared

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.model.report import RuleInfo

EPILOG = """\b
Examples:
  gatekeeper rule
  gatekeeper rule EV001
  gatekeeper rule evidence-target-missing --format json"""
_LIKENESS = 60.0


@click.command(epilog=EPILOG)
@click.argument("code", required=False, metavar="[CODE]")
@shared(("text", "json"), reads=False)
def rule(options: Options, code: str | None) -> int:
    """List the rules, or explain the one with this code or name."""
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.render.rules import render_rule, render_rules, render_rules_json
    from gatekeeper.rules.registry import RULES

    infos = [one.info for one in RULES] if code is None else [_find(code)]
    style = options.style()
    text = render_rules(infos, style) if code is None else render_rule(infos[0], style)
    deliver(
        [render_rules_json(infos) if options.is_data else text], options.output, data=options.is_data, color=style.color
    )
    return Exit.PASS


def _find(code: str) -> RuleInfo:
    """The card of a rule.

    Raises:
        ConfigError: there is no such rule.
    """
    from gatekeeper.model.errors import ConfigError
    from gatekeeper.rules.registry import find_rule

    found = find_rule(code)
    if found is None:
        raise ConfigError("there is no such rule", _suggest(code), code)
    return found.info


def _suggest(code: str) -> str:
    from rapidfuzz import fuzz, process

    from gatekeeper.rules.registry import RULES

    words = [word for one in RULES for word in (one.info.code, one.info.name)]
    best = process.extractOne(code, words, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_LIKENESS)
    return f"did you mean {best[0]}?" if best else "`gatekeeper rule` lists the rules"
