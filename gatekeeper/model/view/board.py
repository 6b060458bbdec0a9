"""What a dashboard shows: gates, items with their evidence, claims, contradictions, exceptions and the trend."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.verdict import Gate, GateState
from gatekeeper.model.report import Change, Report
from gatekeeper.model.status import Status


class ProofState(StrEnum):
    """How a piece of evidence stands, for people; STALE was found, and is older than the law allows."""

    FOUND = "found"
    MISSING = "missing"
    STALE = "stale"
    TEMPLATE = "template"
    EMPTY = "empty"
    UNTRACKED = "untracked"
    UNCHECKED = "unchecked"


class Proof(Struct, frozen=True):
    """One piece of evidence of an item.

    Attributes:
        target: as written.
        path: the tracked path that it leads to; "" where it leads to none or to several.
        line: 1-based line of the document on which it stands.
        changed: the last commit that changed that path; None where there is none or nobody looked.
    """

    target: str
    state: ProofState
    path: str = ""
    line: int = 0
    changed: Change | None = None


class ItemView(Struct, frozen=True):
    """One item of a document.

    Attributes:
        raw: its status as written; "" where the document gives none.
        unit: the unit of work that it is or belongs to, as a person writes it ("Sprint 5"); "" when none is known.
        gate: name of its gate as `Gate.name` has it; "" without one.
        changed: the last commit that changed its line; None where there is none or nobody looked.
        codes: codes of the active findings at its lines, sorted, each once.
    """

    location: Location
    id: str
    kind: str
    title: str
    raw: str
    status: Status
    unit: str = ""
    gate: str = ""
    owner: str = ""
    evidence: tuple[Proof, ...] = ()
    changed: Change | None = None
    codes: tuple[str, ...] = ()


class ClaimView(Struct, frozen=True):
    """One claim of a document.

    Attributes:
        source: the place that confirms or denies it, in words; "" for one that is only asserted.
    """

    location: Location
    text: str
    verdict: ClaimVerdict
    source: str = ""


class Point(Struct, frozen=True):
    """How the repository stood at one commit.

    Attributes:
        commit: whole id in hex; date: the committer's (ISO 8601).
        gates: how many gates stood in each state.
        done: how many items were done, of `items` in all.
        errors: how many active errors there were; likewise warnings.
    """

    commit: str
    date: str
    gates: tuple[tuple[GateState, int], ...]
    items: int
    done: int
    errors: int
    warnings: int


class Board(Struct, frozen=True):
    """Everything that a dashboard shows of one run.

    Attributes:
        report: the run itself, with contradictions and waivers.
        gates: in the order of the law, then of their units.
        items: by path and line.
        claims: by path and line.
        trend: oldest first; empty where nobody asked for it or history is not there.
        today: ISO 8601 day of the run.
        title: what the repository is called.
    """

    report: Report
    gates: tuple[Gate, ...] = ()
    items: tuple[ItemView, ...] = ()
    claims: tuple[ClaimView, ...] = ()
    trend: tuple[Point, ...] = ()
    today: str = ""
    title: str = ""
