"""`gatekeeper check`: the main job."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import (
    date_of,
    exclude_flag,
    paths_argument,
    reporting,
    staged_flag,
    today_flag,
    trust_flag,
    verdict_flags,
)

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.staged.opening import Ground
    from gatekeeper.cli.workspace import Place
    from gatekeeper.engine.session import RunSettings
    from gatekeeper.model.report import Report

EPILOG = """\b
Examples:
  gatekeeper check
  gatekeeper check docs/ --fail-on warning
  gatekeeper check --format json --format sarif:out.sarif
  gatekeeper check --show contradictions
  gatekeeper check --trust-ref origin/main --no-growth
  gatekeeper check --staged

\b
Exits: 0 pass, 1 findings, 2 usage or policy, 3 nothing was checked, 4 a bug."""

_CONTRADICTIONS = "contradictions"


class _Asked(NamedTuple):
    """What the arguments say of a run; see `check`."""

    paths: tuple[str, ...]
    exclude: tuple[str, ...]
    select: tuple[str, ...]
    trust_ref: str | None
    today: str
    with_disagreements: bool

    def settings(self, ground: Ground, paths: tuple[str, ...] = ()) -> RunSettings:
        """The settings of a run over a ground, or these paths of it."""
        from gatekeeper import __version__
        from gatekeeper.engine.session import RunSettings

        return RunSettings(
            paths, self.today, __version__, ground.policy, self.with_disagreements, trusted=ground.trusted
        )


class _Check(click.Command):
    """The command as click runs it, once it is sure which arguments are names."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments that click leaves over.

        Raises:
            UsageError: pre-commit may have named a file that reads like an option: one called `--exit-zero` must not let a commit pass.
        """
        given = args[: args.index("--")] if "--" in args else args
        for one in given if "--only-named" in given else ():
            if one.startswith("-") and one != "-" and os.path.lexists(one):
                what = f"there is a file called {one}, so that it is no option for sure"
                raise click.UsageError(f"{what}: end the hook's args with '--', or rename the file")
        return super().parse_args(ctx, args)


@click.command(cls=_Check, epilog=EPILOG)
@paths_argument
@reporting(is_quick=True)
@exclude_flag
@verdict_flags
@click.option(
    "--show",
    multiple=True,
    type=click.Choice(["waived", "baselined", "contradictions"]),
    metavar="WHAT",
    help="Also waived, baselined; or contradictions.",
)
@click.option("--select", multiple=True, metavar="CODES", help="Only rules whose codes begin so: EV,DC.")
@staged_flag
# For the hooks of pre-commit, which names no file where only others than these are staged; docs/pre-commit.md tells of it.
@click.option("--only-named", is_flag=True, hidden=True, help="With --staged: nothing of PATHS is not everything.")
@today_flag
@trust_flag
@click.option("-j", "--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes that parse.  [default: cores]")
@click.option("--no-growth", is_flag=True, help="Fail if the baseline accepts more than REF's.")
def check(
    options: Options,
    paths: tuple[str, ...],
    exclude: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,
    show: tuple[str, ...],
    select: tuple[str, ...],
    staged: bool,
    only_named: bool,
    today: str | None,
    trust_ref: str | None,
    jobs: int | None,
    no_growth: bool,
) -> int:
    """Hold status documents against the repository.

    PATHS are files or folders, relative to the current folder; without any the whole repository is looked at.
    """
    from gatekeeper.cli.stream.account import tell_nothing
    from gatekeeper.cli.stream.report import Delivery, deliver_report, verdict
    from gatekeeper.model.finding import Severity

    if no_growth and trust_ref is None:
        raise click.UsageError("--no-growth compares with a commit: name it with --trust-ref")
    if only_named and not staged:
        raise click.UsageError("--only-named is about what is staged: give it with --staged")
    asked = _Asked(paths, exclude, select, trust_ref, date_of(today), _CONTRADICTIONS in show)
    report = (
        _check_staged(options, asked, jobs or 0, only_named=only_named)
        if staged
        else _check_tree(options, asked, jobs or 0)
    )
    if report is None:
        return Exit.NOTHING
    deliver_report(report, options, Delivery("check", Severity(fail_on), show))
    ending = verdict(report, Severity(fail_on), exit_zero)
    if ending is Exit.NOTHING:
        tell_nothing("checked", report.inputs)
    return _refuse_growth(report, ending) if no_growth and report.baseline_growth else ending


def _check_tree(options: Options, asked: _Asked, jobs: int) -> Report:
    """The outcome, from the cache where nothing has changed since; a law from elsewhere than the tree is not watched for changes."""
    from msgspec.structs import replace

    from gatekeeper.cli.workspace import open_place

    cache, place = options.cache(), open_place(options, asked.paths)
    if not cache.is_on or options.config is not None or asked.trust_ref is not None:
        return _run(options, place, asked, jobs)
    from gatekeeper.engine.kept.recall import recall
    from gatekeeper.repo.kept.traced import TracedTree

    tree = TracedTree(place.tree)
    watched = replace(place, tree=tree)
    question = asked._replace(paths=place.paths)
    # What is written is no document, and is named relative to the current folder.
    targets = tuple(os.path.normpath(place.here / one) for one in options.targets)
    return recall(cache, tree, (*question, targets), lambda: _run(options, watched, asked, jobs))


def _run(options: Options, place: Place, asked: _Asked, jobs: int) -> Report:
    from msgspec.structs import replace

    from gatekeeper.cli.workspace import open_law, reading
    from gatekeeper.repo.kept.patterns import kept_patterns

    with kept_patterns(options.cache()), reading(options, jobs) as (parse, progress):
        from gatekeeper.engine import session
        from gatekeeper.engine.select import codes_meant, narrowed

        workspace = open_law(place, options, asked.exclude, asked.trust_ref)
        is_meant = codes_meant(asked.select, workspace.policy)
        settings = asked.settings(workspace, workspace.paths)
        report = session.check(workspace.tree, replace(settings, parse=parse), progress)
    return narrowed(report, is_meant) if asked.select else report


def _check_staged(options: Options, asked: _Asked, jobs: int, *, only_named: bool) -> Report | None:
    """The outcome for what is staged; None where nothing is, and nobody named anything or makes a commit."""
    from msgspec.structs import replace

    from gatekeeper.cli.staged.opening import open_staged
    from gatekeeper.cli.stream.output import complain
    from gatekeeper.cli.workspace import reading
    from gatekeeper.repo.kept.patterns import kept_patterns

    with kept_patterns(options.cache()), open_staged(options, asked.paths, asked.exclude, asked.trust_ref) as ground:
        from gatekeeper.engine.select import codes_meant
        from gatekeeper.engine.staged.judge import ChangeAsked, judge_change
        from gatekeeper.repo.kept.cache import Cache

        # An empty commit, and a new message for an old one, break nothing; a job that stages nothing judges nothing.
        if ground.changes.is_empty and not ground.paths and not ground.is_running:
            hint = (
                "`git add` a change or leave out --staged; with pre-commit give --all-files, or --from-ref and --to-ref"
            )
            complain("nothing is staged, so nothing was checked", hint)
            return None
        paths = ground.paths if ground.paths or only_named else None
        cache = options.cache()
        known = cache if ground.is_whole else Cache("")
        change = ChangeAsked(ground.changes, ground.bases, paths, codes_meant(asked.select, ground.policy), known)
        with reading(options, jobs) as (parse, progress):
            return judge_change(ground.tree, replace(asked.settings(ground), parse=parse), change, progress)


def _refuse_growth(report: Report, verdict: int) -> int:
    """Fails whatever the findings say: the rule about growth may be turned off, the flag was given all the same."""
    from gatekeeper.cli.stream.output import complain

    more = report.baseline_growth
    noun = "finding" if more == 1 else "findings"
    hint = "mend what is found, and take them back; the change that brings gatekeeper in is checked without --trust-ref"
    complain(f"the baseline accepts {more} more {noun} than at {report.trusted}", hint)
    return Exit.FINDINGS if verdict == Exit.PASS else verdict
