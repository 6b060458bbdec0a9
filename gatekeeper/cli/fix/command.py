"""`gatekeeper fix`: what may be mended without a person's judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, exclude_flag, paths_argument, shared, today_flag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gatekeeper.cli.options import Options
    from gatekeeper.cli.workspace import Workspace
    from gatekeeper.engine.fix.mend import Wish
    from gatekeeper.model.fix.repair import Repair

EPILOG = """\b
Examples:
  gatekeeper fix --diff                show what would change
  gatekeeper fix docs/ --rule EV002

\b
Exits: 0 mended, 1 something is left (with --diff: to mend), 2 usage,
       3 nothing was checked, 4 a bug."""


@click.command(epilog=EPILOG)
@paths_argument
@shared(("text", "json"))
@exclude_flag
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--unsafe", is_flag=True, help="Also what changes a claim: look at the diff.")
@click.option("--rule", "codes", multiple=True, metavar="CODE", help="Only findings of this rule.")
@click.option("--accepted", is_flag=True, help="Also findings that are waived or baselined.")
@click.option("--allow-dirty", is_flag=True, help="Also files that are not committed as they are.")
@today_flag
def fix(
    options: Options,
    paths: tuple[str, ...],
    exclude: tuple[str, ...],
    diff: bool,
    unsafe: bool,
    codes: tuple[str, ...],
    accepted: bool,
    allow_dirty: bool,
    today: str | None,
) -> int:
    """Mend what has one right answer.

    Paths that git moved, letter case, links that work only from the root, figures that the document's own list shows, the legend's spelling. Each
    fix is tried first: its finding must go, and no other may come. Nothing else in a file changes, to the byte.
    """
    from gatekeeper.cli.workspace import open_workspace
    from gatekeeper.engine.fix.mend import Wish

    workspace = open_workspace(options, paths, exclude)
    closed = (lambda path: "") if diff else _closed(workspace, allow_dirty=allow_dirty)
    wish = Wish(workspace.paths, _known(codes), unsafe, accepted, closed)
    repair = _mend(options, workspace, wish, date_of(today))
    unwritten: Mapping[str, str] = {}
    if not diff and repair.rewrites:
        from gatekeeper.repo.write.files import write_files

        unwritten = write_files(workspace.tree.root, repair.rewrites)
    return _tell(options, repair, unwritten, is_done=not diff)


def _known(codes: tuple[str, ...]) -> frozenset[str]:
    """The codes of rules that were named, by code or name.

    Raises:
        BadParameter: there is no such rule.
    """
    if not codes:
        return frozenset()
    from gatekeeper.rules.registry import find_rule

    found = {code: find_rule(code) for code in codes}
    for code, rule in found.items():
        if rule is None:
            raise click.BadParameter(f"there is no rule {code!r}; `gatekeeper rule` lists them", param_hint="'--rule'")
    return frozenset(rule.info.code for rule in found.values() if rule is not None)


def _closed(workspace: Workspace, *, allow_dirty: bool) -> Callable[[str], str]:
    """Why a file may not be written, asked once for each."""
    from functools import cache

    from gatekeeper.engine.intake import READ_BYTES_LIMIT
    from gatekeeper.repo.write.files import why_unwritable

    tree = workspace.tree

    @cache
    def why(path: str) -> str:
        if reason := why_unwritable(tree.root, path):
            return reason
        reason = "" if allow_dirty else tree.why_unsaved(path, READ_BYTES_LIMIT)
        return f"{reason}; commit it first, or give --allow-dirty" if reason else ""

    return why


def _mend(options: Options, workspace: Workspace, wish: Wish, today: str) -> Repair:
    from gatekeeper import __version__
    from gatekeeper.cli.options import count_cores
    from gatekeeper.cli.stream.progress import Progress
    from gatekeeper.engine import session
    from gatekeeper.engine.fix.mend import mend
    from gatekeeper.engine.kept.reading import Reader

    with Reader(options.cache(), count_cores()) as reader, Progress(quiet=options.verbosity < 0) as progress:
        settings = session.RunSettings((), today, __version__, workspace.policy, parse=reader)
        return mend(workspace.tree, settings, wish, progress)


def _tell(options: Options, repair: Repair, unwritten: Mapping[str, str], *, is_done: bool) -> int:
    """Delivers the outcome and gives the exit code."""
    from gatekeeper.cli.stream.account import tell_nothing
    from gatekeeper.cli.stream.output import deliver, show
    from gatekeeper.model.report import InputState
    from gatekeeper.render.fix.diff import render_diff
    from gatekeeper.render.fix.text import render_repair, sum_up
    from gatekeeper.render.style import Style

    style = options.style()
    if options.is_data:
        from gatekeeper import __version__
        from gatekeeper.render.fix.data import render_repair_json

        text = render_repair_json(repair, __version__, unwritten, is_done=is_done)
    elif is_done:
        text = render_repair(repair, unwritten, style, options.verbosity)
    else:
        # In a file nothing can harm anybody, and `git apply` needs the very text.
        text = render_diff(repair.rewrites, None if options.output not in (None, "-") else style)
    deliver([text] if text else [], options.output, data=options.is_data, color=style.color)
    if not is_done and not options.is_data and options.verbosity >= 0:
        show([sum_up(repair, unwritten, Style(), is_done=False)])
    if not any(entry.state is InputState.PARSED for entry in repair.inputs):
        tell_nothing("checked", repair.inputs)
        return Exit.NOTHING
    is_left = repair.refused or unwritten if is_done else repair.rewrites
    return Exit.FINDINGS if is_left else Exit.PASS
