"""One area of the harbor: ten documents that tell of four sprints, the files that they name, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tree.words import CRITERIA, DUTIES, TEAMS, THEMES, VERBS, Chance, prose

DOCUMENTS = 10
"""How many documents an area has."""
_SPRINTS = 4
_TASKS = 4
_START = date(2026, 1, 5)
# How often one of these is wrong: broken references are to be two of a hundred, and not every reference can be broken.
_BROKEN = 50.0
_FLAW = 12.0


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is to be found: where, by which rule, and whether a checker of Markdown links can see it."""

    path: str
    line: int
    code: str
    is_link: bool = False


@dataclass(slots=True)
class Page:
    """A document that is being written."""

    path: str
    lines: list[str] = field(default_factory=list)

    @property
    def next_line(self) -> int:
        """The number of the line that is written next, from 1."""
        return len(self.lines) + 1

    def add(self, *lines: str) -> None:
        """Write lines."""
        self.lines.extend(lines)

    def row(self, *cells: str) -> None:
        """Write a row of a table."""
        self.lines.append(f"| {' | '.join(cells)} |")


@dataclass(frozen=True, slots=True)
class Task:
    """A task as the tracker knows it."""

    id: str
    title: str
    status: str
    owner: str
    module: str
    day: date


@dataclass(frozen=True, slots=True)
class Sprint:
    """A sprint as the tracker knows it."""

    number: int
    theme: str
    gate: str
    status: str
    tasks: tuple[Task, ...]

    @property
    def name(self) -> str:
        """As files and cells call it."""
        return f"{self.number:02}"

    @property
    def module(self) -> str:
        """The name of its code."""
        return self.theme.replace(" ", "_")


class Area:
    """The documents and files of one area, the same for the same seed and number."""

    def __init__(self, seed: int, number: int) -> None:
        """Write everything."""
        self._chance = Chance(seed * 1_000_003 + number)
        self.folder = f"areas/{number // 50:03}/basin-{number:05}"
        self.files: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.references = 0
        self.documents = 0
        self._number = number
        self._page = Page("")
        finished = 2 + self._chance.below(2)
        themes = self._chance.deal(THEMES, _SPRINTS)
        self.sprints = tuple(self._sprint(index, themes[index], finished) for index in range(_SPRINTS))
        self._begun = tuple(sprint for sprint in self.sprints if sprint.status != "Queued")
        self._flaws = {name for name in _FLAWS if self._chance.is_one_in(_FLAW)}
        self._write_code()
        self._write_tracker()
        self._write_log()
        self._write_backlog()
        for sprint in self.sprints:
            self._write_sprint(sprint)
        for sprint in self.sprints[:3]:
            self._write_pack(sprint)

    def _sprint(self, index: int, theme: str, finished: int) -> Sprint:
        chance = self._chance
        status = "Done" if index < finished else "In Progress" if index == finished else "Queued"
        done = _TASKS if status == "Done" else 2 if status == "In Progress" else 0
        tasks = []
        for place, verb in enumerate(VERBS):
            state = "Done" if place < done else "In Progress" if status == "In Progress" and place == done else "Queued"
            day = _START + timedelta(days=14 * index + 3 * place)
            tasks.append(
                Task(
                    self._id(index * _TASKS + place + 1),
                    f"{verb} {theme}",
                    state,
                    chance.pick(TEAMS),
                    theme.replace(" ", "_"),
                    day,
                )
            )
        return Sprint(index + 1, theme, f"{theme.split()[0].capitalize()} gate", status, tuple(tasks))

    def _id(self, number: int) -> str:
        return f"HB-{self._number}{number:02}"

    # References: each is counted, and some lead nowhere.

    def _proof(self, path: str, *, lines: int = 0) -> str:
        """A code span that names a file of the area as proof, sometimes one that is not there."""
        self.references += 1
        full = f"{self.folder}/{path}"
        if not self._chance.is_one_in(_BROKEN):
            return f"`{full}:2-{lines}`" if lines else f"`{full}`"
        kind = self._chance.below(10)
        stem, dot, suffix = full.rpartition(".")
        if kind == 0:
            head, slash, name = full.rpartition("/")
            return self._broken(f"`{head}{slash}{name.title()}`", "EV002")
        if kind == 1:
            return self._broken(f"`{full}:900-950`", "EV007")
        return self._broken(f"`{stem}-{('draft', 'second', 'signed')[kind % 3]}{dot}{suffix}`", "EV001")

    def _link(self, text: str, target: str, code: str) -> str:
        """A Markdown link relative to its document, sometimes one that leads nowhere."""
        self.references += 1
        if not self._chance.is_one_in(_BROKEN):
            return f"[{text}]({target})"
        stem, dot, suffix = target.rpartition(".")
        return self._broken(f"[{text}]({stem}-{self._number % 7 + 2}{dot}{suffix})", code, is_link=True)

    def _broken(self, text: str, code: str, *, is_link: bool = False) -> str:
        self.faults.append(Fault(self._page.path, self._page.next_line, code, is_link))
        return text

    def _plant(self, flaw: str, *, ahead: int = 0) -> bool:
        """Whether a flaw is to be on the line that is written next, or so many lines after it; it is noted."""
        if flaw not in self._flaws:
            return False
        self.faults.append(Fault(self._page.path, self._page.next_line + ahead, _FLAWS[flaw]))
        return True

    # Pages

    def _open(self, path: str, title: str) -> Page:
        self._page = Page(f"{self.folder}/{path}")
        self._page.add(f"# {title}", "")
        return self._page

    def _close(self) -> None:
        self.files[self._page.path] = "\n".join(self._page.lines) + "\n"
        self.documents += 1

    def _write_code(self) -> None:
        for sprint in self._begun:
            name, module = sprint.name, sprint.module
            rows = "".join(f"    {row!r}: {self._chance.below(900)},\n" for row in self._chance.deal(TEAMS, 3))
            code = f'"""The {sprint.theme}."""\n\nROWS = {{\n{rows}}}\n\n\ndef count():\n    return len(ROWS)\n'
            test = f"from src.{module} import count\n\n\ndef test_{module}_has_rows():\n    assert count() == 3\n"
            self._file(f"src/{module}.py", code)
            self._file(f"tests/test_{module}.py", test)
            self._file(f"migrations/{name}-{module}.sql", f"create table {module} (id integer primary key);\n")
            for run in ("unit-run", "soak-run"):
                berths = (f"{self._chance.below(10_000):04} berth {row} ok\n" for row in range(8))
                self._file(f"evidence/sprint-{name}/{run}.log", "".join(berths))

    def _file(self, path: str, text: str) -> None:
        self.files[f"{self.folder}/{path}"] = text

    def _write_tracker(self) -> None:
        page = self._open("tracker.md", f"Basin {self._number} execution tracker")
        log = self._link("progress log", "progress-log.md", "EV013")
        later = self._link("backlog", "backlog.md", "EV013")
        page.add(
            f"Four sprints, one gate each. How the work goes stands in the {log}, what comes later in the {later}.", ""
        )
        page.add("## Status legend", "", "- `Queued`: planned, nobody has begun.", "- `In Progress`: being built.")
        page.add("- `Done`: accepted, with its evidence.", "", "## Sprints", "")
        page.add("| Sprint | Theme | Gate | Status | Evidence |", "|---|---|---|---|---|")
        for sprint in self.sprints:
            cells = (sprint.name, sprint.theme.capitalize(), sprint.gate, sprint.status, self._sprint_proof(sprint))
            page.row(*cells)
        page.add("", "## Tasks", "", "| ID | Task | Sprint | Status | Owner | Evidence |", "|---|---|---|---|---|---|")
        for sprint in self.sprints:
            for task in sprint.tasks:
                page.row(
                    task.id, self._title(task), sprint.name, task.status, task.owner, self._row_proof(sprint, task)
                )
        self._close()

    def _title(self, task: Task) -> str:
        """A title; of the second task one that says that it is not done yet, where that is the flaw."""
        is_flawed = task is self.sprints[0].tasks[1] and self._plant("says open")
        return f"{task.title} (not yet tested)" if is_flawed else task.title

    def _row_proof(self, sprint: Sprint, task: Task) -> str:
        if task.status != "Done" or (task is self.sprints[0].tasks[2] and self._plant("no evidence")):
            return ""
        return self._task_proof(sprint, task)

    def _sprint_proof(self, sprint: Sprint) -> str:
        if sprint.status != "Done":
            return ""
        if sprint.number == 2 and self._plant("copied pack"):
            self.references += 1
            pack = "[evidence pack](gates/sprint-01-evidence-pack.md)"
        else:
            pack = self._link("evidence pack", f"gates/sprint-{sprint.name}-evidence-pack.md", "EV001")
        proof = f"{pack}, {self._proof(f'evidence/sprint-{sprint.name}/soak-run.log')}"
        if sprint.number == 1 and self._plant("empty"):
            self._file("evidence/sprint-01/smoke-run.log", "")
            return f"{proof}, `{self.folder}/evidence/sprint-01/smoke-run.log`"
        return proof

    def _task_proof(self, sprint: Sprint, task: Task) -> str:
        module = task.module
        paths = (
            f"migrations/{sprint.name}-{module}.sql",
            f"evidence/sprint-{sprint.name}/unit-run.log",
            f"src/{module}.py",
            f"tests/test_{module}.py",
        )
        first = paths[sprint.tasks.index(task)]
        return ", ".join(self._proof(path) for path in dict.fromkeys((first, *paths[2:])))

    def _write_log(self) -> None:
        page = self._open("progress-log.md", f"Basin {self._number} progress log")
        page.add(prose(self._chance, self.sprints[0].theme, 1), "")
        told = [(sprint, task) for sprint in self._begun for task in sprint.tasks if task.status == "Done"]
        behind = 0
        for number, (sprint, task) in enumerate(told, 1):
            day = task.day
            if number == 4 and self._plant("last year"):
                day = day.replace(year=day.year - 1)
            page.add(f"## {day.isoformat()}", "")
            if number == 6 and self._plant("same number"):
                behind = 1
            page.add(f"### Progress Update {number - behind:02}", "", f"- {task.title} ({task.id}):")
            page.add(f"  - {self._proof(f'src/{task.module}.py')}")
            page.add(f"  - {self._proof(f'tests/test_{task.module}.py')}", "- Validation:")
            page.add(f"  - {self._proof(f'evidence/sprint-{sprint.name}/unit-run.log')}", "")
        self._close()

    def _write_backlog(self) -> None:
        page = self._open("backlog.md", f"Basin {self._number} backlog")
        tracker = self._link("execution tracker", "tracker.md", "EV013")
        page.add(
            f"What comes after the four sprints of the {tracker}. {prose(self._chance, self.sprints[3].theme, 2)}", ""
        )
        page.add("| ID | Story | Status | Owner |", "|---|---|---|---|")
        taken = {sprint.theme for sprint in self.sprints}
        stories = self._chance.deal(tuple(one for one in THEMES if one not in taken), 14)
        for place, theme in enumerate(stories):
            number = _SPRINTS * _TASKS + place + 1
            if place == 9 and self._plant("same id"):
                number -= 1
            page.row(self._id(number), f"{self._chance.pick(VERBS)} {theme}", "Queued", self._chance.pick(TEAMS))
        last = self._begun[-1].tasks[-1]
        if self._plant("brought over"):
            page.row(last.id, last.title, "Done", last.owner)
        page.add("", "## Background", "")
        for sprint in self.sprints:
            plan = self._link(f"sprint {sprint.name}", f"sprints/sprint-{sprint.name}.md", "EV013")
            page.add(f"{prose(self._chance, sprint.theme, 4)} See {plan}.", "")
        self._close()

    def _write_sprint(self, sprint: Sprint) -> None:
        page = self._open(f"sprints/sprint-{sprint.name}.md", f"Sprint {sprint.name}: {sprint.theme.capitalize()}")
        page.add(f"**Status:** {sprint.status}", "", f"**Gate:** {sprint.gate}", "")
        tracker = self._link("execution tracker", "../tracker.md", "EV013")
        page.add(f"{prose(self._chance, sprint.theme, 6)} The {tracker} has the whole plan.", "", "## Tasks", "")
        for task in sprint.tasks:
            page.add(f"- [{'x' if task.status == 'Done' else ' '}] {task.id} {task.title}")
            if task.status == "Done":
                page.add(f"  - Evidence: {self._task_proof(sprint, task)}")
        done = sum(task.status == "Done" for task in sprint.tasks)
        if sprint.number == 2 and self._plant("count", ahead=1):
            done -= 1
        page.add("", f"Progress: {done}/{_TASKS} tasks", "")
        self._write_criteria(sprint)
        self._write_reading(sprint)
        self._close()

    def _write_criteria(self, sprint: Sprint) -> None:
        page, is_done = self._page, sprint.status == "Done"
        page.add("## Exit criteria", "")
        for place, (criterion, duty) in enumerate(zip(self._chance.deal(CRITERIA, 5), DUTIES, strict=True)):
            page.add(f"- [{'x' if is_done else ' '}] The {sprint.theme} {criterion}; {duty}.")
            if is_done:
                is_flawed = sprint.number == 1 and place == 0 and self._plant("test")
                path = f"tests/test_{sprint.module}.py"
                test = f"`{self.folder}/{path}` (`test_{sprint.module}_is_sorted`)" if is_flawed else self._proof(path)
                code = self._proof(f"src/{sprint.module}.py", lines=6)
                page.add(f"  - Evidence: {test}, {code}")
        page.add("")

    def _write_reading(self, sprint: Sprint) -> None:
        self._page.add("## Reading", "")
        for before in self._begun[: sprint.number - 1] or self._begun[:1]:
            module = before.module
            for text, target in (
                (before.theme, f"../src/{module}.py"),
                ("its table", f"../migrations/{before.name}-{module}.sql"),
            ):
                self._page.add(f"- {self._link(text, target, 'EV013')}: {prose(self._chance, before.theme, 1)}")

    def _write_pack(self, sprint: Sprint) -> None:
        is_done = sprint.status == "Done"
        page = self._open(f"gates/sprint-{sprint.name}-evidence-pack.md", f"{sprint.gate} evidence pack")
        page.add(
            f"- Sprint: {sprint.name}", f"- Gate: {sprint.gate}", f"- Decision: {'GO' if is_done else 'pending'}", ""
        )
        page.add("## Evidence", "", "| Requirement | Status | Evidence |", "|---|---|---|")
        for criterion in self._chance.deal(CRITERIA, 7):
            page.row(f"The {sprint.theme} {criterion}", "PASS" if is_done else "Pending", self._pack_proof(sprint))
        if is_done and sprint.number == 2 and self._plant("lines", ahead=1):
            page.add("", f"The run `{self.folder}/evidence/sprint-02/soak-run.log` has 40 lines.")
        page.add("", "## Sign-off", "", "| Role | Name | Status |", "|---|---|---|")
        for team in self._chance.deal(TEAMS, 2):
            page.row(team, "lead", "signed" if is_done else "pending")
        page.add("", "## What was looked at", "", prose(self._chance, sprint.theme, 8))
        self._close()

    def _pack_proof(self, sprint: Sprint) -> str:
        if sprint.status != "Done":
            return ""
        run = self._proof(f"evidence/sprint-{sprint.name}/unit-run.log")
        test = self._proof(f"tests/test_{sprint.module}.py")
        return f"{run}, {test}, {self._proof(f'src/{sprint.module}.py', lines=6)}"


_FLAWS = {
    "brought over": "ST004",
    "copied pack": "GA012",
    "count": "CL001",
    "empty": "EV005",
    "last year": "LG001",
    "lines": "CL006",
    "no evidence": "EV011",
    "same id": "GA008",
    "same number": "LG004",
    "says open": "ST009",
    "test": "EV010",
}
"""What may be wrong besides references, and the rule that tells of it."""
