"""The findings of a change: those in its files, and those elsewhere that were not there before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from gatekeeper.engine.history.memo import WHOLE_TREE_BYTES, ParseMemo
from gatekeeper.engine.kept.commit import known_of
from gatekeeper.engine.session import RunSettings, Watch, check, survey
from gatekeeper.engine.staged.story import Stories
from gatekeeper.model.errors import GatekeeperError
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.project import Tree
from gatekeeper.model.report import Report
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.staged.change import FileChanges


class Base(Struct, frozen=True):
    """What a change builds upon.

    Attributes:
        law: gives the law that this tree holds; may raise GatekeeperError.
    """

    tree: Tree
    law: Callable[[], Policy]


class ChangeAsked(Struct, frozen=True):
    """Which change is judged, and what of it is reported on.

    Attributes:
        bases: none for a first commit, two for a merge.
        paths: repo-relative files and folders to report on; None for those that the change touches.
        is_meant: whether findings of a rule are asked for, by its code.
        cache: what earlier runs found; a commit that was judged once is not judged again.
    """

    changes: FileChanges
    bases: tuple[Base, ...] = ()
    paths: tuple[str, ...] | None = None
    is_meant: Callable[[str], bool] = field(default=lambda code: True)
    cache: Cache = field(default_factory=lambda: Cache(""))


def judge_change(tree: Tree, settings: RunSettings, asked: ChangeAsked, watch: Watch = lambda path: None) -> Report:
    """The outcome of holding a change against the whole of a tree, the change included.

    Every document is read, because one that nobody touched may speak of the same work or cite what is gone. Reported are the findings in files that
    are asked for, those that point at a touched file, and those elsewhere that no base has.

    Raises:
        GatekeeperError: the policy or the tree cannot be used; what is wrong with a base alone is no obstacle.
    """
    memo = ParseMemo(settings.parse, WHOLE_TREE_BYTES)
    report, project, _ = survey(tree, replace(settings, paths=(), parse=memo), watch)
    wanted = [finding for finding in report.findings if asked.is_meant(finding.code)]
    near = {id(finding) for finding in wanted if _is_near(finding, asked)}
    far = [one for one in wanted if id(one) not in near and one.location.path not in asked.changes.touched]
    far = [one for one in far if one.disposition is Disposition.ACTIVE]
    fresh = {id(finding) for finding in _fresh(far, settings, asked, memo)}
    stories = Stories(project, asked.changes, [base.tree for base in asked.bases], settings.policy)
    return replace(
        report,
        findings=tuple(stories.tell(one) for one in wanted if id(one) in near | fresh),
        rules=tuple(info for info in report.rules if asked.is_meant(info.code)),
        older=len(far) - len(fresh),
    )


def _is_near(finding: Finding, asked: ChangeAsked) -> bool:
    """Whether a finding lies in a file that is asked for, or names a place in one that the change touches."""
    if any(place.path in asked.changes.touched and _is_asked(place.path, asked) for place in finding.related):
        return True
    return _is_asked(finding.location.path, asked)


def _is_asked(path: str, asked: ChangeAsked) -> bool:
    if asked.paths is None:
        return path in asked.changes.touched
    return any(not one or f"{path}/".startswith(f"{one}/") for one in asked.paths)


def _fresh(far: list[Finding], settings: RunSettings, asked: ChangeAsked, memo: ParseMemo) -> Iterable[Finding]:
    """The findings that no base has; where there is none to compare, no base is looked at."""
    left = far
    for base in asked.bases:
        if left:
            known = _known(base, settings, memo, asked.cache)
            left = [finding for finding in left if finding.fingerprint not in known]
    return left


def _known(base: Base, settings: RunSettings, memo: ParseMemo, cache: Cache) -> frozenset[str]:
    """The fingerprints of what is wrong with a base under its own law.

    A law that was broken there does not count: the change may be what mends it. Where the base cannot be judged at all, nothing is known of it, so
    that whatever is wrong now is new.
    """
    own = settings.policy
    try:
        law = base.law()
    except GatekeeperError:
        law = own
    trusted = settings.trusted
    past = replace(settings, trusted=replace(trusted, proposed=law)) if trusted else replace(settings, policy=law)
    # What is remembered was read by the words of this law.
    parse = memo if past.policy == own else ParseMemo(settings.parse)
    past = replace(past, paths=(), parse=parse)

    def find() -> frozenset[str]:
        report = check(base.tree, past)
        return frozenset(one.fingerprint for one in report.findings if one.disposition is Disposition.ACTIVE)

    try:
        return known_of(cache, base.tree, past, find)
    except GatekeeperError:
        return frozenset()
