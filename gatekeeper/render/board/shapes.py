"""The shape of `gatekeeper dashboard --format json`, which is also what templates are given."""

from __future__ import annotations

from typing import Annotated, TypedDict

from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.finding import Severity
from gatekeeper.model.gate.verdict import Demand, GateState
from gatekeeper.model.status import Status
from gatekeeper.model.view.board import ProofState
from gatekeeper.render.gate.shapes import TurnJson
from gatekeeper.render.shapes import (
    Column,
    Line,
    Path,
    PolicyJson,
    SayingJson,
    SchemaVersion,
    SeverityCountsJson,
    ToolJson,
    WaiverJson,
)

Url = Annotated[str, "Address of the line at the commit; empty where none is known."]


class PlaceJson(TypedDict):
    """A place in a file."""

    path: Path
    line: Line
    column: Column
    url: Url


class ActionJson(TypedDict):
    """One thing to do."""

    text: Annotated[str, "An imperative sentence without a final dot."]
    owner: Annotated[str, "Who the documents say does it; empty when nobody is named."]
    command: Annotated[str, "A command that does it or shows that it is done; empty without one."]
    path: Path
    line: Line
    column: Column
    url: Url


class RequirementJson(TypedDict):
    """One thing that a gate needs, and how it stands."""

    name: Annotated[str, "What tells it from the gate's others; stable from run to run."]
    demand: Annotated[Demand, "What kind of thing is needed."]
    title: Annotated[str, "What is needed, in a few words."]
    state: Annotated[GateState, "How it stands."]
    reason: Annotated[str, "Why it stands so, one sentence without a final dot."]
    places: Annotated[list[PlaceJson], "What the reason stands on, the decisive one first."]
    actions: Annotated[list[ActionJson], "What would meet it, in order."]
    where: Annotated[str, "path:line:column of the policy that asks for it; empty where documents do."]
    until: Annotated[str, "Last day on which it stands so by the calendar; empty where no day changes it."]


class DashboardSayingJson(SayingJson):
    """What one place says of an item or a gate."""

    url: Url


class GateJson(TypedDict):
    """A checkpoint with its verdict."""

    name: Annotated[str, "The name that most documents use, or the policy's."]
    state: Annotated[GateState, "The verdict; unknown is what nothing supports and nothing denies."]
    unit: Annotated[str, "The unit of work that it closes; empty without one."]
    aliases: Annotated[list[str], "Its other names, sorted."]
    owner: Annotated[str, "Who answers for it; empty when nobody is named."]
    requirements: Annotated[list[RequirementJson], "What it needs: by the law first, then by documents."]
    decisions: Annotated[list[DashboardSayingJson], "What documents say of the gate itself, by path and line."]
    turn: Annotated[TurnJson | None, "When it turns by the calendar; null where no day does that."]
    places: Annotated[list[PlaceJson], "Where documents name it."]


class GateCountsJson(TypedDict):
    """Gates by verdict."""

    met: Annotated[int, "Gates that are met."]
    unmet: Annotated[int, "Gates that are not met."]
    waived: Annotated[int, "Gates that are met but for what is waived."]
    unknown: Annotated[int, "Gates that nothing supports."]


class CellJson(TypedDict):
    """The items of one unit at one gate."""

    items: Annotated[int, "How many there are."]
    known: Annotated[int, "How many have a status and were not cancelled."]
    done: Annotated[int, "How many are done."]
    troubled: Annotated[int, "How many have active findings, or offer evidence that is not there or is none."]


class GridRowJson(TypedDict):
    """One unit of work across all columns."""

    unit: Annotated[str, "The unit; empty for items of no unit."]
    total: Annotated[CellJson, "All items of the unit."]
    cells: Annotated[list[CellJson | None], "One for each column; null where the unit has no item there."]


class GridJson(TypedDict):
    """Units of work by gate, or by another unit or by status where there are no gates."""

    across: Annotated[str, "What the columns are: gate or status."]
    columns: Annotated[list[str], "Names of the columns; empty for what has no gate."]
    rows: Annotated[list[GridRowJson], "The units, in their order."]


class ChangeJson(TypedDict):
    """A commit that changed something."""

    commit: Annotated[str, "Whole id in hex."]
    date: Annotated[str, "The committer's day, ISO 8601."]


class ProofJson(TypedDict):
    """One piece of evidence."""

    target: Annotated[str, "As written."]
    state: Annotated[ProofState, "How it stands."]
    path: Annotated[str, "The tracked path that it leads to; empty where it leads to none or several."]
    line: Annotated[int, "Line of the document on which it stands, counted from 1."]
    url: Annotated[str, "Address of the path at the commit; empty where none is known."]
    changed: Annotated[ChangeJson | None, "The last commit that changed the path; null where none is known."]


class DashboardItemJson(TypedDict):
    """One item of a document."""

    path: Path
    line: Line
    column: Column
    url: Url
    id: Annotated[str, "As written; empty without one."]
    kind: Annotated[str, "The unit of work: sprint, epic, story, task, criterion, entry, item and so on."]
    title: Annotated[str, "One line without Markdown marks."]
    raw_status: Annotated[str, "The status as written; empty where the document gives none."]
    status: Annotated[Status, "What the status means."]
    unit: Annotated[str, "The unit of work that it is or belongs to; empty when none is known."]
    gate: Annotated[str, "Name of its gate; empty without one."]
    owner: Annotated[str, "Who answers for it; empty when nobody is named."]
    evidence: Annotated[list[ProofJson], "What the document offers as proof, in order."]
    changed: Annotated[ChangeJson | None, "The last commit that changed its line; null where none is known."]
    codes: Annotated[list[str], "Codes of the active findings at its lines."]


class DashboardFindingJson(TypedDict):
    """An active finding."""

    path: Path
    line: Line
    column: Column
    url: Url
    code: Annotated[str, "The rule's code."]
    name: Annotated[str, "The rule's name."]
    severity: Annotated[Severity, "How bad it is under the law in force."]
    message: Annotated[str, "What was read and what was expected."]


class DashboardContradictionJson(TypedDict):
    """One item to which several places give different statuses."""

    item: Annotated[str, "The item's id."]
    codes: Annotated[list[str], "The rules that found fault; none where the places may differ by right."]
    sayings: Annotated[list[DashboardSayingJson], "Who says what, by path and line."]


class DashboardClaimJson(TypedDict):
    """A claim and what became of it."""

    path: Path
    line: Line
    column: Column
    url: Url
    text: Annotated[str, "As written."]
    verdict: Annotated[ClaimVerdict, "Verified, refuted, or only asserted."]
    source: Annotated[str, "What it was held against; empty for what is only asserted."]


class DashboardWaiverJson(WaiverJson):
    """A waiver and what it comes to."""

    url: Url


class PointJson(TypedDict):
    """How the repository stood at one commit."""

    commit: Annotated[str, "Whole id in hex."]
    date: Annotated[str, "The committer's day, ISO 8601."]
    gates: GateCountsJson
    items: Annotated[int, "Items in all."]
    done: Annotated[int, "Items that were done."]
    errors: Annotated[int, "Active errors."]
    warnings: Annotated[int, "Active warnings."]


class DashboardSummaryJson(TypedDict):
    """The whole in numbers."""

    documents: Annotated[int, "Documents that were parsed."]
    gates: GateCountsJson
    items: Annotated[dict[str, int], "Items by status, every status named."]
    evidence: Annotated[dict[str, int], "Pieces of evidence by state, every state named."]
    claims: Annotated[dict[str, int], "Claims by verdict, every verdict named."]
    findings: SeverityCountsJson
    waived: Annotated[int, "Findings that a waiver covers."]
    baselined: Annotated[int, "Findings that the baseline accepts."]
    contradictions: Annotated[int, "Items with several statuses."]


class DashboardJson(TypedDict):
    """`gatekeeper dashboard --format json`."""

    schema_version: SchemaVersion
    tool: ToolJson
    policy: PolicyJson
    title: Annotated[str, "What the repository is called."]
    today: Annotated[str, "The day that counted as today, ISO 8601."]
    revision: Annotated[str | None, "Commit that was checked out; null without git or before the first commit."]
    revision_url: Annotated[str, "Address of that commit; empty where none is known."]
    summary: DashboardSummaryJson
    gates: Annotated[list[GateJson], "In their order."]
    grid: GridJson
    items: Annotated[list[DashboardItemJson], "By path and line."]
    findings: Annotated[list[DashboardFindingJson], "Those that count, by path and line."]
    contradictions: Annotated[list[DashboardContradictionJson], "Those with findings first."]
    claims: Annotated[list[DashboardClaimJson], "By path and line."]
    waivers: Annotated[list[DashboardWaiverJson], "By last day."]
    trend: Annotated[list[PointJson], "Oldest first; empty where nobody asked or history is not there."]
