"""Facts: what the repository holds, and what it says of each reference. No judgement here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from msgspec import Struct, field

from gatekeeper.model.assertion.fact import AssertionFact
from gatekeeper.model.claim import ClaimFact
from gatekeeper.model.contract.fact import ContractFact
from gatekeeper.model.document import Document, EvidenceRef, WorkItem
from gatekeeper.model.environment.fact import EnvironmentFact
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.order import Order, Plans
from gatekeeper.model.report import Change
from gatekeeper.model.subject import Citation, Family, LaneWord, Pointing, Remainder, Ruling, Subject
from gatekeeper.model.view.move import LastMove


class Renames(dict[str, str]):
    """Former path -> path today.

    Attributes:
        sure: those former paths that surely lead to the same file: every move kept the content, or nearly all of it and a name that no other has.
        deleted: paths that a commit deleted, and that nothing tracked has or comes from today.
    """

    def __init__(self, found: Mapping[str, str], sure: Iterable[str] = (), deleted: Iterable[str] = ()) -> None:
        super().__init__(found)
        self.sure = frozenset(sure)
        self.deleted = frozenset(deleted)


class Tree(Protocol):
    """The files of a repository as one listing: of the work tree, the index, a revision, or memory.

    Every path is repo-relative POSIX. Nothing here touches the disk but `read`, `is_present`, `is_ignored` and `renames`.
    """

    @property
    def has_git(self) -> bool:
        """Whether git answered; without it every file found counts as tracked."""

    @property
    def revision(self) -> str | None:
        """Commit id of HEAD in hex; None without git or before the first commit."""

    @property
    def files(self) -> frozenset[str]:
        """Paths that git tracks and that stand on disk, links and submodules among them (without git: every file found)."""

    @property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a tracked path, without trailing slash; the root is ''."""

    @property
    def untracked(self) -> frozenset[str]:
        """Paths on disk that git neither tracks nor ignores."""

    @property
    def empty(self) -> frozenset[str]:
        """Tracked paths whose content is zero bytes."""

    @property
    def symlinks(self) -> frozenset[str]:
        """Tracked and untracked paths that are symbolic links; they are never followed."""

    @property
    def submodules(self) -> frozenset[str]:
        """Tracked paths that are other repositories (gitlinks)."""

    @property
    def sparse(self) -> frozenset[str]:
        """Tracked paths that a sparse checkout leaves out: they count as there, but cannot be read."""

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file inside the root.

        Raises:
            UnreadableError: not there, not a regular file, a link, not permitted, or larger than `limit` bytes.
        """

    def is_present(self, path: str) -> bool:
        """Whether something stands at this path on disk, tracked, ignored or not; False in a bare revision."""

    def is_ignored(self, path: str) -> bool:
        """Whether the .gitignore files would hide a file of this path if it were there; False without git."""

    def renames(self) -> Mapping[str, str]:
        """Former path -> path today, from git's history of renames; asked once, {} without git; `Renames` where it is known which are sure."""

    def find_commits(self, ids: Iterable[str]) -> Mapping[str, bool] | None:
        """Those of these ids, whole or abbreviated, that name an object of the repository; None where history is not all here.

        The value is False for a commit that is neither HEAD's nor one of its ancestors.
        """

    def line_origins(self, lines: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], Change]:
        """(path, line) -> the commit since which a file holds a line, without its line end, just so; absent where none does."""

    def last_changes(self, paths: Collection[str]) -> Mapping[str, Change]:
        """Path -> the last commit that changed it, merges aside; absent where history does not tell."""


class EvidenceState(StrEnum):
    """What the repository says of a reference."""

    FOUND = "found"
    MISSING = "missing"
    UNTRACKED = "untracked"
    OUTSIDE = "outside"
    EMPTY = "empty"
    TEMPLATE = "template"
    AMBIGUOUS = "ambiguous"
    UNCHECKED = "unchecked"


class EvidenceBasis(StrEnum):
    """How a path was resolved, in the order tried."""

    ROOT = "root"
    RELATIVE = "relative"
    BESIDE = "beside"
    GLOB = "glob"
    CASE = "case"
    SUFFIX = "suffix"
    NONE = "none"


class EvidenceFact(Struct, frozen=True):
    """What the repository says of one reference in one document.

    Attributes:
        document: path of the document that holds the reference.
        state: FOUND only on basis ROOT, RELATIVE, BESIDE (in the folder that its line names just before) or GLOB; CASE and SUFFIX hits are
            MISSING or AMBIGUOUS, with `paths` saying what is probable.
        basis: how `paths` came about; NONE when nothing was found.
        paths: tracked paths it resolves to, sorted; for CASE and SUFFIX the probable ones.
        ignored: UNTRACKED only: whether an ignore rule hides it (False: it is just not added).
        renamed_to: where git's history moved the missing target; None when it did not.
        is_same_file: whether what stands at `renamed_to` is surely the file that stood at the missing path.
        was_deleted: whether git's history deleted the missing target.
        similar: tracked paths spelled alike, best first, or only of one name where it was deleted; only for MISSING without a better answer.
        line_count: how many lines the file has, where the reference names lines; None otherwise.
        anchor_found: whether the named heading exists; None where the reference names none or it could not be looked up.
        missing_tests: names of tests beside the reference that do not stand in the file.
        items: the items that offer the reference as evidence, in document order; empty for a link in prose.
    """

    document: str
    ref: EvidenceRef
    state: EvidenceState
    basis: EvidenceBasis = EvidenceBasis.NONE
    paths: tuple[str, ...] = ()
    ignored: bool = False
    renamed_to: str | None = None
    is_same_file: bool = False
    was_deleted: bool = False
    similar: tuple[str, ...] = ()
    line_count: int | None = None
    anchor_found: bool | None = None
    missing_tests: tuple[str, ...] = ()
    items: tuple[WorkItem, ...] = ()


class Project(Struct, frozen=True):
    """Documents and what the tree says of their references.

    Attributes:
        documents: in path order; only those with content or a problem.
        facts: document path -> its evidence facts in document order, one for each distinct `EvidenceRef` of its items.
        operands: document path -> facts of the files that its commands offered as proof need, one for each path, at its first place.
        links: document path -> facts of its Markdown links (`Document.links`), in document order.
        claims: document path -> what was found of its claims, in document order.
        placeholder_tree: whether the tree is a skeleton in which nearly every file is empty, so that emptiness says nothing.
        subjects: things of which several items speak, by key.
        families: document path -> its units of work with their parts, in document order.
        pointings: document path -> what it says of the units that its pointers name, in document order.
        rulings: document path -> its verdicts that speak of the same as an item, in document order.
        remainders: document path -> its sections of what is still to be done, with the item at its head, in document order.
        citations: document path -> its done items that offer other documents as proof, in document order.
        order: what stands before what: gates, runs of units, needs, logs.
        lane_words: what tables of roles say of a role's share, beside what the role itself says.
        plans: which documents call their units alike, and where they do not.
        authority: document -> its rank by the policy, 0 for the one whose word weighs most; others have none.
        lanes: the documents that the policy lets differ by right.
        today: ISO 8601 date that counts as today; "" when nobody said.
        contracts: what became of each contract of the law, in its order.
        environment: what files and code do with variables; None where the law does not speak of them.
        assertions: what became of each assertion of the law, by code.
        gates: the gates of documents and law, with what each needs but for findings; None where nobody looked.
        moves: document path -> its items whose last move history knows, in document order; empty where no rule asks.
    """

    documents: tuple[Document, ...]
    facts: Mapping[str, tuple[EvidenceFact, ...]]
    links: Mapping[str, tuple[EvidenceFact, ...]]
    placeholder_tree: bool = False
    subjects: tuple[Subject, ...] = ()
    families: Mapping[str, tuple[Family, ...]] = field(default_factory=dict)
    claims: Mapping[str, tuple[ClaimFact, ...]] = field(default_factory=dict)
    pointings: Mapping[str, tuple[Pointing, ...]] = field(default_factory=dict)
    rulings: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict)
    remainders: Mapping[str, tuple[Remainder, ...]] = field(default_factory=dict)
    order: Order = field(default_factory=Order)
    citations: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    operands: Mapping[str, tuple[EvidenceFact, ...]] = field(default_factory=dict)
    lane_words: tuple[LaneWord, ...] = ()
    plans: Plans = field(default_factory=Plans)
    authority: Mapping[str, int] = field(default_factory=dict)
    lanes: frozenset[str] = frozenset()
    today: str = ""
    contracts: tuple[ContractFact, ...] = ()
    environment: EnvironmentFact | None = None
    assertions: tuple[AssertionFact, ...] = ()
    gates: tuple[GateFact, ...] | None = None
    moves: Mapping[str, tuple[LastMove, ...]] = field(default_factory=dict)

    @property
    def known_gates(self) -> tuple[GateFact, ...]:
        """The gates; none where nobody looked."""
        return self.gates or ()
