"""`gatekeeper validate-ai-runtime`: the guard rails of an AI runtime alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, reporting, today_flag, trust_flag, verdict_flags

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import Workspace

PACK = "ai-runtime"
EPILOG = """\b
Examples:
  gatekeeper validate-ai-runtime
  gatekeeper validate-ai-runtime --param observability=src/alerts.ts
      --param 'alert-codes=[cost_high, refusals_high]' ...

\b
Exits: 0 pass, 1 findings, 2 usage or policy, 3 nothing was checked, 4 a bug."""


@click.command("validate-ai-runtime", epilog=EPILOG)
@reporting
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the pack; with any, no policy file is read.",
)
@verdict_flags
@today_flag
@trust_flag
def validate_ai_runtime(
    options: Options,
    params: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,
    today: str | None,
    trust_ref: str | None,
) -> int:
    """Hold thresholds, alerts, runbook and playbook against the policy.

    The policy is the pack `ai-runtime`, which the repository's policy file extends or whose parameters are given here.
    """
    from gatekeeper import __version__
    from gatekeeper.cli.stream.output import complain, show
    from gatekeeper.cli.stream.report import Delivery, deliver_report, verdict
    from gatekeeper.engine.contracts import hold_family
    from gatekeeper.engine.session import RunSettings
    from gatekeeper.model.errors import PolicyError
    from gatekeeper.model.finding import Severity

    try:
        workspace = _open(options, params, trust_ref)
    except PolicyError as error:
        if not params or not error.faults:
            raise
        for fault in error.faults:
            complain(fault.message)
        show([f"  hint: give each with --param NAME=VALUE, or write them in .gatekeeper.yml below `extends: {PACK}`"])
        return Exit.USER
    settings = RunSettings((), date_of(today), __version__, workspace.policy, trusted=workspace.trusted)
    report = hold_family(workspace.tree, settings, "ai_runtime", PACK)
    deliver_report(report, options, Delivery("validate-ai-runtime", Severity(fail_on)))
    ending = verdict(report, Severity(fail_on), exit_zero)
    if ending is Exit.NOTHING:
        hint = f"write `extends: {PACK}` and its params in .gatekeeper.yml, or give them with --param"
        complain("nothing was checked: the policy has no contract about the AI runtime", hint)
    return ending


def _open(options: Options, params: tuple[str, ...], trust_ref: str | None) -> Workspace:
    from gatekeeper.cli.workspace import open_workspace
    from gatekeeper.engine.law import policy_of_pack

    if not params:
        return open_workspace(options, (), (), trust_ref)
    if trust_ref is not None:
        raise click.UsageError(
            "--trust-ref takes the law from a commit, --param from the command line: give one of them"
        )
    from gatekeeper.cli.workspace import open_tree_alone

    return open_tree_alone(options, policy_of_pack(PACK, [_pair(param) for param in params]))


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals or not name.strip():
        raise click.BadParameter(f"{param!r} is not NAME=VALUE", param_hint="'--param'")
    return name.strip(), value.strip()
