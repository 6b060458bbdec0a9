"""The shapes of the JSON outputs; the committed schemas are generated from them.

Every field carries its description. Fields may be added; to rename or remove one is a breaking change.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from gatekeeper.model.document import DocumentKind, EvidenceKind, ProblemKind
from gatekeeper.model.exception.waiver import Standing
from gatekeeper.model.finding import Disposition, Severity
from gatekeeper.model.fix.fix import Applicability
from gatekeeper.model.report import InputState, RuleStatus
from gatekeeper.model.status import Status, StatusBasis
from gatekeeper.model.text import Newline

SchemaVersion = Annotated[Literal["1"], "Version of this shape; it changes when a field is renamed or removed."]
Path = Annotated[str, "Path from the repository's root, with forward slashes."]
Line = Annotated[int, "Line, counted from 1."]
Column = Annotated[int, "Column in code points, counted from 1."]
EndLine = Annotated[int, "Line on which the place ends, counted from 1."]
EndColumn = Annotated[int, "Column just after the place's last character."]


class ToolJson(TypedDict):
    """What made this output."""

    name: Annotated[str, "Always gatekeeper."]
    version: Annotated[str, "The version that ran."]


class PolicyJson(TypedDict):
    """The law that was applied."""

    sha256: Annotated[
        str, "Digest over all sources in their order, in hex; that of the file where it is the only one; empty without."
    ]
    sources: Annotated[list[str], "Where the law came from, lowest precedence first; shipped packs as pack:name."]
    digests: Annotated[dict[str, str], "Digest of each source's bytes, in hex."]
    trusted: Annotated[str | None, "Commit whose law was applied, as it was named; null for the work tree's own."]


class SeverityCountsJson(TypedDict):
    """Active findings by severity."""

    error: Annotated[int, "Active errors."]
    warning: Annotated[int, "Active warnings."]
    note: Annotated[int, "Active notes."]


class SummaryJson(TypedDict):
    """What was looked at and how much was found."""

    documents: Annotated[int, "Documents that were parsed."]
    items: Annotated[int, "Items with a status, or with a place for one."]
    evidence: Annotated[int, "Evidence references that were checked."]
    contracts: Annotated[int, "Contracts of the policy that were held."]
    findings: Annotated[SeverityCountsJson, "Active findings by severity."]
    waived: Annotated[int, "Findings that a waiver covers."]
    baselined: Annotated[int, "Findings that the baseline accepts."]
    set_aside: Annotated[int, "Files that were looked at and set aside."]
    unreadable: Annotated[int, "Files that could not be read."]
    older: Annotated[
        int | None,
        "Findings outside of the change that were there before it, and are left out; null unless a change was judged.",
    ]


class RelatedJson(TypedDict):
    """Another place that belongs to a finding."""

    path: Path
    line: Line
    column: Column
    end_line: EndLine
    end_column: EndColumn
    message: Annotated[str, "What stands at this place."]


class AcceptanceJson(TypedDict):
    """Who takes a finding upon themselves."""

    owner: Annotated[str, "Who sees to it; empty when nobody is named."]
    reason: Annotated[str, "Why it is accepted for now."]
    until: Annotated[str, "The last day, as 2026-12-31."]
    ticket: Annotated[str, "Where the mending is tracked; empty without one."]
    approved_by: Annotated[str, "Who approved it; empty when nobody is named."]
    path: Path
    line: Line


class EditJson(TypedDict):
    """Other words in the place of some, on one line."""

    path: Path
    line: Line
    column: Column
    end_line: EndLine
    end_column: EndColumn
    start: Annotated[int, "Where it begins, in code points from the start of the text, without a byte order mark."]
    end: Annotated[int, "Just after its last code point."]
    old: Annotated[str, "The words that stand there."]
    new: Annotated[str, "The words that are to stand there."]


class FixJson(TypedDict):
    """What would mend a finding."""

    description: Annotated[str, "What is written, and why it is right."]
    applicability: Annotated[Applicability, "Whether it may be applied unseen."]
    edits: Annotated[list[EditJson], "One or more, in document order."]


class FindingJson(TypedDict):
    """One defect and its place."""

    code: Annotated[str, "The rule's code: two letters and three digits, or that of an assertion."]
    name: Annotated[str, "The rule's name."]
    severity: Annotated[Severity, "How bad it is under the law in force."]
    message: Annotated[str, "What was read and what was expected, in one sentence."]
    path: Path
    line: Line
    column: Column
    end_line: EndLine
    end_column: EndColumn
    fingerprint: Annotated[str, "Identity that stays when lines move."]
    disposition: Annotated[Disposition, "Whether it counts; waived and baselined findings do not."]
    waiver: Annotated[AcceptanceJson | None, "What waives it; null unless it is waived."]
    related: Annotated[list[RelatedJson], "The other places that belong to it."]
    help: Annotated[str, "What to do about it; empty when the rule's page says all."]
    fix: Annotated[FixJson | None, "What would mend it; null where only a person can tell."]


class InputJson(TypedDict):
    """One file that was looked at."""

    path: Path
    state: Annotated[InputState, "What became of it."]
    reason: Annotated[str, "Why it was set aside or unreadable; for a parsed file why it has its kind."]
    kind: Annotated[str, "The document's kind; empty unless parsed."]
    sha256: Annotated[str, "Digest of its bytes in hex; empty when they were not read."]
    items: Annotated[int, "How many items it has."]


class SayingJson(TypedDict):
    """What one place says of an item."""

    path: Path
    line: Line
    column: Column
    who: Annotated[str, "The role or owner that speaks; empty when nobody is named."]
    raw_status: Annotated[str, "The status as written."]
    status: Annotated[Status, "What it means."]
    since: Annotated[
        str | None,
        "Id of the commit since which the line reads so; null where it is not committed, or history does not tell.",
    ]
    since_date: Annotated[str | None, "The day of that commit, ISO 8601."]


class ContradictionJson(TypedDict):
    """One item to which several places give different statuses."""

    item: Annotated[str, "The item's id."]
    codes: Annotated[
        list[str], "The rules that found fault with one of the places; none where they may differ by right."
    ]
    sayings: Annotated[list[SayingJson], "Who says what, by path and line."]


class RuleJson(TypedDict):
    """A rule's card."""

    code: Annotated[str, "Two letters for the family and three digits, or that of an assertion."]
    name: Annotated[str, "Kebab case; names the defect."]
    severity: Annotated[Severity, "The default; a policy may change it."]
    status: Annotated[RuleStatus, "Where the rule stands in its life."]
    since: Annotated[str, "The version that brought it; empty for an assertion."]
    summary: Annotated[str, "What it reports, in one sentence."]


class RulePageJson(RuleJson):
    """A rule's card with its page."""

    page: Annotated[str, "The whole page, in Markdown."]


class RulesJson(TypedDict):
    """`gatekeeper rule --format json`."""

    schema_version: SchemaVersion
    rules: Annotated[list[RulePageJson], "The rules, by code."]


class ReportJson(TypedDict):
    """`gatekeeper check --format json`."""

    schema_version: SchemaVersion
    tool: ToolJson
    policy: PolicyJson
    revision: Annotated[str | None, "Commit that was checked out; null without git or before the first commit."]
    summary: SummaryJson
    findings: Annotated[
        list[FindingJson], "Ordered by path, line, column and code; waived and baselined ones included."
    ]
    contradictions: Annotated[
        list[ContradictionJson] | None,
        "Items with different statuses, those with findings first; null unless asked for.",
    ]
    inputs: Annotated[list[InputJson], "Every file that was looked at, by path."]
    rules: Annotated[list[RuleJson], "The rules that ran, by code."]


class FaultJson(TypedDict):
    """One thing that is wrong with a policy."""

    where: Annotated[str, "Its place as path:line:column; of a shipped pack as pack:name:line:column."]
    message: Annotated[str, "What was read and what was expected."]
    hint: Annotated[str, "What to do."]


class PolicyCheckJson(TypedDict):
    """`gatekeeper policy check --format json`."""

    schema_version: SchemaVersion
    valid: Annotated[bool, "Whether the policy can be law."]
    digests: Annotated[dict[str, str], "Digest of each source, the last one wins; empty where it is not valid."]
    faults: Annotated[list[FaultJson], "Everything that is wrong, in the order of the file."]


class PolicyLineJson(TypedDict):
    """One setting of the law in force."""

    path: Annotated[list[str], "The names on the way to it, section first."]
    value: Annotated[object, "What it is set to."]
    where: Annotated[str, "Its place as path:line:column; of a shipped pack as pack:name:line:column."]


class PolicyShowJson(TypedDict):
    """`gatekeeper policy show --format json`."""

    schema_version: SchemaVersion
    sha256: Annotated[str, "Digest over all sources in their order, in hex; empty without a policy file."]
    sources: Annotated[list[str], "Where the law came from, lowest precedence first."]
    digests: Annotated[dict[str, str], "Digest of each source's bytes, in hex."]
    settings: Annotated[list[PolicyLineJson], "What the law sets, by section."]


class BaselineEntryJson(TypedDict):
    """Findings that are accepted; equal ones are counted."""

    rule: Annotated[str, "Code of the rule."]
    path: Annotated[str, "The document when they were accepted."]
    subject: Annotated[str, "What they are about."]
    fingerprint: Annotated[str, "Identity of the first of them."]
    count: Annotated[int, "How many there are."]


class BaselineJson(TypedDict):
    """The file that `gatekeeper baseline` writes."""

    schema_version: SchemaVersion
    findings: Annotated[list[BaselineEntryJson], "By path, rule and fingerprint."]


class WaiverJson(TypedDict):
    """A waiver and what it comes to."""

    code: Annotated[str, "Code of the rule that it waives."]
    standing: Annotated[Standing, "Whether it holds, and if not why."]
    expires: Annotated[str, "Its last day, as 2026-12-31; empty without an end."]
    days_left: Annotated[int | None, "Days until its last day, negative once it has ended; null without an end."]
    scope: Annotated[str, "What it covers, in words."]
    reason: Annotated[str, "Why the findings are accepted for now."]
    owner: Annotated[str, "Who sees to it; empty when nobody is named."]
    approved_by: Annotated[str, "Who approved it; empty when nobody is named."]
    ticket: Annotated[str, "Where the mending is tracked; empty without one."]
    path: Path
    line: Line
    covers: Annotated[list[RelatedJson], "The findings in its scope, whether it holds or not."]


class WaiversJson(TypedDict):
    """`gatekeeper waivers --format json`."""

    schema_version: SchemaVersion
    waivers: Annotated[list[WaiverJson], "By last day, then by place."]


class EncodingJson(TypedDict):
    """How a document's bytes became text."""

    mojibake: Annotated[bool, "Whether the text is UTF-8 that was once misread and encoded again."]
    bom: Annotated[bool, "Whether the bytes begin with a byte order mark."]
    newline: Annotated[Newline, "The line ends in use."]
    name: Annotated[str, "The codec that decoded the bytes."]


class LegendJson(TypedDict):
    """One status token that the document defines for itself."""

    token: Annotated[str, "As written."]
    status: Annotated[Status, "What it means."]
    line: Line


class EvidenceJson(TypedDict):
    """A pointer to proof."""

    target: Annotated[str, "Exactly as written, without backticks."]
    kind: Annotated[EvidenceKind, "What it points at, by its spelling."]
    line: Line
    column: Column


class ItemJson(TypedDict):
    """A thing with a status, or with a place for one."""

    line: Annotated[int, "Line that carries the status, counted from 1."]
    column: Column
    id: Annotated[str | None, "As written; null without one."]
    kind: Annotated[str, "The unit of work: sprint, epic, story, phase, chunk, gate, task, criterion, entry or item."]
    title: Annotated[str, "One line without Markdown marks."]
    raw_status: Annotated[str | None, "The status as written; null where the document gives none."]
    status: Annotated[Status, "What the status means."]
    basis: Annotated[StatusBasis, "What gave the status its meaning."]
    gate: Annotated[str | None, "Gate to which the item belongs; null without one."]
    parent: Annotated[str | None, "Id or title of the item above; null at the top."]
    refs: Annotated[list[str], "Commits, pull requests, issues and item ids that it names."]
    owner: Annotated[str | None, "Who answers for it; null where the document does not say."]
    evidence: Annotated[list[EvidenceJson], "What the document offers as proof of this item."]


class EntryJson(TypedDict):
    """One dated or numbered entry of a progress log."""

    line: Line
    title: Annotated[str, "The entry's heading."]
    date: Annotated[str | None, "Calendar date (ISO 8601); null without one."]
    number: Annotated[int | None, "The entry's own number; null without one."]
    artifacts: Annotated[list[EvidenceJson], "Files that it says it made or changed."]
    validations: Annotated[list[EvidenceJson], "Commands that it says passed."]
    next: Annotated[list[str], "Next targets, as written."]


class ClaimJson(TypedDict):
    """A number or assertion that can be recomputed."""

    line: Line
    column: Column
    kind: Annotated[str, "What is claimed: ratio, percent, count, all, lines, tests, command, digest or commit."]
    text: Annotated[str, "As written."]
    values: Annotated[dict[str, int | float | str], "The numbers and names in it, by name."]


class ProblemJson(TypedDict):
    """A thing that could not be taken as it stands."""

    kind: Annotated[ProblemKind, "What kind of thing."]
    line: Line
    column: Column
    detail: Annotated[str, "What was read and what was expected."]


class DocumentJson(TypedDict):
    """What was understood of one document."""

    path: Path
    kind: Annotated[DocumentKind, "What the document is for."]
    kind_reason: Annotated[str, "Why it has this kind."]
    title: Annotated[str | None, "First heading, or the data's own title; null without one."]
    owner: Annotated[str | None, "Who answers for the document; null where it does not say."]
    sha256: Annotated[str, "Digest of its bytes, in hex."]
    encoding: EncodingJson
    legend: Annotated[list[LegendJson], "What the document says its status tokens mean."]
    items: Annotated[list[ItemJson], "In document order."]
    entries: Annotated[list[EntryJson], "Log entries, in document order."]
    claims: Annotated[list[ClaimJson], "In document order."]
    problems: Annotated[list[ProblemJson], "What could not be taken as it stands."]


class DocumentsJson(TypedDict):
    """`gatekeeper parse --format json`."""

    schema_version: SchemaVersion
    documents: Annotated[list[DocumentJson], "By path."]
