"""Mending, proved as it goes: a fix is kept only if its finding is gone afterwards and no other has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from gatekeeper.engine.fix.places import Moved, find_added, find_left
from gatekeeper.engine.fix.queues import Queues, Trace, trace_of
from gatekeeper.engine.fix.rewrite import Unfit, overlaps, rewrite
from gatekeeper.engine.history.memo import WHOLE_TREE_BYTES, ParseMemo
from gatekeeper.engine.intake import READ_BYTES_LIMIT
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.fix.fix import Edit
from gatekeeper.model.fix.repair import Refusal, Repair, Rewrite
from gatekeeper.model.project import Tree
from gatekeeper.model.report import Report
from gatekeeper.repo.overlay import OverlayTree

_RUNS_LIMIT = 24
_LATE = f"not tried: {_RUNS_LIMIT} runs were not enough to try all"
# In place of a path: nobody can tell where the harm comes from.
_ANYWHERE = ""


class Wish(Struct, frozen=True):
    """What somebody wants mended.

    Attributes:
        paths: repo-relative files and folders whose findings are meant; none for all.
        codes: codes of the rules whose findings are meant; none for all.
        with_unsafe: whether unsafe fixes are applied too.
        with_accepted: whether waived and baselined findings are mended too.
        closed: why a file may not be written; "" where it may.
    """

    paths: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    with_unsafe: bool = False
    with_accepted: bool = False
    closed: Callable[[str], str] = lambda path: ""


def mend(tree: Tree, settings: RunSettings, wish: Wish, watch: Callable[[str], None] = lambda path: None) -> Repair:
    """The files as they would be with all fixes that are wanted and hold; nothing is written.

    The whole tree is looked at, whatever part of it is to be mended, so that no fix does harm elsewhere.

    Raises:
        GatekeeperError: the paths, the policy or the tree cannot be used.
    """
    # "" is the root: all of it, and files that were named although their suffix is no document's.
    paths = ("", *wish.paths) if wish.paths else ()
    parse = ParseMemo(settings.parse, WHOLE_TREE_BYTES)
    return _Bench(tree, replace(settings, paths=paths, parse=parse), wish, watch).work()


class _Bench(Struct):
    """The work on one tree.

    Attributes:
        changed: path -> the bytes of today's state, of the files that differ from the tree's.
        report: what is found in today's state.
        runs: how often the tree was looked at.
    """

    tree: Tree
    settings: RunSettings
    wish: Wish
    watch: Callable[[str], None]
    changed: dict[str, bytes] = field(default_factory=dict)
    report: Report = field(default_factory=lambda: Report(""))
    mended: list[Finding] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    runs: int = 0

    def work(self) -> Repair:
        """Rounds of trying until one of them mends nothing; each fix takes a finding away, so that there is an end."""
        self.report = self._look(self.changed)
        first = self.report
        is_new = True
        while is_new:
            count, self.refused = len(self.mended), []
            self._settle(Queues.of(_disjoint(self._wanted())))
            is_new = len(self.mended) > count
        return Repair(
            rewrites=tuple(
                Rewrite(path, self.tree.read(path, READ_BYTES_LIMIT), after)
                for path, after in sorted(self.changed.items())
            ),
            mended=tuple(self.mended),
            refused=tuple(
                sorted(self.refused, key=lambda one: (one.finding.location.path, one.finding.location.start))
            ),
            unsafe=self._count(lambda one: not self._is_applicable(one) and self._is_open(one)),
            accepted=self._count(lambda one: self._is_applicable(one) and not self._is_open(one)),
            inputs=first.inputs,
        )

    def _look(self, changed: dict[str, bytes]) -> Report:
        """What is found with these files changed."""
        self.runs += 1
        if not changed:
            return check(self.tree, self.settings, self.watch)
        loose = [path for path in changed if path in self.tree.untracked]
        return check(OverlayTree(self.tree, changed, untracked=loose), self.settings)

    def _wanted(self) -> list[Finding]:
        """The findings that are to be mended and may be, by place; those that may not be are refused."""
        wanted = []
        for finding in self.report.findings:
            if not (self._is_meant(finding) and self._is_applicable(finding) and self._is_open(finding)):
                continue
            assert finding.fix is not None
            reasons = (self.wish.closed(edit.path) for edit in finding.fix.edits)
            reason = next((reason for reason in reasons if reason), "")
            if reason:
                self.refused.append(Refusal(finding, reason))
            else:
                wanted.append(finding)
        return wanted

    def _is_meant(self, finding: Finding) -> bool:
        path, wish = finding.location.path, self.wish
        is_here = not wish.paths or any(not one or f"{path}/".startswith(f"{one}/") for one in wish.paths)
        return finding.fix is not None and is_here and (not wish.codes or finding.code in wish.codes)

    def _is_applicable(self, finding: Finding) -> bool:
        return finding.fix is not None and (finding.fix.is_safe or self.wish.with_unsafe)

    def _is_open(self, finding: Finding) -> bool:
        return finding.disposition is Disposition.ACTIVE or self.wish.with_accepted

    def _count(self, is_one: Callable[[Finding], bool]) -> int:
        return sum(self._is_meant(finding) and is_one(finding) for finding in self.report.findings)

    def _settle(self, queues: Queues) -> None:
        """Tries what waits until nothing does: the first bundles of all documents at once, then without those that did harm."""
        while heads := queues.heads():
            batch = _disjoint(one for one in self._wanted_again() if trace_of(one) in heads)
            if self.runs >= _RUNS_LIMIT:
                self.refused += [Refusal(one, _LATE) for one in self._wanted_again() if trace_of(one) in queues.all()]
                return
            harm = self._apply(batch) if batch else {}
            if not harm:
                queues.pop()
            elif not self._lighten(queues, batch, harm):
                for half in queues.halves():
                    self._settle(half)
                return

    def _lighten(self, queues: Queues, batch: Sequence[Finding], harm: Mapping[Trace | str, str]) -> bool:
        """Refuses the fixes that did harm and halves the bundles of documents where one of them did; False where nobody can tell which."""
        by_trace = {trace_of(one): one for one in batch}
        blamed = {trace: reason for trace, reason in harm.items() if isinstance(trace, tuple)}
        paths = {path: reason for path, reason in harm.items() if isinstance(path, str)}
        if not blamed and _ANYWHERE in paths and len(queues.paths) == 1:
            paths = {queues.paths[0]: paths[_ANYWHERE]}
        suspects = [path for path in queues.paths if path in paths] if not blamed else []
        for path in suspects:
            if (trace := queues.split(path)) is not None:
                blamed[trace] = paths[path]
        queues.drop(blamed.keys())
        self.refused += [Refusal(by_trace[trace], reason) for trace, reason in blamed.items() if trace in by_trace]
        return bool(blamed or suspects)

    def _wanted_again(self) -> list[Finding]:
        """The findings of today's report that are to be mended, none refused anew."""
        refused = list(self.refused)
        found = self._wanted()
        self.refused = refused
        return found

    def _apply(self, batch: Sequence[Finding]) -> dict[Trace | str, str]:
        """Applies fixes together; where they do not hold nothing has changed.

        Returns:
            Nothing where they hold; else what is to blame -> why: a fix by its trace, or one of those of a document by its path, or of any
            (`_ANYWHERE`).
        """
        edits = [edit for finding in batch if finding.fix for edit in finding.fix.edits]
        changed, unfit = self._changed_by(edits)
        if unfit:
            return _owners(batch, unfit)
        report = self._look(changed)
        moved = Moved(edits)
        left = find_left(batch, report.findings, moved)
        added = find_added(self.report.findings, self._judged(report), moved)
        if not left and not added:
            self.changed, self.report = changed, report
            self.mended += batch
            return {}
        harm: dict[Trace | str, str] = {trace_of(one): f"{one.code} would still be found" for one in left}
        for new in added:
            reason = f"it would bring {new.code} at {new.location.path}:{new.location.start.line}"
            harm |= dict.fromkeys(_suspects(batch, new), reason)
        return harm

    def _judged(self, report: Report) -> Iterable[Finding]:
        """What counts against a fix: with accepted findings mended, not that their exceptions are of no use any more."""
        if not self.wish.with_accepted:
            return report.findings
        return [finding for finding in report.findings if not finding.code.startswith("WV")]

    def _changed_by(self, edits: Sequence[Edit]) -> tuple[dict[str, bytes], dict[str, str]]:
        """Today's changed files with these edits made; and why a file cannot be edited, by its path."""
        changed, unfit = dict(self.changed), dict[str, str]()
        by_path: dict[str, list[Edit]] = {}
        for edit in edits:
            by_path.setdefault(edit.path, []).append(edit)
        for path, own in by_path.items():
            try:
                data = changed[path] if path in changed else self.tree.read(path, READ_BYTES_LIMIT)
                changed[path] = rewrite(path, data, own)
            except (Unfit, UnreadableError) as error:
                unfit[path] = str(error)
        return changed, unfit


def _disjoint(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose edits do not overlap, the first of those that do; the others are found again in the next round."""
    batch: list[Finding] = []
    taken: dict[str, list[Edit]] = {}
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        if not any(overlaps([edit], taken.get(edit.path, ())) for edit in edits):
            batch.append(finding)
            for edit in edits:
                taken.setdefault(edit.path, []).append(edit)
    return batch


def _owners(batch: Sequence[Finding], unfit: Mapping[str, str]) -> dict[Trace | str, str]:
    """The documents whose fixes edit a file that cannot be edited, and why."""
    return {
        finding.location.path: unfit[edit.path]
        for finding in batch
        for edit in (finding.fix.edits if finding.fix else ())
        if edit.path in unfit
    }


def _suspects(batch: Sequence[Finding], new: Finding) -> Iterable[Trace | str]:
    """What may have brought a finding: the fixes on its line, else those of its document, else those of documents that it names, else any."""
    if len(batch) == 1:
        return [trace_of(batch[0])]
    near = [trace_of(one) for one in batch if _is_on_line(one, new)]
    if near:
        return near
    edited = {edit.path: one.location.path for one in batch if one.fix for edit in one.fix.edits}
    if new.location.path in edited:
        return [edited[new.location.path]]
    named = {edited[place.path] for place in new.related if place.path in edited}
    return named or [_ANYWHERE]


def _is_on_line(finding: Finding, other: Finding) -> bool:
    """Whether a fix edits the line on which another finding stands."""
    place = other.location
    edits = finding.fix.edits if finding.fix else ()
    return any((edit.path, edit.start.line) == (place.path, place.start.line) for edit in edits)
