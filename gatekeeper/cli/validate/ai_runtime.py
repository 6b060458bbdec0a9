"""`gatekeeper validate-ai-runtime`: the guard rails of an AI runtime alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, reporting, staged_flag, today_flag, trust_flag, verdict_flags

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.model.report import Report

PACK = "ai-runtime"
EPILOG = """\b
Examples:
  gatekeeper validate-ai-runtime
  gatekeeper validate-ai-runtime --trust-ref origin/main

\b
Exits: 0 pass, 1 findings, 2 usage or policy, 3 nothing was checked, 4 a bug."""


@click.command("validate-ai-runtime", epilog=EPILOG)
@reporting()
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the pack; with any, no policy file is read.",
)
@verdict_flags
@staged_flag
@today_flag
@trust_flag
def validate_ai_runtime(
    options: Options,
    params: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,
    staged: bool,
    today: str | None,
    trust_ref: str | None,
) -> int:
    """Hold thresholds, alerts, runbook and playbook against the policy.

    The policy is the pack `ai-runtime`, which the repository's policy file extends or whose parameters are given here.
    """
    from gatekeeper.cli.stream.output import complain, show
    from gatekeeper.cli.stream.report import Delivery, deliver_report, verdict
    from gatekeeper.model.errors import PolicyError
    from gatekeeper.model.finding import Severity

    try:
        report = _hold(options, params, trust_ref, date_of(today), staged=staged)
    except PolicyError as error:
        if not params or not error.faults:
            raise
        for fault in error.faults:
            complain(fault.message)
        show([f"  hint: give each with --param NAME=VALUE, or write them in .gatekeeper.yml below `extends: {PACK}`"])
        return Exit.USER
    deliver_report(report, options, Delivery("validate-ai-runtime", Severity(fail_on)))
    ending = verdict(report, Severity(fail_on), exit_zero)
    if ending is Exit.NOTHING:
        hint = f"write `extends: {PACK}` and its params in .gatekeeper.yml, or give them with --param"
        complain("nothing was checked: the policy has no contract about the AI runtime", hint)
    return ending


def _hold(options: Options, params: tuple[str, ...], trust_ref: str | None, today: str, *, staged: bool) -> Report:
    from gatekeeper import __version__
    from gatekeeper.cli.staged.opening import open_ground
    from gatekeeper.engine.contracts import hold_family
    from gatekeeper.engine.law import policy_of_pack
    from gatekeeper.engine.session import RunSettings

    if params and trust_ref is not None:
        raise click.UsageError(
            "--trust-ref takes the law from a commit, --param from the command line: give one of them"
        )
    law = policy_of_pack(PACK, [_pair(param) for param in params]) if params else None
    with open_ground(options, trust_ref, staged=staged, law=law) as ground:
        settings = RunSettings((), today, __version__, ground.policy, trusted=ground.trusted)
        return hold_family(ground.tree, settings, "ai_runtime", PACK)


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name.strip():
        raise click.BadParameter(f"{param!r} is not NAME=VALUE", param_hint="'--param'")
    return name.strip(), value.strip()
