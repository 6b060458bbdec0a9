"""How long cross-checking takes beside reading: a tree of many documents is made in memory, read, linked and judged.

    python benchmarks/crosscheck.py                              1,000 documents with about 10,000 items
    python benchmarks/crosscheck.py --documents 200 --runs 9     fewer documents, more runs

The tree is the same in every run and on every machine: trackers, sprint files, logs, evidence packs, reports and data, in
folders of forty that name the same units of work, with a fault in about one item of fifty. Prints the median seconds of
reading, of linking by what is linked, of the rules by family, and how linking and rules together stand to reading.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import TypeVar

from gatekeeper.link.claim.facts import judge_claims
from gatekeeper.link.order.order import link_order
from gatekeeper.link.project import link_documents
from gatekeeper.link.status.standing import link_statuses, speak
from gatekeeper.model.document import Document
from gatekeeper.model.project import Project
from gatekeeper.parse.reader import parse_document
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.rules.base import DocumentRule, ProjectRule
from gatekeeper.rules.registry import FAMILIES

FOLDER = 40
FAULTS = 50
WORDS = "berth register tide table pilot roster crane schedule tug dispatch buoy survey light log quay permit cargo manifest".split()
SEED = 20260226

Files = dict[str, str]
_Result = TypeVar("_Result")


class Writer:
    """Writes the documents of one tree; all that looks like chance comes from one seed."""

    def __init__(self, documents: int) -> None:
        self._random = Random(SEED)
        self._count = documents
        self._items = 0
        self.faults = 0

    def files(self) -> Files:
        """Path -> text of every document, and of the files that they name as evidence."""
        files: Files = {}
        for number in range(self._count):
            folder, place = f"docs/area-{number // FOLDER:02}", number % FOLDER
            write, name = KINDS[place % len(KINDS)]
            files[f"{folder}/{place:02}-{name}"] = "\n".join(write(self, number // FOLDER, place)) + "\n"
        for area in range(self._count // FOLDER + 1):
            files |= {f"src/area_{area:02}/{word}.py": f"# {word}\n" * 12 for word in WORDS}
        return files

    def is_faulty(self) -> bool:
        """Whether the next item is to be wrong: one in fifty."""
        self._items += 1
        self.faults += self._items % FAULTS == 0
        return self._items % FAULTS == 0

    def title(self) -> str:
        """Two words."""
        return " ".join(self._random.sample(WORDS, 2))

    def path(self, area: int, *, is_faulty: bool) -> str:
        """A file of an area; one that is not there for a fault."""
        return f"src/area_{area:02}/{self._random.choice(WORDS)}{'_gone' if is_faulty else ''}.py"

    def tracker(self, area: int, place: int) -> Iterator[str]:
        """A table of sprints with status and evidence, and its count in the heading."""
        rows = []
        for row in range(11):
            is_faulty = self.is_faulty()
            status = "Done" if row < 7 else "In Progress" if row < 9 else "Queued"
            evidence = f"`{self.path(area, is_faulty=is_faulty)}`" if row < 7 else "-"
            rows.append(
                f"| A{area:02}-T{place:02}{row:02} | Sprint {row:02}: {self.title()} | {status} | {evidence} | 2026-0{1 + row % 9}-1{row % 9} |"
            )
        yield from (
            f"# Tracker {area}.{place}",
            "",
            "**Owner:** Harbor office",
            "",
            f"## Board (7/{len(rows)} tasks)",
            "",
        )
        yield from ("| ID | Task | Status | Evidence | Due |", "|---|---|---|---|---|", *rows, "")
        yield f"**Total:** {len(rows)} tasks, 7 completed (64%)"

    def sprint(self, area: int, place: int) -> Iterator[str]:
        """Phases with checkboxes; a fault is a ticked box over failing tests."""
        yield from (f"# Sprint {place:02}: {self.title()}", "", "Status: In Progress", "")
        for phase in range(1, 3):
            yield from (f"## Phase {phase}: {self.title()} ({2 if phase < 2 else 0}/4 tasks)", "")
            for box in range(4):
                tick = "x" if box < 2 and phase < 2 else " "
                tests = " with 7/9 tests passing" if self.is_faulty() and tick == "x" else ""
                yield f"- [{tick}] S{place:02}-{phase}{box} {self.title()}{tests}, see `{self.path(area, is_faulty=False)}`"
            yield from (
                "",
                f"All of it is described in [the tracker](00-tracker.md), {12 * phase} tests, 87 % coverage.",
                "",
            )

    def log(self, area: int, place: int) -> Iterator[str]:
        """Dated entries with what was made and run."""
        yield from (f"# Progress log {area}.{place}", "")
        for entry in range(1, 9):
            day = entry if not self.is_faulty() else max(1, entry - 3)
            yield from (
                f"## 2026-02-{day:02} Update {entry}",
                "",
                f"- Finished {self.title()} in `{self.path(area, is_faulty=False)}`",
            )
            yield from (
                "- Validation: `python -m pytest -q` passed, 12 tests",
                f"- Next: {self.title()} of Sprint {entry:02}",
                "",
            )

    def pack(self, area: int, place: int) -> Iterator[str]:
        """Gates with their evidence, in one folder under one name."""
        yield from (f"# Evidence pack {area}.{place}", "", "Gate: Release gate", "Decision: GO", "", "## Gates", "")
        yield from ("| Gate | Requirement | Status | Evidence |", "|---|---|---|---|")
        for row in range(1, 10):
            path = self.path(area, is_faulty=self.is_faulty())
            yield f"| G{row} | {self.title()} is proved | PASS | `{path}` (`{self.title()}`), [{self.title()}](../../{path}) |"
        yield ""

    def report(self, area: int, place: int) -> Iterator[str]:
        """Figures of every kind over a few lists."""
        is_faulty = self.is_faulty()
        yield from ("---", f"completed_plans: {4 + is_faulty}", "total_plans: 6", "percent: 67", "---", "")
        yield from (
            f"# Status report {area}.{place}",
            "",
            "Total plans completed: 4",
            "",
            "Overall: 8/12 tasks complete (67%)",
            "",
        )
        yield from (
            "## Results",
            "",
            f"- Unit tests: 48/48 passing, 12 files, {3 + place} commits",
            "- E2E: 40 passed, 2 skipped",
            "",
        )
        yield from ("## Areas", "", "| Area | Cases | Passed | Status |", "|---|---|---|---|")
        yield from (f"| {word} | 12 | {12 - row % 3} | Done |" for row, word in enumerate(WORDS[:6]))
        yield from (f"| **Total** | **{72 + self.is_faulty()}** | **66** | Done |", "", "## Files modified (3)", "")
        yield from (f"- `{path}`" for path in sorted({self.path(area, is_faulty=False) for _ in range(9)})[:3])
        yield from (
            "",
            f"## Phase 1: {self.title()} (complete)",
            "",
            *(f"- [x] R{row} {self.title()}" for row in range(8)),
        )

    def data(self, area: int, place: int) -> Iterator[str]:
        """A map of statuses."""
        yield from (
            f"project: area-{area}",
            f"note: 3 epics and {12 + self.is_faulty()} stories",
            "development_status:",
        )
        for epic in range(1, 4):
            yield f"  epic-{epic}: in-progress"
            for story in range(1, 5):
                yield f"  {epic}-{story}-{self.title().replace(' ', '-')}: {'done' if story < 3 else 'backlog'}"
                self.is_faulty()


KINDS: tuple[tuple[Callable[[Writer, int, int], Iterator[str]], str], ...] = (
    (Writer.tracker, "tracker.md"),
    (Writer.sprint, "sprint.md"),
    (Writer.log, "progress-log.md"),
    (Writer.pack, "evidence-pack.md"),
    (Writer.report, "status-report.md"),
    (Writer.sprint, "sprint.md"),
    (Writer.data, "status.yml"),
    (Writer.log, "progress-log.md"),
)


class Clock:
    """Seconds of each step, one number a run."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def time(self, name: str, step: Callable[[], _Result]) -> _Result:
        """What a step returns; how long it took is kept under a name."""
        start = time.process_time()
        result = step()
        self.seconds.setdefault(name, []).append(time.process_time() - start)
        return result

    def median(self, *names: str) -> float:
        """The median over all runs of the sum of several steps."""
        return statistics.median(map(sum, zip(*(self.seconds[name] for name in names), strict=True)))


def judge(family: str, project: Project) -> int:
    """Run the rules of a family over a project; how many findings there are."""
    count = 0
    for kind in FAMILIES[family]:
        rule = kind()
        if isinstance(rule, DocumentRule):
            count += sum(1 for document in project.documents for _ in rule.check(document, project))
        elif isinstance(rule, ProjectRule):
            count += sum(1 for _ in rule.check(project))
    return count


def measure(files: Files, clock: Clock) -> tuple[Project, int]:
    """One run over a tree: the project and how many findings there are; how long each step took goes to the clock.

    What is linked is linked twice: once all together, which counts, and once apart, to tell where the time goes.
    """
    tree = MemoryTree(files)
    documents: list[Document] = clock.time(
        "parse",
        lambda: [parse_document(path, text.encode()) for path, text in files.items() if path.startswith("docs/")],
    )
    project = clock.time("link", lambda: link_documents(documents, tree, "2026-03-01"))
    kept = project.documents
    clock.time("claims", lambda: judge_claims(kept, tree, project.facts, project.placeholder_tree))
    clock.time("statuses", lambda: link_statuses(kept, speak(kept)))
    clock.time("order", lambda: link_order(kept))
    findings = sum(clock.time(family, lambda family=family: judge(family, project)) for family in FAMILIES)  # type: ignore[misc]
    return project, findings


def report(files: Files, faults: int, clock: Clock, project: Project, findings: int) -> str:
    """The figures of all runs as lines of text."""
    size = sum(len(text.encode()) for path, text in files.items() if path.startswith("docs/")) / 1e6
    items = sum(len(document.items) for document in project.documents)
    parse, link, rules = clock.median("parse"), clock.median("link"), clock.median(*FAMILIES)
    lines = [
        f"{len(project.documents)} documents, {size:.2f} MB, {items} items, {faults} faults, {findings} findings, {len(clock.seconds['parse'])} runs",
        "",
        f"{'parse':24} {parse:8.3f} s",
        f"{'link':24} {link:8.3f} s",
        *(f"  {name:22} {clock.median(name):8.3f} s" for name in ("claims", "statuses", "order")),
        f"{'rules':24} {rules:8.3f} s",
        *(f"  {family:22} {clock.median(family):8.3f} s" for family in FAMILIES),
        f"{'(link + rules) / parse':24} {(link + rules) / parse:8.2f}",
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000, help="how many documents the tree has (default: 1000)")
    parser.add_argument("--runs", type=int, default=5, help="how often all is measured (default: 5)")
    args = parser.parse_args(arguments)
    if args.documents < 1 or args.runs < 1:
        print("nothing to measure", file=sys.stderr)
        return 2
    writer, clock = Writer(args.documents), Clock()
    files = writer.files()
    gc.disable()  # as the command does
    try:
        project, findings = measure(files, Clock())  # also warms what is loaded once
        for _ in range(args.runs):
            gc.collect()
            project, findings = measure(files, clock)
    finally:
        gc.enable()
    print(report(files, writer.faults, clock, project, findings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
