"""`gatekeeper check`: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, exclude_flag, paths_argument, shared, today_flag, trust_flag, verdict_flags

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import Place
    from gatekeeper.model.report import Report

EPILOG = """\b
Examples:
  gatekeeper check
  gatekeeper check docs/ --fail-on warning
  gatekeeper check --format json -o report.json
  gatekeeper check --show contradictions
  gatekeeper check --trust-ref origin/main --no-growth

\b
Exits: 0 pass, 1 findings, 2 usage or policy, 3 nothing was checked, 4 a bug."""

_CONTRADICTIONS = "contradictions"


@click.command(epilog=EPILOG)
@paths_argument
@shared(("terminal", "text", "json"), is_quick=True)
@exclude_flag
@verdict_flags
@click.option(
    "--show",
    multiple=True,
    type=click.Choice(["waived", "baselined", "contradictions"]),
    metavar="WHAT",
    help="Also waived, baselined; or contradictions alone.",
)
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
    today: str | None,
    trust_ref: str | None,
    jobs: int | None,
    no_growth: bool,
) -> int:
    """Hold status documents against the repository.

    PATHS are files or folders, relative to the current folder; without any the whole repository is looked at.
    """
    from gatekeeper.cli.stream.account import tell_nothing
    from gatekeeper.cli.stream.report import deliver_report, verdict
    from gatekeeper.cli.workspace import open_place
    from gatekeeper.model.finding import Severity

    if no_growth and trust_ref is None:
        raise click.UsageError("--no-growth compares with a commit: name it with --trust-ref")
    question = _Question(exclude, date_of(today), trust_ref, _CONTRADICTIONS in show)
    report = _ask(options, open_place(options, paths), question, jobs or 0)
    deliver_report(report, options, show)
    ending = verdict(report, Severity(fail_on), exit_zero)
    if ending is Exit.NOTHING:
        tell_nothing("checked", report.inputs)
    return _refuse_growth(report, ending) if no_growth and report.baseline_growth else ending


class _Question(NamedTuple):
    """What decides on the outcome beside the place."""

    exclude: tuple[str, ...]
    today: str
    trust_ref: str | None
    with_disagreements: bool


def _ask(options: Options, place: Place, question: _Question, jobs: int) -> Report:
    """The outcome, from the cache where nothing has changed since; a law from elsewhere than the tree is not watched for changes."""
    cache = options.cache()
    if not cache.is_on or options.config is not None or question.trust_ref is not None:
        return _run(options, place, question, jobs)
    from msgspec.structs import replace

    from gatekeeper.engine.kept.recall import recall
    from gatekeeper.repo.kept.traced import TracedTree

    tree = TracedTree(place.tree)
    watched = replace(place, tree=tree)
    return recall(cache, tree, (place.paths, *question), lambda: _run(options, watched, question, jobs))


def _run(options: Options, place: Place, question: _Question, jobs: int) -> Report:
    from msgspec.structs import replace

    from gatekeeper import __version__
    from gatekeeper.cli.options import count_cores
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.cli.workspace import open_law
    from gatekeeper.repo.kept.patterns import kept_patterns

    cache = options.cache()
    with kept_patterns(cache), Progress(quiet=options.verbosity < 0) as progress:
        from gatekeeper.engine import session
        from gatekeeper.engine.kept.reading import Reader

        workspace = open_law(place, options, question.exclude, question.trust_ref)
        settings = session.RunSettings(
            paths=workspace.paths,
            today=question.today,
            version=__version__,
            policy=workspace.policy,
            with_disagreements=question.with_disagreements,
            trusted=workspace.trusted,
        )
        with Reader(cache, jobs or count_cores()) as reader:
            return session.check(workspace.tree, replace(settings, parse=reader), progress)


def _refuse_growth(report: Report, verdict: int) -> int:
    """Fails whatever the findings say: the rule about growth may be turned off, the flag was given all the same."""
    from gatekeeper.cli.stream.output import complain

    more = report.baseline_growth
    noun = "finding" if more == 1 else "findings"
    complain(
        f"the baseline accepts {more} more {noun} than at {report.trusted}", "mend what is found, and take them back"
    )
    return Exit.FINDINGS if verdict == Exit.PASS else verdict
