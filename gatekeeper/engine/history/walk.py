"""One walk back through the log: what each commit made of each item."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.engine.history.query import Query
from gatekeeper.engine.history.versions import Listed, Version, Versions, find_renames, pair_items
from gatekeeper.link.evidence import Resolver
from gatekeeper.link.listing import Listing
from gatekeeper.link.targets import Targets
from gatekeeper.model.document import Document, EvidenceRef
from gatekeeper.model.project import EvidenceBasis, EvidenceState
from gatekeeper.model.status import Status
from gatekeeper.model.view.move import Moment, Move, MoveKind, PastProof, ProofStanding
from gatekeeper.repo.past.listing import PathListing
from gatekeeper.repo.past.log import FileChange, LoggedCommit
from gatekeeper.repo.past.past import PastLog

FLOW = (Status.QUEUED, Status.READY, Status.IN_PROGRESS, Status.REVIEW, Status.DONE)
"""The states through which work goes, in their usual order."""

_ENDED = frozenset({Status.DONE, Status.CANCELLED, Status.UNKNOWN})

Thread = tuple[str, int]
"""One item through all of its versions: its document's newest path, and a number."""


class Step(Struct, frozen=True):
    """What one commit made of one item, and the thread to which that belongs."""

    move: Move
    thread: Thread


class Walk:
    """Goes back from the head, commit by commit.

    Attributes:
        commits: how many it has looked at.
        newest: number of a thread -> its item's id, or title, and its title, as they were last written.
        heads: path -> the newest version of each document; only for a walk that traces every item.
    """

    def __init__(
        self, past: PastLog, versions: Versions, since: str = "", query: Query | None = None, *, traces: bool = False
    ) -> None:
        """A walk.

        Args:
            past: the history.
            versions: reads documents of past commits.
            since: ISO 8601 day; what was committed before is passed over.
            query: what is asked for; None for every item.
            traces: whether to tell every item's thread.
        """
        self.heads: dict[str, Version] = {}
        self._query = query
        self._traces = traces
        self.commits = 0
        self._past = past
        self._versions = versions
        self._since = since
        # Path in the commit at hand -> path in the newest commit that has the document.
        self._names: dict[str, str] = {}
        # Path and blob of a version -> number of an item in it -> number of the thread on which it hangs.
        self._threads: dict[tuple[str, str], dict[int, int]] = {}
        self.newest: dict[int, tuple[str, str]] = {}

    def iter_steps(self, kinds: frozenset[MoveKind]) -> Iterator[Step]:
        """What happened, of these kinds, newest commit first, in a commit by path and line.

        Raises:
            GitError: git failed or did not answer in time.
        """
        listing = self._past.listing()
        for commit in self._past.iter_log():
            self.commits += 1
            pairs = self._pairs(commit.changes)
            if commit.committed[:10] >= self._since:
                steps = [step for pair in pairs for step in self._steps(pair, commit, listing, kinds)]
                yield from sorted(steps, key=lambda step: (step.move.path, step.move.line, step.move.subject))
            for old, new in pairs:
                if old and new and old.path != new.path:
                    self._names[old.path] = self._names.pop(new.path, new.path)
            listing.undo(commit.changes)

    def _pairs(self, changes: tuple[FileChange, ...]) -> list[tuple[_Side | None, _Side | None]]:
        """The documents that a commit changed, before and after, renamed ones joined."""
        mine = [change for change in changes if self._versions.is_document(change.path)]
        gone = {change.path: change.before for change in mine if change.before and not change.after}
        come = {change.path: change.after for change in mine if change.after and not change.before}
        moved = find_renames(gone, come, self._versions.lines) if gone and come else {}
        pairs: list[tuple[_Side | None, _Side | None]] = []
        for change in mine:
            before = _Side(change.path, change.before) if change.before else None
            after = _Side(change.path, change.after) if change.after else None
            if after and change.path in moved:
                before = _Side(moved[change.path], gone[moved[change.path]])
            elif change.path in moved.values():
                continue
            if ((before or after) and (before is None or after is None or before.blob != after.blob)) or (
                before and after and before.path != after.path
            ):
                pairs.append((before, after))
        return pairs

    def _steps(
        self,
        pair: tuple[_Side | None, _Side | None],
        commit: LoggedCommit,
        listing: PathListing,
        kinds: frozenset[MoveKind],
    ) -> Iterator[Step]:
        old, new = pair
        if (old is None or new is None) and kinds == {MoveKind.MOVED}:
            return
        if not self._may_matter(old, new):
            return
        path = new.path if new else old.path if old else ""
        after = self._versions.newer(path, new.blob if new else None)
        before = self._versions.older(old.path if old else path, old.blob if old else None)
        proofs = _Proofs(listing)
        document = self._names.get(path, path)
        if self._traces and path == document and path in listing.files:
            self.heads.setdefault(path, after)
        for one, other in pair_items(before, after):
            number = self._thread(before, one, after, other)
            move = _move(one, other, before, after, document, commit) if number is not None else None
            if number is None or move is None or move.kind not in kinds:
                continue
            found = proofs.of(after.document, other) if other is not None and after.document is not None else ()
            yield Step(replace(move, proofs=found), (document, number))

    def _may_matter(self, old: _Side | None, new: _Side | None) -> bool:
        """Whether a change of a document may have to do with what is asked for."""
        if self._query is None or (new is not None and (new.path, new.blob) in self._threads):
            return True
        query = self._query
        return any(self._versions.may_mean(query, side.blob) for side in (old, new) if side is not None)

    def _thread(self, before: Version, one: Listed | None, after: Version, other: Listed | None) -> int | None:
        """The number of the thread on which an item hangs; the older version inherits that of the newer. None for what is not asked for."""
        if self._query is None and not self._traces:
            return 0
        number = None if other is None else self._threads.get((after.path, after.blob), {}).get(other.place)
        if number is None:
            if not any(self._is_wanted(it) for it in (one, other) if it is not None):
                return None
            number = len(self.newest)
            newest = other or one
            self.newest[number] = (newest.subject, newest.title) if newest else ("", "")
            if other is not None:
                self._threads.setdefault((after.path, after.blob), {})[other.place] = number
        if one is not None:
            self._threads.setdefault((before.path, before.blob), {})[one.place] = number
        return number

    def thread_of(self, version: Version, place: int) -> int | None:
        """The number of the thread of an item of a version that was looked at."""
        return self._threads.get((version.path, version.blob), {}).get(place)

    def _is_wanted(self, one: Listed) -> bool:
        query = self._query
        return query is None or query.wants(one.key, (one.id, one.title), one.gate)


class _Side(Struct, frozen=True):
    """A document in a commit or in the one before."""

    path: str
    blob: str


class _Proofs:
    """Says of evidence whether it stood, by the paths of one commit; the listing is taken when it is first needed."""

    def __init__(self, listing: PathListing) -> None:
        self._listing = listing
        self._resolver: Resolver | None = None

    def of(self, document: Document, one: Listed) -> tuple[PastProof, ...]:
        position = document.source.position
        return tuple(
            PastProof(ref.target, position(ref.span.start).line, self._standing(document, ref))
            for ref in one.item.evidence
        )

    def _standing(self, document: Document, ref: EvidenceRef) -> ProofStanding:
        if not ref.kind.is_path_like or ref.path is None:
            return ProofStanding.UNCHECKED
        if self._resolver is None:
            tree = self._listing.freeze()
            self._resolver = Resolver(Listing(tree), Targets((), tree), with_hints=False)
        fact = self._resolver.resolve(document, ref, look_inside=False)
        if fact.state is EvidenceState.FOUND:
            return ProofStanding.FOUND
        # What one file elsewhere ends like is probable, and neither found nor missing.
        is_missing = fact.state is EvidenceState.MISSING and fact.basis is EvidenceBasis.NONE
        return ProofStanding.MISSING if is_missing else ProofStanding.UNCHECKED


def _skipped(one: Listed, other: Listed, before: Version, after: Version) -> tuple[Status, ...]:
    """The states of the usual flow that a move forward passed over, of those that marks of its sort have in the document."""
    was, now = one.stand.status, other.stand.status
    if was not in FLOW or now not in FLOW or one.sort != other.sort:
        return ()
    known = before.states.get(one.sort, frozenset()) | after.states.get(one.sort, frozenset())
    return tuple(status for status in FLOW[FLOW.index(was) + 1 : FLOW.index(now)] if status in known)


def _move(
    one: Listed | None, other: Listed | None, before: Version, after: Version, document: str, commit: LoggedCommit
) -> Move | None:
    """What became of an item; None where its status is what it was."""
    shown, version = (other, after) if other is not None else (one, before)
    if shown is None or (one is not None and other is not None and one.stand.status is other.stand.status):
        return None
    was, now = one.stand if one else None, other.stand if other else None
    kind = MoveKind.MOVED if was and now else MoveKind.FIRST if now else MoveKind.GONE
    return Move(
        kind=kind,
        subject=shown.subject,
        title=shown.title,
        item=shown.kind,
        path=version.path,
        line=shown.line,
        document=document,
        before=was,
        after=now,
        moment=Moment(commit.commit, commit.committed, commit.authored),
        skipped=_skipped(one, other, before, after) if one and other else (),
        is_reopened=bool(was and now and was.status is Status.DONE and now.status not in _ENDED),
    )
