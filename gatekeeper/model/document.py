"""What one file says: items, evidence, log entries, claims."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.model.status import Legend, Status, StatusMark
from gatekeeper.model.text import SourceText, Span


class DocumentKind(StrEnum):
    """What a document is for, decided from what was found in it."""

    TRACKER = "tracker"
    PROGRESS_LOG = "progress_log"
    EVIDENCE_PACK = "evidence_pack"
    BACKLOG = "backlog"
    STATUS_REPORT = "status_report"
    CHECKLIST = "checklist"
    OTHER = "other"


class EvidenceKind(StrEnum):
    """What a piece of evidence points at, by its spelling alone."""

    PATH = "path"
    DIRECTORY = "directory"
    GLOB = "glob"
    PATTERN = "pattern"
    URL = "url"
    COMMAND = "command"
    ENDPOINT = "endpoint"
    TEST = "test"
    ANCHOR = "anchor"
    COMMIT = "commit"
    PULL_REQUEST = "pull_request"

    @property
    def is_path_like(self) -> bool:
        """Whether the repository's tree can say if the target exists."""
        return self in (EvidenceKind.PATH, EvidenceKind.DIRECTORY, EvidenceKind.GLOB)


class EvidenceForm(StrEnum):
    """How a reference is written."""

    CODE = "code"
    LINK = "link"
    BARE = "bare"
    DATA = "data"


class TestName(Struct, frozen=True):
    """A test that evidence names beside a file: `path` (`test name`)."""

    __test__ = False  # pytest must not collect it

    name: str
    span: Span


class EvidenceRef(Struct, frozen=True):
    """A pointer as its author wrote it; what it points at is `EvidenceFact`'s to say.

    Attributes:
        target: exactly as written, without backticks; percent signs, anchors and line suffixes are kept.
        kind: what it points at, by its spelling.
        form: code span, link, bare words or a data value.
        span: the place of `target` in the document.
        path: the path part: percent-decoded, no anchor, no line suffix, no leading `./`; None unless kind is path-like or PATTERN.
        anchor: heading anchor (`#heading`) without `#`, decoded; None without one.
        lines: 1-based first and last line, inclusive (`:12`, `:12-40`, `#L10-L20`); None without a range.
        tests: the tests named beside it.
        is_offered: whether the words offer it as proof (an evidence column, "Files:", "created `x`", in brackets); False for
            a path that a sentence merely mentions.
    """

    target: str
    kind: EvidenceKind
    form: EvidenceForm
    span: Span
    path: str | None = None
    anchor: str | None = None
    lines: tuple[int, int] | None = None
    tests: tuple[TestName, ...] = ()
    is_offered: bool = True


class WorkItem(Struct, frozen=True):
    """A thing with a status or a place for one: a row, story, chunk, gate, task or checkbox.

    Attributes:
        kind: the unit of work ("sprint", "epic", "story", "phase", "chunk", "gate", "task", "criterion", "entry", "item").
        title: one line, without Markdown marks.
        span: the row, checkbox line, heading or status line that carries the status; its start gives `line` and `column`.
        mark: the words that gave the status; None where the document gives none.
        status: the canonical status; UNKNOWN without a mark or with one that was not understood.
        id: as written ("01", "Gate 7", "AI-INFRA-001"); None without one.
        gate: name of the gate that the item belongs to; None without one.
        parent: id (or title) of the item above; None at the top.
        refs: ids of other items that it names, then commits, pull requests and issues, each in order.
        evidence: what the document offers as proof of this item, in order.
        evidence_expected: whether the document has a place for this item's evidence (a column, say), filled or not.
        evidence_words: what stands in that place, prose included, without Markdown marks; "" when it is blank.
        others: status marks in further columns of the row that are called a status, left to right; they do not give the item's status.
    """

    kind: str
    title: str
    span: Span
    mark: StatusMark | None = None
    status: Status = Status.UNKNOWN
    id: str | None = None
    gate: str | None = None
    parent: str | None = None
    refs: tuple[str, ...] = ()
    owner: str | None = None
    evidence: tuple[EvidenceRef, ...] = ()
    evidence_expected: bool = False
    evidence_words: str = ""
    others: tuple[StatusMark, ...] = ()


class LogEntry(Struct, frozen=True):
    """One dated or numbered entry of a progress log.

    Attributes:
        date: ISO 8601 calendar date; None without one.
        number: the entry's own number; None without one.
        artifacts: files that the entry says it made or changed.
        validations: commands that it says passed.
        next: next targets, as written.
    """

    span: Span
    title: str
    date: str | None = None
    number: int | None = None
    artifacts: tuple[EvidenceRef, ...] = ()
    validations: tuple[EvidenceRef, ...] = ()
    next: tuple[str, ...] = ()


class Claim(Struct, frozen=True):
    """A number or assertion that can be recomputed.

    Attributes:
        kind: "ratio", "percent", "count", "all", "lines", "tests", "figure", "results", "command", "digest", "commit".
        text: as written.
        values: the numbers and names in it, by name.
        item: where the item begins in whose record of data the claim stands; None where only its line can tell.
    """

    kind: str
    text: str
    span: Span
    values: Mapping[str, int | float | str] = field(default_factory=dict)
    item: int | None = None


class SectionRole(StrEnum):
    """What a heading says that its section is for, where that matters to a gate."""

    CRITERIA = "criteria"
    SIGN_OFF = "sign-off"
    DECISION = "decision"


class Section(Struct, frozen=True):
    """A heading and all that stands below it, up to the next heading of its level or a higher one.

    Attributes:
        level: 1 to 6; 0 for what stands before the first heading.
        heading: the heading's own line; empty for level 0.
        span: the whole section, nested ones included.
        unit: id of the unit of work that the heading names ("Phase 5"); None without one.
        role: what the heading's words make of the section; None for any other.
    """

    title: str
    level: int
    heading: Span
    span: Span
    unit: str | None = None
    role: SectionRole | None = None


class Approval(Struct, frozen=True):
    """A place where somebody signs: a row or a line under a heading for sign-offs, or a line such as `Approved by:`.

    Attributes:
        role: who is to sign, as written ("QA lead"); the label of the line where it names nobody.
        span: the row or the line.
        words: what stands in the places for name, date and signature, on one line; "" when nothing does.
        is_signed: whether name, date and signature are there as far as there are places for them, and none says no.
        date: the day of signing (ISO 8601); "" without one.
    """

    role: str
    span: Span
    words: str
    is_signed: bool
    date: str = ""


class Group(Struct, frozen=True):
    """A table's body rows, or a run of list items at the top level of a section: things listed together.

    Attributes:
        kind: "table" or "list".
        count: how many rows or top-level list items there are, items or not; rows of totals and empty rows do not count.
    """

    kind: str
    span: Span
    count: int


class EvidencePlace(Struct, frozen=True):
    """A column or a list that a document calls evidence, and that holds something.

    Attributes:
        kind: "column" or "list".
        label: the words that call it so: a header cell, a label or a heading.
        span: the table, or the list.
        entries: the filled cells, or the first lines of the list's entries (of those below one that only names them), in document order.
        named: how many cells or entries name something that can be looked up (a path, a link, a figure, an identifier), or hold one that does.
    """

    kind: str
    label: Span
    span: Span
    entries: tuple[Span, ...]
    named: int


class Pointer(Struct, frozen=True):
    """What a document says is worked on now: `Current sprint: Sprint 4`, `current_phase: 2`, `## Active sprint` over a sprint.

    Attributes:
        label: the words that point, as written ("Current sprint").
        kind: the kind of the unit pointed at ("sprint").
        unit: the unit's id, with its kind where only a number is given ("phase 2"); "" where the words say that nothing is worked on or all is done.
        span: the place of the unit, or of those words.
        mark: how the same line says that the unit stands; None when it does not.
        beside: ids of further units of the kind below the same heading; the first one stands for the pointer.
    """

    label: str
    kind: str
    unit: str
    span: Span
    mark: StatusMark | None = None
    beside: tuple[str, ...] = ()


class Verdict(Struct, frozen=True):
    """A line besides the items that says how a whole stands: `FINAL STATE - build complete`, a status line at the end, one under front matter that has its own.

    Attributes:
        mark: what it says; its span is the place.
        units: ids of the units of work in whose sections it stands, innermost first; () for the document as a whole.
    """

    mark: StatusMark
    units: tuple[str, ...] = ()


class Leftover(Struct, frozen=True):
    """A section that lists what is still to be done: `Human verification required`, `Remaining work`, `Blockers`.

    Attributes:
        title: the section's title, as written.
        entries: its list items, rows and numbered headings that do not say of themselves that they are settled, in document order; one or more.
    """

    title: str
    span: Span
    entries: tuple[Span, ...]


class ProblemKind(StrEnum):
    """What kept a file from being read as its author meant it."""

    NOT_UTF8 = "not-utf8"
    MOJIBAKE = "mojibake"
    TOO_LARGE = "too-large"
    LINE_TOO_LONG = "line-too-long"
    TOO_COMPLEX = "too-complex"
    BINARY = "binary"
    UNREADABLE = "unreadable"
    MALFORMED_DATA = "malformed-data"
    ALIAS = "alias"
    FRONT_MATTER = "front-matter"
    RAGGED_ROW = "ragged-row"
    UNCLOSED_FENCE = "unclosed-fence"


class Problem(Struct, frozen=True):
    """One thing that the parser could not take as it stands: where, what was read, what was expected."""

    kind: ProblemKind
    span: Span
    detail: str


class Directive(Struct, frozen=True):
    """A comment that speaks to gatekeeper: `<!-- gatekeeper: ... -->` in Markdown, `# gatekeeper: ...` in YAML.

    Attributes:
        text: what follows `gatekeeper:`, on one line.
        span: the whole comment. `Document.source` holds blanks there, so that no rule reads its words.
        line: the source line on which it starts, as written.
        covers: first and last line, 1-based and inclusive, of what it is said of: its own lines where something else stands
            on them, else the next block below; None when nothing stands there.
        covered: the text of those lines, comments apart, on one line.
    """

    text: str
    span: Span
    line: str
    covers: tuple[int, int] | None
    covered: str = ""


class Document(Struct, frozen=True):
    """One parsed file.

    Attributes:
        kind_reason: one clause that says why the kind was chosen.
        title: the first heading or the data's own title; None without one.
        items: in document order.
        links: every Markdown link to something that is not a URL, items' evidence included, in document order.
        sections: in document order, nested ones after what holds them.
        groups: tables and lists in document order.
        places: columns and lists that are called evidence, in document order.
        anchors: the heading anchors that GitHub would give, in document order.
        pointers: what it says is worked on now, in document order.
        verdicts: lines that say how the document or a unit stands in the end, in document order.
        leftovers: sections that list what is still to be done, in document order.
        blanks: how many fill-in places stand empty (`Owner:` with nothing, `[ ]` with no text, `<name>`).
        is_template: whether the document is a form that nobody has filled in.
        directives: comments that speak to gatekeeper, in document order.
        approvals: places where somebody signs, in document order.
        decisions: places of status words that stand behind a label for decisions ("Decision: GO"), in document order.
        is_checkpoint: whether its title says that it is a release checklist or a go/no-go by itself.
    """

    source: SourceText
    kind: DocumentKind = DocumentKind.OTHER
    kind_reason: str = ""
    title: str | None = None
    owner: str | None = None
    legend: Legend = field(default_factory=Legend)
    items: tuple[WorkItem, ...] = ()
    entries: tuple[LogEntry, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[EvidenceRef, ...] = ()
    sections: tuple[Section, ...] = ()
    groups: tuple[Group, ...] = ()
    places: tuple[EvidencePlace, ...] = ()
    anchors: tuple[str, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    problems: tuple[Problem, ...] = ()
    blanks: int = 0
    is_template: bool = False
    directives: tuple[Directive, ...] = ()
    approvals: tuple[Approval, ...] = ()
    decisions: tuple[Span, ...] = ()
    is_checkpoint: bool = False

    @property
    def path(self) -> str:
        """Repo-relative POSIX path."""
        return self.source.path

    @property
    def has_content(self) -> bool:
        """Whether it carries status, evidence, log or gate content, so that rules apply to it."""
        return bool(self.items or self.entries)
