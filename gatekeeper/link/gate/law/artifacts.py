"""Reports that the law wants: there, fresh, of this commit, and good."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.link.claim.source.report.data import read_data, read_lcov
from gatekeeper.link.claim.source.report.figures import Figures, MalformedError
from gatekeeper.link.claim.source.report.markup import read_markup
from gatekeeper.link.gate.law.known import Pages, refuse
from gatekeeper.link.glob import has_magic
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.exception.day import add_days, date_of, day_number, days_between
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.law import ArtifactLaw, GateLaw
from gatekeeper.model.gate.verdict import Action, Demand, GateState, Requirement

_LIMIT = 16 << 20
_HEAD = 1 << 16
_DAY = re.compile(
    r"""(?:timestamp|time|date|generated|generated_at|created|created_at|endTimeUtc|startTime|start)["']?\s*[=:]\s*["']?"""
    r"(?:(?P<day>\d{4}-\d\d-\d\d)|(?P<seconds>1\d{9})(?:\d{3})?(?!\d))"
)
_COMMIT = re.compile(
    r"""(?:commit|revision|revisionId|sha|git_sha|head)["']?\s*(?:[=:]|value=)\s*["']?(?P<id>[0-9a-f]{7,64})\b""",
    re.IGNORECASE,
)
_EPOCH = day_number("1970-01-01") or 0


def artifact_requirement(law: ArtifactLaw, gate: GateLaw, pages: Pages, today: str) -> Requirement:
    """Whether every report at a path or glob is as the law wants it; `until` is the last day on which the oldest counts.

    Raises:
        PolicyError: nothing of that name is tracked, and the ignore rules name nothing that a run would make.
    """
    name, title = f"artifact:{law.path.word}", f"{law.path.word} {_wanted(law)}".rstrip()
    paths = _paths(law, pages)
    if not paths:
        place = Location.whole(law.path.word)
        action = Action(f"run what makes {law.path.word}", place, gate.owner)
        return Requirement(
            name, Demand.ARTIFACT, title, GateState.UNMET, "it is not there", (place,), (action,), law.path.where
        )
    reports = [_Report(path, law, pages, today) for path in paths]
    faults = [(report, fault) for report in reports for fault in report.faults()]
    until = min((report.until for report in reports if report.until), default="")
    places = tuple(Location.whole(report.path) for report in reports)
    if faults:
        reason = "; ".join(f"{report.path} {fault}" for report, fault in faults)
        wrong = dict.fromkeys(report.path for report, _ in faults)
        actions = tuple(
            Action(
                f"mend and make {path} anew: it {'; it '.join(f for r, f in faults if r.path == path)}",
                Location.whole(path),
                gate.owner,
            )
            for path in wrong
        )
        spots = tuple(Location.whole(path) for path in wrong)
        return Requirement(name, Demand.ARTIFACT, title, GateState.UNMET, reason, spots, actions, law.path.where)
    reason = "; ".join(f"{report.path} {report.told()}" for report in reports)
    return Requirement(name, Demand.ARTIFACT, title, GateState.MET, reason, places, (), law.path.where, until)


def _paths(law: ArtifactLaw, pages: Pages) -> list[str]:
    word, tree = law.path.word, pages.tree
    found = pages.paths(word)
    if found or has_magic(word):
        if not found:
            raise refuse(law.path, f'"{word}" matches no tracked file', tree.files, "name reports that are tracked")
        return found
    if not tree.has_git and tree.is_present(word):
        return [word]
    if not tree.is_ignored(word):
        message = f'"{word}" is neither tracked nor named by .gitignore as something that a run makes'
        raise refuse(law.path, message, tree.files, "name a report that is tracked, or that the ignore rules hide")
    return [word] if tree.is_present(word) else []


class _Report:
    """One report held against the law."""

    def __init__(self, path: str, law: ArtifactLaw, pages: Pages, today: str) -> None:
        self.path, self._law, self._tree, self._today = path, law, pages.tree, today
        self._why, self._text, self._figures = "", "", Figures()
        try:
            data = self._tree.read(path, _LIMIT)
            self._text = data[:_HEAD].decode("utf-8", "replace")
            self._figures = _figures(path, data) or Figures()
        except (UnreadableError, MalformedError) as error:
            self._why = f"cannot be read: {error}"
        self._day = self._find_day() if law.max_age_days is not None else ""
        self.until = add_days(self._day, law.max_age_days or 0) if self._day else ""

    def faults(self) -> Iterator[str]:
        """What is wrong with it, each in words."""
        if self._why:
            yield self._why
            return
        yield from self._staleness()
        yield from self._figures_off()

    def told(self) -> str:
        """How it stands where nothing is wrong."""
        counts = self._figures.counts
        parts = [f"is of {self._day}"] * bool(self._day)
        if "tests" in counts:
            parts.append(f"tells of {counts['tests']} tests, {counts['failed']} of them failed")
        if "line" in self._figures.percents:
            parts.append(f"covers {self._figures.percents['line']:.1f} % of the lines")
        return " and ".join(parts) or "is there"

    def _staleness(self) -> Iterator[str]:
        law = self._law
        if law.max_age_days is not None and not self._day:
            yield "gives no day, and no commit brought it, so that its age cannot be told"
        elif law.max_age_days is not None and self._today:
            age = days_between(self._day, self._today)
            if age is not None and age > law.max_age_days:
                yield f"is of {self._day}, {age} days old, expected {law.max_age_days} at most"
        if law.same_commit:
            found, head = _COMMIT.search(self._text), self._tree.revision or ""
            if found is None:
                yield "names no commit, expected the one that is checked out"
            elif not head.startswith(found["id"].lower()) or not head:
                yield f"is of commit {found['id'][:12]}, expected {head[:12] or 'one'}"

    def _figures_off(self) -> Iterator[str]:
        law, counts = self._law, self._figures.counts
        if law.failures is not None:
            yield from self._tests_off(law.failures)
        if law.results is not None and "results" not in counts:
            yield "is no list of findings"
        elif law.results is not None and counts["results"] > law.results:
            yield f"has {counts['results']} results, expected {law.results} at most"
        if law.coverage is not None:
            yield from self._coverage_off(law.coverage)
        for key, wanted in law.values.items():
            read = self._figures.values.get(key)
            if read is None:
                yield f"has no {key}, expected {wanted}"
            elif str(read) != str(wanted):
                yield f"has {key}={read}, expected {wanted}"

    def _tests_off(self, most: int) -> Iterator[str]:
        counts = self._figures.counts
        if "failed" not in counts:
            yield "says nothing of tests"
        elif counts["failed"] > most:
            yield f"has {counts['failed']} of {counts['tests']} tests failed, expected {most} at most"
        elif not counts["tests"]:
            yield "has no test at all"

    def _coverage_off(self, least: float) -> Iterator[str]:
        percents = self._figures.percents
        percent = percents.get("line", next(iter(percents.values()), None))
        if percent is None:
            yield "says nothing of coverage"
        elif percent < least:
            yield f"covers {percent:.1f} %, expected {least:g} % at least"

    def _find_day(self) -> str:
        """The day that the report gives, else that of the last commit that changed it; "" without either."""
        days = [_day_of(match) for match in _DAY.finditer(self._text)]
        known = [day for day in days if day and day_number(day) is not None]
        if known:
            return max(known)
        change = self._tree.last_changes([self.path]).get(self.path)
        return change.date[:10] if change is not None else ""


def _day_of(match: re.Match[str]) -> str:
    return match["day"] or date_of(_EPOCH + int(match["seconds"]) // 86_400)


def _figures(path: str, data: bytes) -> Figures | None:
    lower = path.lower()
    if lower.endswith(".xml"):
        return read_markup(data)
    if lower.endswith((".json", ".sarif")):
        return read_data(data)
    return read_lcov(data.decode("utf-8", "replace")) if lower.endswith((".info", ".lcov")) else None


def _wanted(law: ArtifactLaw) -> str:
    """What is asked of it, in words."""
    parts = [
        f"at most {law.max_age_days} days old" if law.max_age_days is not None else "",
        "of this commit" if law.same_commit else "",
        f"at most {law.failures} failed" if law.failures is not None else "",
        f"at least {law.coverage:g} % covered" if law.coverage is not None else "",
        f"at most {law.results} results" if law.results is not None else "",
    ]
    return ", ".join(part for part in parts if part)
