"""Reports and documents made by hand from the model."""

from __future__ import annotations

import pytest

from gatekeeper.model.document import (
    Claim,
    Document,
    DocumentKind,
    EvidenceForm,
    EvidenceKind,
    EvidenceRef,
    LogEntry,
    Problem,
    ProblemKind,
    WorkItem,
)
from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.fix.fix import one_edit
from gatekeeper.model.report import Input, InputState, PolicySource, Report, RuleInfo, RuleStatus
from gatekeeper.model.status import Legend, LegendEntry, Status, StatusBasis, StatusMark
from gatekeeper.model.text import SourceText, Span

TRACKER = """\
# Delivery tracker

Legend: Queued, Active, Done

| ID | Work | Status | Evidence |
|---|---|---|---|
| 01 | Foundation | Done | `scripts/validate-env.mjs` |
| 02 | 多言語の検索 ✅ | Active | `docs/検索/結果.md` |
|\t03 | Tabs\tin a row | Almost | `a/b.txt` |
"""

LOG = """\
# Progress

## 2026-02-07 Entry 1

- made `src/search.py`
- `npm run ci` passed: 7/11 passing
"""

PAGE = """\
Evidence names a file that the repository does not hold.

## Why it matters

A reader who follows the evidence finds **nothing**; see `docs/`.

## Bad

```markdown path=tracker.md
| 01 | Done | `gone.txt` |
```
"""

DIGEST = "ab" * 32
RULES = (
    RuleInfo("EV001", "evidence-target-missing", Severity.ERROR, "0.1", page=PAGE),
    RuleInfo(
        "ST001", "status-not-in-legend", Severity.WARNING, "0.1", page="A status is not in the document's own legend."
    ),
    RuleInfo(
        "ST003",
        "status-contradicted",
        Severity.ERROR,
        "0.2",
        RuleStatus.PREVIEW,
        "Two places give one item two statuses.",
    ),
)


def span_of(source: SourceText, words: str, occurrence: int = 0) -> Span:
    """The span of words in a source; `occurrence` counts from 0."""
    start = -1
    for _ in range(occurrence + 1):
        start = source.text.index(words, start + 1)
    return Span(start, start + len(words))


@pytest.fixture
def tracker() -> SourceText:
    return SourceText("docs/tracker.md", TRACKER, sha256=DIGEST)


@pytest.fixture
def log() -> SourceText:
    return SourceText("docs/progress.md", LOG, sha256="cd" * 32)


@pytest.fixture
def rules() -> tuple[RuleInfo, ...]:
    return RULES


@pytest.fixture
def report(tracker: SourceText, log: SourceText) -> Report:
    """Errors, a warning and a note with related places, waived and baselined ones, and inputs in every state."""
    contradiction = Finding(
        "ST003",
        "status-contradicted",
        Severity.ERROR,
        "item 01 is done on line 7, but its log says 7/11 passing on line 6 of docs/progress.md",
        Location.at(tracker, span_of(tracker, "Done", 1)),
        "finish the item, or take the status back",
        related=(Location.at(log, span_of(log, "7/11 passing"), "the log's last word"),),
        subject="01",
        fingerprint="f" * 40,
    )
    missing = Finding(
        "EV001",
        "evidence-target-missing",
        Severity.ERROR,
        "evidence `scripts/validate-env.mjs` of item 01 is not in the repository",
        Location.at(tracker, span_of(tracker, "scripts/validate-env.mjs")),
        "did you mean `tools/validate-env.mjs`?",
        fix=one_edit(
            tracker,
            span_of(tracker, "scripts/validate-env.mjs"),
            "tools/validate-env.mjs",
            "write `tools/validate-env.mjs`: git moved it there",
            is_safe=True,
        ),
    )
    wide = Finding(
        "EV001",
        "evidence-target-missing",
        Severity.ERROR,
        "evidence `docs/検索/結果.md` of item 02 is not in the repository",
        Location.at(tracker, span_of(tracker, "docs/検索/結果.md")),
    )
    unknown = Finding(
        "ST001",
        "status-not-in-legend",
        Severity.WARNING,
        'status "Almost" is not in the legend on line 3',
        Location.at(tracker, span_of(tracker, "Almost")),
        "write Queued, Active or Done, or add Almost to the legend",
        related=(Location.at(tracker, span_of(tracker, "Queued, Active, Done")),),
    )
    empty = Finding(
        "DC006", "placeholder-tree", Severity.NOTE, "12 of 12 files are empty", Location.whole("docs/empty.md")
    )
    waived = Finding(
        "EV004",
        "evidence-untracked",
        Severity.ERROR,
        "evidence `a/b.txt` is not tracked",
        Location.at(tracker, span_of(tracker, "a/b.txt")),
        disposition=Disposition.WAIVED,
    )
    baselined = Finding(
        "EV001",
        "evidence-target-missing",
        Severity.ERROR,
        "evidence `src/search.py` is not in the repository",
        Location.at(log, span_of(log, "src/search.py")),
        disposition=Disposition.BASELINED,
    )
    return Report(
        "1.2.3",
        findings=(empty, baselined, contradiction, missing, wide, unknown, waived),
        inputs=(
            Input("docs/empty.md", InputState.PARSED, "nothing says otherwise", "other", "00" * 32),
            Input("docs/locked.md", InputState.UNREADABLE, "permission denied"),
            Input("docs/progress.md", InputState.PARSED, "its headings are dates", "progress_log", "cd" * 32, 1),
            Input("docs/tracker.md", InputState.PARSED, "a table has a status column", "tracker", DIGEST, 3),
            Input("package.json", InputState.SET_ASIDE, "no status, evidence or gate content", sha256="ee" * 32),
            Input("vendor/x.md", InputState.SET_ASIDE, "excluded by vendor/**"),
        ),
        rules=RULES,
        policy_sha256="99" * 32,
        policy_sources=(PolicySource(".gatekeeper.yml", "99" * 32),),
        revision="1" * 40,
        evidence=4,
    )


def evidence(source: SourceText, target: str, kind: EvidenceKind = EvidenceKind.PATH) -> EvidenceRef:
    return EvidenceRef(target, kind, EvidenceForm.CODE, span_of(source, target), path=target)


@pytest.fixture
def documents(tracker: SourceText, log: SourceText) -> tuple[Document, ...]:
    """A tracker with a legend, a log with an entry and a claim, and a document with nothing."""

    def row(number: str, title: str, word: str, status: Status, target: str, basis: StatusBasis) -> WorkItem:
        mark = StatusMark(word, span_of(tracker, word, 1 if word != "Almost" else 0), status, basis, "Status")
        return WorkItem(
            "sprint",
            title,
            Span(span_of(tracker, number).start - 2, span_of(tracker, number).end + 4),
            mark,
            status,
            id=number,
            gate="CI/CD gate" if number == "01" else None,
            refs=("F1-E1", "F1-E2") if number == "01" else (),
            evidence=(evidence(tracker, target),),
            evidence_expected=True,
        )

    words = (("Queued", Status.QUEUED), ("Active", Status.IN_PROGRESS), ("Done", Status.DONE))
    legend = Legend(tuple(LegendEntry(word, status, span_of(tracker, word)) for word, status in words))
    items = (
        row("01", "Foundation", "Done", Status.DONE, "scripts/validate-env.mjs", StatusBasis.LEGEND),
        row("02", "多言語の検索 ✅", "Active", Status.IN_PROGRESS, "docs/検索/結果.md", StatusBasis.LEGEND),
        row("03", "Tabs in a row", "Almost", Status.UNKNOWN, "a/b.txt", StatusBasis.NONE),
        WorkItem("epic", "Delivery tracker", span_of(tracker, "# Delivery tracker")),
    )
    entry = LogEntry(
        span_of(log, "## 2026-02-07 Entry 1"),
        "2026-02-07 Entry 1",
        "2026-02-07",
        1,
        artifacts=(evidence(log, "src/search.py"),),
        validations=(evidence(log, "npm run ci", EvidenceKind.COMMAND),),
        next=("search in Japanese",),
    )
    claim = Claim("ratio", "7/11 passing", span_of(log, "7/11 passing"), {"numerator": 7, "denominator": 11})
    ragged = Problem(ProblemKind.RAGGED_ROW, span_of(tracker, "| 02"), "the row has 5 cells where the header has 4")
    return (
        Document(
            tracker,
            DocumentKind.TRACKER,
            "a table has a status column",
            "Delivery tracker",
            "Ada",
            legend,
            items,
            problems=(ragged,),
        ),
        Document(
            log, DocumentKind.PROGRESS_LOG, "its headings are dates", "Progress", entries=(entry,), claims=(claim,)
        ),
        Document(SourceText("docs/empty.md", ""), is_template=True, blanks=1),
    )
