"""`gatekeeper policy`: whether a policy file is valid, the law in force, and whether it does what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, shared, today_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import Workspace
    from gatekeeper.model.fault import Fault
    from gatekeeper.policy.policy import Policy

EPILOG = """\b
Examples:
  gatekeeper policy check
  gatekeeper policy show --format yaml
  gatekeeper policy test"""
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

TEST_EPILOG = """\b
Examples:
  gatekeeper policy test
  gatekeeper policy test policies/team.yml
  gatekeeper policy test docs.policy-test.yml -v
  gatekeeper policy test --mutate

\b
Exits: 0 as expected, 1 not, 2 usage or policy, 3 nothing was tested, 4 a bug."""


@click.group(epilog=EPILOG, invoke_without_command=True)
@click.pass_context
def policy(context: click.Context) -> int:
    """Check a policy file, show the law in force, or test it."""
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


@policy.command(epilog=TEST_EPILOG)
@click.argument("files", nargs=-1, metavar="[FILES]...")
@shared(("text", "json"))
@today_flag
@click.option("--mutate", is_flag=True, help="Break the documents, and name what never objects.")
def test(options: Options, files: tuple[str, ...], today: str | None, mutate: bool) -> int:
    """Run the examples that stand beside assertions, and files of tests.

    FILES are policies, files that end in .policy-test.yml, or folders of these; without any the repository's policy and all its
    files of tests are run. With --mutate the repository's documents are broken in memory instead, in many ways: what
    never objects is named, and an assertion or a contract that never does fails.
    """
    from gatekeeper.cli.workspace import open_workspace

    if mutate and files:
        raise click.UsageError("--mutate breaks the repository's own documents: leave the files out")
    workspace = open_workspace(options, files, ())
    return _mutate(options, workspace, date_of(today)) if mutate else _try(options, workspace, date_of(today))


def _try(options: Options, workspace: Workspace, today: str) -> int:
    from gatekeeper.cli.stream.output import complain, deliver
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.engine.law import LAW_BYTES_LIMIT
    from gatekeeper.engine.trial.example import find_suites, run_suites
    from gatekeeper.render.trial.text import render_outcomes, render_outcomes_json

    def read(path: str) -> bytes:
        return workspace.tree.read(path, LAW_BYTES_LIMIT)

    suites = find_suites(workspace.tree, workspace.policy, workspace.paths, read)
    with Progress(quiet=options.verbosity < 0) as progress:
        outcomes = tuple(run_suites(suites, today, progress))
    if not outcomes:
        hint = "write examples beside an assertion, or a file that ends in .policy-test.yml"
        complain("there are no examples and no tests, so nothing was tested", hint)
        return Exit.NOTHING
    style = options.style()
    text = render_outcomes_json(outcomes) if options.is_data else ""
    text = text or render_outcomes(outcomes, style, everything=options.verbosity > 0)
    deliver([text], options.output, data=options.is_data, color=style.color)
    return Exit.PASS if all(one.is_met for one in outcomes) else Exit.FINDINGS


def _mutate(options: Options, workspace: Workspace, today: str) -> int:
    from gatekeeper.cli.stream.output import complain, deliver
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.engine.session import RunSettings
    from gatekeeper.engine.trial.survey import survey
    from gatekeeper.render.trial.text import render_survey, render_survey_json

    with Progress(quiet=options.verbosity < 0) as progress:
        found = survey(workspace.tree, RunSettings(today=today, policy=workspace.policy), progress)
    if not found.documents:
        complain("there are no documents, so nothing was tested", "run it where there are status documents")
        return Exit.NOTHING
    style = options.style()
    text = render_survey_json(found) if options.is_data else ""
    text = text or render_survey(found, style, everything=options.verbosity > 0)
    deliver([text], options.output, data=options.is_data, color=style.color)
    is_mute = any(one.never_objects and one.kind != "rule" for one in found.objectors)
    return Exit.FINDINGS if is_mute else Exit.PASS
