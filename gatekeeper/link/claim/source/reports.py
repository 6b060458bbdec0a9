"""Figures that a line gives beside a report, held against the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.source.report.data import read_data, read_lcov
from gatekeeper.link.claim.source.report.figures import Figures, MalformedError, Value
from gatekeeper.link.claim.source.report.markup import read_markup
from gatekeeper.link.claim.view import View
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim
from gatekeeper.model.project import EvidenceFact, EvidenceState
from gatekeeper.model.text import Span

_SUFFIXES = (".xml", ".json", ".sarif", ".info", ".lcov")
_LIMIT = 16 << 20
_WORDS = {
    "passed": "passed", "passing": "passed", "pass": "passed", "passes": "passed", "green": "passed",
    "failed": "failed", "failing": "failed", "failure": "failed", "failures": "failed", "fail": "failed",
    "skipped": "skipped", "skips": "skipped", "findings": "results", "results": "results", "alerts": "results",
    "error": "errors", "errors": "errors", "warnings": "warnings", "warning": "warnings", "tests": "tests", "test cases": "tests",
}  # fmt: skip
_COUNT = re.compile(
    r"(?<![\w./=-])(?P<n>\d{1,7}|\d{1,3}(?:,\d{3})+)\s+(?:(?:unit|integration|e2e|api)\s+)?(?:(?:tests?|specs?|cases)\s+)?(?P<word>"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"(?<![\w./=-])(?P<n>\d{1,7})\s?/\s?(?P<d>\d{1,7})(?=\s*(?:tests?|unit tests|specs?|pass(?:ed|ing)?|green)\b)",
    re.IGNORECASE,
)
_COVERAGE = re.compile(
    r"(?P<kind>line|branch|statement|function)?s?\s{0,3}coverage\b[^\d%\n|<>≥≤]{0,16}?(?P<p>\d{1,3}(?:\.\d+)?)\s?%"
    r"|(?P<p2>\d{1,3}(?:\.\d+)?)\s?%\s{0,3}(?P<kind2>line|branch|statement|function)?\s{0,3}(?:test |code )?coverage\b",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?<![\w.=/&?-])(?P<key>[A-Za-z_][\w.\[\]-]{1,80})=(?P<value>-?\d+(?:\.\d+)?|true|false|null|[A-Za-z][\w-]*)(?![\w.=/]|:[\w/])"
)
_NOT_MEANT = re.compile(
    r"[<>≥≤]|\b(?:target|threshold|goal|minimum|at least|must|should|expected|before|was|were|previously|baseline|from|require[sd]?)\b",
    re.IGNORECASE,
)
_PATH = re.compile(r"(?<![\w.@/-])[\w.@/-]{1,300}\.(?:xml|json|sarif|info|lcov)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:new|added|of which|including|first|last|other|module|package|per)\b", re.IGNORECASE)


class _Figure(Struct, frozen=True):
    """One figure of a line: what it counts and what is said."""

    name: str
    span: Span
    value: Value
    total: int | None = None


class Reports:
    """Reads reports, each once, and holds lines against them."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._figures = lru_cache(maxsize=64)(self._read)

    def judge(self, view: View, evidence: Sequence[EvidenceFact]) -> Iterator[ClaimFact]:
        """What the reports that items name as evidence say of the figures beside them."""
        lines: dict[int, set[str]] = {}
        for fact in evidence:
            if fact.state is EvidenceState.FOUND and len(fact.paths) == 1 and fact.paths[0].lower().endswith(_SUFFIXES):
                for span in (fact.ref.span, *(item.span for item in fact.items)):
                    lines.setdefault(view.line_of(span.start), set()).add(fact.paths[0])
        for item in view.items if view.may_name(_SUFFIXES) else ():
            named = self._files.named_on_line(view, item.span.start)
            reports = {path for path in named if path.lower().endswith(_SUFFIXES)}
            if reports:
                lines.setdefault(view.line_of(item.span.start), set()).update(reports)
        for line, paths in sorted(lines.items()):
            span = view.source.line_span(line)
            if len(paths) == 1 and not view.in_log(span.start) and not _NOT_MEANT.search(view.source.slice(span)):
                yield from self._of_line(view, span, next(iter(paths)))

    def _of_line(self, view: View, line: Span, path: str) -> Iterator[ClaimFact]:
        text = _masked(view.source.slice(line))
        stated = [] if _PART.search(text) else list(_figures_of(text, line.start))
        if not stated:
            return
        try:
            figures = self._figures(path)
        except MalformedError as error:
            yield _unreadable(view, stated[0], path, str(error))
            return
        for figure in stated if figures is not None else ():
            found = _look_up(figures, figure) if figures is not None else None
            if found is not None:
                yield _fact(view, figure, path, *found)

    def _read(self, path: str) -> Figures | None:
        data = self._files.read(path)
        if not data or len(data) > _LIMIT:
            return None
        lower = path.lower()
        if lower.endswith(".xml"):
            return read_markup(data)
        return read_data(data) if lower.endswith((".json", ".sarif")) else read_lcov(data.decode("utf-8", "replace"))


def _masked(text: str) -> str:
    """A line with blanks in place of the names of files, in which no figures stand."""
    return _PATH.sub(lambda match: " " * len(match[0]), text)


def _figures_of(text: str, offset: int) -> Iterator[_Figure]:
    """The figures of a line that begins at an offset, by place."""
    found = [
        *(_Figure("ratio", _span(one, offset), int(one["n"]), int(one["d"])) for one in _RATIO.finditer(text)),
        *(_counted(one, offset) for one in _COUNT.finditer(text)),
        *(_covered(one, offset) for one in _COVERAGE.finditer(text)),
        *(_Figure(f"={one['key']}", _span(one, offset), one["value"]) for one in _PAIR.finditer(text)),
    ]
    taken = -1
    for figure in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if figure.span.start >= taken:
            taken = figure.span.end
            yield figure


def _counted(match: re.Match[str], offset: int) -> _Figure:
    name = _WORDS[" ".join(match["word"].lower().split())]
    return _Figure(name, _span(match, offset), int(match["n"].replace(",", "")))


def _covered(match: re.Match[str], offset: int) -> _Figure:
    kind = (match["kind"] or match["kind2"] or "").lower()
    return _Figure(f"%{kind}", _span(match, offset), match["p"] or match["p2"])


def _span(match: re.Match[str], offset: int) -> Span:
    return Span(match.start() + offset, match.end() + offset)


def _look_up(figures: Figures, figure: _Figure) -> tuple[bool, Value] | None:
    """Whether a report bears a figure out, and what it says; None when it says nothing of it."""
    if figure.name.startswith("="):
        return _look_up_value(figures, figure.name[1:], str(figure.value))
    if figure.name.startswith("%"):
        return _look_up_percent(figures, figure)
    counts = figures.counts
    if figure.name == "ratio":
        totals = {counts.get("tests"), counts.get("tests", 0) - counts.get("skipped", 0)}
        agrees = counts.get("passed") == figure.value and figure.total in totals
        return (agrees, f"{counts['passed']}/{counts['tests']}") if "tests" in counts else None
    if figure.name == "errors" and "failed" in counts:
        return None
    if figure.name not in counts:
        return None
    allowed = {counts[figure.name]}
    if figure.name == "tests":
        allowed |= {counts["passed"], counts["tests"] - counts["skipped"]}
    return figure.value in allowed, counts[figure.name]


def _look_up_percent(figures: Figures, figure: _Figure) -> tuple[bool, Value] | None:
    kind, text = figure.name[1:], str(figure.value)
    percents = {kind: figures.percents[kind]} if kind in figures.percents else {} if kind else figures.percents
    if not percents:
        return None
    step = 10 ** -len(text.partition(".")[2])
    agrees = any(abs(float(text) - percent) < step + 1e-9 for percent in percents.values())
    return agrees, ", ".join(f"{name} {percent:.1f} %" for name, percent in sorted(percents.items()))


def _look_up_value(figures: Figures, key: str, stated: str) -> tuple[bool, Value] | None:
    """The value of the one key of this name, or of this dotted path."""
    found = [value for path, value in figures.values.items() if path == key or path.endswith(f".{key}")]
    if not found:
        return None
    agrees = any(_is_same(value, stated) for value in found)
    return (agrees, found[0]) if agrees or len(found) == 1 else None


def _is_same(value: Value, stated: str) -> bool:
    if isinstance(value, str):
        return value.casefold() == stated.casefold()
    try:
        return float(stated) == float(value)
    except ValueError:
        return False


def _fact(view: View, figure: _Figure, path: str, agrees: bool, found: Value) -> ClaimFact:
    verdict = ClaimVerdict.VERIFIED if agrees else ClaimVerdict.REFUTED
    claim = Claim("report", view.source.slice(figure.span), figure.span, {"value": figure.value})
    return ClaimFact(
        view.document.path,
        claim,
        verdict,
        ClaimBasis.REPORT,
        {"value": found},
        target=path,
        sources=(ClaimSource(path),),
        is_firm=True,
    )


def _unreadable(view: View, figure: _Figure, path: str, why: str) -> ClaimFact:
    claim = Claim("report", view.source.slice(figure.span), figure.span, {"value": figure.value})
    return ClaimFact(
        view.document.path,
        claim,
        basis=ClaimBasis.UNREADABLE,
        found={"why": why},
        target=path,
        sources=(ClaimSource(path),),
    )
