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
@shared(("text", "json"))
def rule(options: Options, code: str | None) -> int:
    """List the rules, or explain the one with this code or name.

    CODE may also be that of an assertion of the repository's policy; `gatekeeper policy show` lists those.
    """
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.render.rules import render_rule, render_rules, render_rules_json
    from gatekeeper.rules.registry import RULES

    infos = [one.info for one in RULES] if code is None else [_find(code, options)]
    style = options.style()
    text = render_rules(infos, style) if code is None else render_rule(infos[0], style)
    deliver(
        [render_rules_json(infos) if options.is_data else text], options.output, data=options.is_data, color=style.color
    )
    return Exit.PASS


def _find(code: str, options: Options) -> RuleInfo:
    """The card of a rule, or of an assertion of the repository's policy.

    Raises:
        GatekeeperError: there is no such rule, or the policy that may know it cannot be used.
    """
    from gatekeeper.model.errors import ConfigError
    from gatekeeper.rules.registry import RULES, find_rule

    found = find_rule(code)
    if found is not None:
        return found.info
    own = _own_cards(options)
    wanted = code.strip().lower()
    card = next((info for info in own if wanted in (info.code.lower(), info.name)), None)
    if card is None:
        known = [*(rule.info for rule in RULES), *own]
        raise ConfigError("there is no such rule", _suggest(code, known), code)
    return card


def _own_cards(options: Options) -> list[RuleInfo]:
    """The cards of the policy's assertions."""
    from gatekeeper.cli.workspace import open_policy
    from gatekeeper.rules.assertion import card_of

    return [card_of(one) for one in open_policy(options).assertions]


def _suggest(code: str, known: list[RuleInfo]) -> str:
    from rapidfuzz import fuzz, process

    words = [word for info in known for word in (info.code, info.name)]
    best = process.extractOne(code, words, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_LIKENESS)
    return f"did you mean {best[0]}?" if best else "`gatekeeper rule` lists the rules"
