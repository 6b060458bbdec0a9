"""`gatekeeper baseline`: past findings, accepted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, shared, today_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.engine.shrink import Plan
    from gatekeeper.model.report import Report
    from gatekeeper.policy.policy import Policy
    from gatekeeper.repo.worktree import WorkTree

EPILOG = """\b
Examples:
  gatekeeper baseline              write it, or say what it lacks
  gatekeeper baseline --prune      drop what was mended

\b
Exits: 0 up to date, 1 there are new findings, 2 usage or policy, 4 a bug."""


@click.command(epilog=EPILOG)
@shared(("text",))
@today_flag
@click.option("--accept-new", is_flag=True, help="Accept findings that an existing baseline does not hold.")
@click.option("--prune", is_flag=True, help="Drop what is no longer found.")
def baseline(options: Options, today: str | None, accept_new: bool, prune: bool) -> int:
    """Accept today's findings once.

    They are written to `.gatekeeper-baseline.json` (the policy's `baseline.file`), by what they are about and not by
    line, and do not count any more. A baseline that is there already only shrinks, unless --accept-new is given.
    """
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.cli.workspace import open_workspace, reading
    from gatekeeper.engine import session

    workspace = open_workspace(options, (), ())
    with reading(options) as (parse, progress):
        settings = session.RunSettings((), date_of(today), policy=workspace.policy, parse=parse)
        report = session.check(workspace.tree, settings, progress)
    plan = plan_for(workspace.tree, workspace.policy, report, accept_new=accept_new, prune=prune)
    write_baseline(workspace.tree, plan)
    if options.verbosity >= 0:
        deliver([told(plan, options.style().show(workspace.policy.baseline))], options.output)
    return Exit.FINDINGS if plan.refused else Exit.PASS


def plan_for(tree: WorkTree, policy: Policy, report: Report, *, accept_new: bool = False, prune: bool = False) -> Plan:
    """The next baseline of a repository, given what was found under the one that it has; the first one accepts all.

    Raises:
        GatekeeperError: the one that it has cannot be read, or the next one would be too large.
    """
    from gatekeeper.engine.exemptions import load_baseline
    from gatekeeper.engine.shrink import plan_baseline

    is_first = not tree.is_present(policy.baseline)
    return plan_baseline(report, load_baseline(tree, policy), accept_new=accept_new or is_first, prune=prune)


def write_baseline(tree: WorkTree, plan: Plan) -> None:
    """Writes the file where it is not there or changes, whole or not at all, never through a link.

    Raises:
        ConfigError: it would stand outside of the repository or behind a link, or cannot be written.
    """
    from pathlib import Path

    from gatekeeper.cli.stream.outfile import write_file
    from gatekeeper.model.errors import ConfigError
    from gatekeeper.render.exception.baseline import render_baseline

    path = plan.baseline.path
    if tree.is_present(path) and not (plan.added or plan.dropped):
        return
    target = Path(tree.root, path)
    if target.is_symlink() or target.parent.resolve() != target.parent:
        raise ConfigError("a symbolic link stands on the way", "put the baseline in a folder of its own", path)
    write_file([render_baseline(plan.baseline)], str(target))


def told(plan: Plan, path: str) -> str:
    """What was done, in one line, and in a second what was not."""
    accepted = sum(entry.count for entry in plan.baseline.entries)
    line = f"{path} accepts {accepted} {'finding' if accepted == 1 else 'findings'}"
    changes = [f"{plan.added} new"] * bool(plan.added) + [f"{plan.dropped} dropped"] * bool(plan.dropped)
    text = f"{line} ({', '.join(changes)})\n" if changes else f"{line}\n"
    if plan.refused:
        text += f"{plan.refused} more found and not accepted: mend them, or accept them with --accept-new\n"
    if plan.stale:
        text += f"{plan.stale} accepted and no longer found: drop them with --prune\n"
    return text
