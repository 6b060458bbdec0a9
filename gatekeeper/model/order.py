"""What stands before what: gates by name, numbered runs, needs, log entries, and what a document says comes next."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gatekeeper.model.document import LogEntry
from gatekeeper.model.status import Status
from gatekeeper.model.subject import series_of
from gatekeeper.model.text import SourceText, Span


class Place(Struct, frozen=True):
    """Words in one document, and where they stand."""

    source: SourceText
    span: Span
    words: str

    @property
    def path(self) -> str:
        """Repo-relative path of the document."""
        return self.source.path

    @property
    def line(self) -> int:
        """1-based line on which the words begin."""
        return self.source.position(self.span.start).line


class GateNames(Struct, frozen=True):
    """A unit of work whose gate goes by several names in documents of one plan.

    Attributes:
        unit: the unit as a person writes it ("Sprint 9").
        usual: the uses of the name that most documents have, by path.
        others: the uses of other names, one tuple for each document and name, by path.
    """

    unit: str
    usual: tuple[Place, ...]
    others: tuple[tuple[Place, ...], ...]


class UnitNames(Struct, frozen=True):
    """A unit of work that one document calls differently than others of its plan do, with no word in common.

    Attributes:
        unit: the unit as a person writes it ("Feature 7").
        here: the document's own name for it.
        usual: the uses of the name that most documents of the plan have, by path.
        siblings: how many units of its series go by one name in this document and another that differs here.
    """

    unit: str
    here: Place
    usual: tuple[Place, ...]
    siblings: int


class Member(Struct, frozen=True):
    """One numbered unit in a run.

    Attributes:
        number: its numbers, outermost first ("Story 5.3" is 5, 3).
        label: as a person writes it ("Gate 8").
        place: what gives its status; else where it stands.
        own: its row, heading or line.
        status: its own; without one, DONE or QUEUED when all its boxes are ticked or none is; else UNKNOWN.
        raw: the words that give the status; "" where the boxes give it, or nothing does.
        boxes: how many boxes gave the status; 0 where its own words did.
    """

    number: tuple[int, ...]
    label: str
    place: Place
    own: Place
    title: str
    status: Status = Status.UNKNOWN
    raw: str = ""
    boxes: int = 0


class Run(Struct, frozen=True):
    """Numbered units of one kind that one document lists together, in document order.

    Attributes:
        kind: "sprint", "gate", "feature"; "" for ids of their own (`T-01`).
        shape: "table", "list", "map" or "headings".
        members: two or more; numbers may repeat.
        declared: the words by which the document says that one comes after the other; looked for where some are done and others are not.
        mentioned: the numbers of units of this kind that the document names anywhere; looked for where a run leaves one out.
    """

    kind: str
    shape: str
    source: SourceText
    members: tuple[Member, ...]
    declared: Place | None = None
    mentioned: frozenset[int] = frozenset()


class Need(Struct, frozen=True):
    """An item, and another that must be done first.

    Attributes:
        item: the words that name the need.
        label: id or title of the item that needs.
        status: of the item that needs.
        raw: the words that give that status.
        target: the item that is needed.
        is_explicit: whether both stand in one document with words of their own for their status, and the need is an id in a place for needs.
    """

    item: Place
    label: str
    status: Status
    raw: str
    target: Member
    is_explicit: bool


class PriorClaim(Struct, frozen=True):
    """A ticked line that says all earlier gates (or phases) passed, and those that the same document shows open."""

    claim: Place
    open: tuple[Member, ...]


class EntryRun(Struct, frozen=True):
    """Log entries that stand side by side, in document order."""

    source: SourceText
    entries: tuple[LogEntry, ...]
    name: str = ""


class StatusChange(Struct, frozen=True):
    """A log's last word on the status of a unit, and the tracker that it names.

    Attributes:
        change: the log's words.
        label: the unit ("Sprint 01").
        status: what the log says it became.
        shown: the unit in the tracker.
    """

    change: Place
    label: str
    status: Status
    shown: Member


class NextTarget(Struct, frozen=True):
    """A target that a document names as next, and its own words that this is done.

    Attributes:
        by_id: whether the target names the done unit by its id; else the words coincide.
    """

    target: Place
    done: Place
    by_id: bool


class SignOff(Struct, frozen=True):
    """Two dates of one item: when it was completed, and when that was verified; both ISO 8601 calendar dates."""

    completed: Place
    completed_date: str
    verified: Place
    verified_date: str


class LateCompletion(Struct, frozen=True):
    """The day of a document's last update, and a later one of what it shows as done; both ISO 8601 calendar dates.

    Attributes:
        shown: the item of the document that another document completes later; None where the document dates it itself.
        count: how many completions or items are later.
    """

    updated: Place
    updated_date: str
    completed: Place
    completed_date: str
    shown: Place | None = None
    count: int = 1


class Order(Struct, frozen=True):
    """All facts of order; mappings go from a document's path to what it says, in document order."""

    gates: tuple[GateNames, ...] = ()
    runs: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    needs: Mapping[str, tuple[Need, ...]] = field(default_factory=dict)
    priors: Mapping[str, tuple[PriorClaim, ...]] = field(default_factory=dict)
    dated: Mapping[str, tuple[EntryRun, ...]] = field(default_factory=dict)
    numbered: Mapping[str, tuple[EntryRun, ...]] = field(default_factory=dict)
    changes: Mapping[str, tuple[StatusChange, ...]] = field(default_factory=dict)
    targets: Mapping[str, tuple[NextTarget, ...]] = field(default_factory=dict)
    sign_offs: Mapping[str, tuple[SignOff, ...]] = field(default_factory=dict)
    late: Mapping[str, tuple[LateCompletion, ...]] = field(default_factory=dict)


class IndexGap(Struct, frozen=True):
    """A list of numbered folders or files that leaves out some that the repository holds.

    Attributes:
        row: the line after which they are missing.
        folder: the folder in which the series stands; "" for the root.
        before: name of the last listed one before them.
        names: the names that are missing, by number; one or more.
    """

    row: Place
    folder: str
    before: str
    names: tuple[str, ...]


class Plans(Struct, frozen=True):
    """Which documents speak of one plan, which of one unit alone, and which list many.

    Attributes:
        leaders: series of ids and document -> the first document of its plan; only those that share one.
        names: key -> the documents that call the unit differently than others of their plan, by path.
        own: document -> key of the one unit that its title, file or folder names.
        listed: document -> the series of ids of which it gives at least three units a status.
        gaps: document -> its lists of numbered folders or files that leave some out, in document order.
    """

    leaders: Mapping[tuple[str, str], str] = field(default_factory=dict)
    names: Mapping[str, tuple[UnitNames, ...]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gaps: Mapping[str, tuple[IndexGap, ...]] = field(default_factory=dict)

    def are_one(self, series: str, one: str, other: str) -> bool:
        """Whether an id of a series means one thing in two documents, because they call its siblings alike."""
        leader = self.leaders.get((series, one))
        return leader is not None and leader == self.leaders.get((series, other))

    def has_own_name(self, key: str, path: str) -> bool:
        """Whether a document calls a unit differently than others of its plan, so that it may mean another thing."""
        return any(name.here.path == path for name in self.names.get(key, ()))

    def is_about(self, path: str, key: str) -> bool:
        """Whether a document is about this unit alone."""
        return self.own.get(path) == key and series_of(key) not in self.listed.get(path, ())
