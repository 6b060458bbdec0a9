"""`gatekeeper init`: a policy file proposed for a repository that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, shared, today_flag

if TYPE_CHECKING:
    from pathlib import Path

    from gatekeeper.cli.options import Options
    from gatekeeper.engine.adopt.look import Look
    from gatekeeper.model.report import Report
    from gatekeeper.repo.worktree import WorkTree

EPILOG = """\b
Examples:
  gatekeeper init --dry-run            print the proposal
  gatekeeper init                      show it, ask, and write it
  gatekeeper init --yes --baseline     write it, accept past findings

\b
Exits: 0 written or declined, 2 usage or a policy is there, 4 a bug."""


@click.command(epilog=EPILOG)
@shared(("text",))
@click.option("--dry-run", is_flag=True, help="Print the proposal, and write nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing; needed where there is no terminal.")
@click.option("--baseline", "with_baseline", is_flag=True, help="Also accept the findings of today.")
@today_flag
def init(options: Options, dry_run: bool, yes: bool, with_baseline: bool, today: str | None) -> int:
    """Propose a .gatekeeper.yml for this repository, with the reason for each line.

    What is sure stands in force and changes no verdict; guesses stand behind a `#`. Nothing is overwritten, and nothing
    is installed.
    """
    from gatekeeper.cli.workspace import open_tree_alone
    from gatekeeper.policy.policy import Policy

    day = date_of(today)
    tree = open_tree_alone(options, Policy()).tree
    target = _target(options, tree)
    if dry_run:
        return _print(options, tree, target, day, with_baseline)
    _refuse_other(tree, target)
    if not yes and not _has_person():
        raise click.UsageError(
            "there is no terminal to ask: give --yes to write the proposal, or --dry-run to print it"
        )
    look, text = _propose(options, tree, target, day)
    is_wanted = True
    if not yes:
        is_wanted, with_baseline = _ask(look, text, target, with_baseline)
    if not is_wanted:
        return Exit.PASS
    return _write(options, tree, target, look, text, with_baseline)


def _target(options: Options, tree: WorkTree) -> Path:
    """Where the policy file is written.

    Raises:
        ConfigError: it would stand outside of the repository.
    """
    import os
    from pathlib import Path

    from gatekeeper.cli.workspace import POLICY_NAMES
    from gatekeeper.model.errors import ConfigError

    if options.config is None:
        return Path(tree.root, POLICY_NAMES[0])
    path = Path(os.path.normpath(Path.cwd() / options.config))
    if not path.parent.resolve().is_relative_to(tree.root):
        hint = "name a file below it, or give its root with --root"
        raise ConfigError(f"outside of the repository at {tree.root}", hint, options.config)
    return path


def _refuse_other(tree: WorkTree, target: Path) -> None:
    """Makes sure that nothing stands where the policy is to be written, and no policy beside it.

    Raises:
        ConfigError: something does.
    """
    from pathlib import Path

    from gatekeeper.cli.workspace import POLICY_NAMES
    from gatekeeper.model.errors import ConfigError

    for path in dict.fromkeys((target, *(Path(tree.root, name) for name in POLICY_NAMES))):
        if path.exists() or path.is_symlink():
            hint = "`gatekeeper init --dry-run` prints what it would propose, to compare; `gatekeeper policy show` the law in force"
            raise ConfigError("there is a policy file already, and nothing is overwritten", hint, _shown(path))


def _has_person() -> bool:
    """Whether somebody can read a question and answer it."""
    import sys

    from gatekeeper.cli.stream.terminal import is_terminal

    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def _propose(options: Options, tree: WorkTree, target: Path, today: str) -> tuple[Look, str]:
    """What is proposed, and its text, which was read back."""
    from gatekeeper import __version__
    from gatekeeper.cli.workspace import reading
    from gatekeeper.engine.adopt.look import look, means_the_same
    from gatekeeper.engine.law import read_policy
    from gatekeeper.render.adoption.policy_file import render_proposal

    with reading(options) as (parse, progress):
        found = look(tree, today, __version__, progress, parse)
    text = render_proposal(found.proposal)
    if not means_the_same(found, read_policy(target.name, text.encode())):
        raise RuntimeError("the proposal does not read as it was meant")
    return found, text


def _print(options: Options, tree: WorkTree, target: Path, today: str, with_baseline: bool) -> int:
    """Prints the proposal, and on stderr what it would come to."""
    from gatekeeper.cli.adopt.baseline import plan_for, told
    from gatekeeper.cli.stream.output import deliver, show

    look, text = _propose(options, tree, target, today)
    deliver([text], options.output)
    if options.verbosity >= 0:
        show(["nothing is written", *_account(look)])
        if with_baseline:
            show([f"with --baseline, {told(plan_for(tree, look.policy, look.report), look.policy.baseline)}".rstrip()])
    return Exit.PASS


def _ask(look: Look, text: str, target: Path, with_baseline: bool) -> tuple[bool, bool]:
    """Whether to write the proposal, and whether to accept findings, as a person answers."""
    from gatekeeper.cli.stream.output import deliver, show
    from gatekeeper.model.finding import Disposition, Severity
    from gatekeeper.render.layout.words import counted

    deliver([text], None)
    show(["", *_account(look)])
    if not click.confirm(f"Write {_shown(target)}?", default=True, err=True):
        show(["nothing was written"])
        return False, False
    if with_baseline or not look.report.count(Severity.ERROR):
        return True, with_baseline
    active = sum(one.disposition is Disposition.ACTIVE for one in look.report.findings)
    question = (
        f"Accept the {counted(active, 'finding')} of today in {look.policy.baseline}, so that only new ones fail?"
    )
    return True, click.confirm(question, default=False, err=True)


def _write(options: Options, tree: WorkTree, target: Path, look: Look, text: str, with_baseline: bool) -> int:
    """Writes the policy, and the baseline where it is wanted, and tells what comes next."""
    from gatekeeper.cli.adopt.baseline import plan_for, told, write_baseline
    from gatekeeper.cli.stream.outfile import create_file
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.engine.adopt.look import left_after
    from gatekeeper.render.adoption.outcome import render_next

    # Before anything is written: what is wrong with a baseline that is there already stops here.
    plan = plan_for(tree, look.policy, look.report) if with_baseline else None
    create_file(text, str(target))
    lines = [f"{_shown(target)} is written"]
    report = look.report
    if plan is not None:
        write_baseline(tree, plan)
        lines += told(plan, look.policy.baseline).splitlines()
        report = left_after(report) if plan.added else report
    lines += _account(look, report)
    if tree.is_ignored(target.relative_to(tree.root).as_posix()):
        lines.append(f".gitignore hides {_shown(target)}: nobody else will have it")
    lines += render_next(_ending(report))
    if options.verbosity >= 0:
        style = options.style()
        deliver(["".join(f"{style.show(line)}\n" for line in lines)], options.output)
    return Exit.PASS


def _account(look: Look, report: Report | None = None) -> list[str]:
    """What is in the proposal, and what the next check finds; `report` where findings were accepted."""
    from gatekeeper.render.adoption.outcome import contents_of, next_check

    found = report or look.report
    return [f"in the proposal: {contents_of(look.proposal)}", next_check(found, _ending(found))]


def _ending(report: Report) -> int:
    """How a check with this report ends."""
    from gatekeeper.cli.stream.report import verdict
    from gatekeeper.model.finding import Severity

    return verdict(report, Severity.ERROR, exit_zero=False)


def _shown(path: Path) -> str:
    """A path as somebody in the current folder names it."""
    import os

    return os.path.relpath(path)
