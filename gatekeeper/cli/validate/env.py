"""`gatekeeper validate-env`: the environment alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, reporting, staged_flag, today_flag, trust_flag, verdict_flags

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.engine.validate.environment import Held

EPILOG = """\b
Examples:
  gatekeeper validate-env
  gatekeeper validate-env --live
  gatekeeper validate-env --env-file .env.staging --fail-on warning

\b
Exits: 0 pass, 1 findings, 2 usage or policy, 3 nothing was checked, 4 a bug."""


@click.command("validate-env", epilog=EPILOG)
@reporting()
@click.option("--env-file", metavar="FILE", help="Also hold the values of FILE against the policy.")
@click.option("--live", is_flag=True, help="Also hold this process's environment against the policy.")
@verdict_flags
@staged_flag
@today_flag
@trust_flag
def validate_env(
    options: Options,
    env_file: str | None,
    live: bool,
    fail_on: str,
    exit_zero: bool,
    staged: bool,
    today: str | None,
    trust_ref: str | None,
) -> int:
    """Hold example files, code and values of the environment against the policy.

    Without a policy that speaks of the environment the pack `env` is the law. Only names are shown, never values.
    """
    from gatekeeper import __version__
    from gatekeeper.cli.staged.opening import open_ground
    from gatekeeper.cli.stream.output import complain
    from gatekeeper.cli.stream.report import Delivery, deliver_report, verdict
    from gatekeeper.engine.session import RunSettings
    from gatekeeper.engine.validate.environment import validate_environment
    from gatekeeper.model.finding import Severity

    held = _held(env_file, live)
    with open_ground(options, trust_ref, staged=staged) as ground:
        settings = RunSettings(today=date_of(today), version=__version__, policy=ground.policy, trusted=ground.trusted)
        report = validate_environment(ground.tree, settings, held)
    deliver_report(report, options, Delivery("validate-env", Severity(fail_on)))
    ending = verdict(report, Severity(fail_on), exit_zero)
    if ending is Exit.NOTHING:
        hint = "write .env.example, or `environment: {keys: ...}` in .gatekeeper.yml"
        complain(
            "nothing was checked: no environment file, no key of a policy, and no code that reads a variable", hint
        )
    return ending


def _held(env_file: str | None, live: bool) -> Held:
    import os

    from gatekeeper.cli.workspace import read_named
    from gatekeeper.engine.validate.environment import Held
    from gatekeeper.link.environment.facts import ENV_BYTES_LIMIT

    hint = "name a file of NAME=value lines"
    given = None if env_file is None else (env_file, read_named(env_file, ENV_BYTES_LIMIT, "an environment file", hint))
    return Held(given, dict(os.environ) if live else None)
