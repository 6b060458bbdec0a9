"""What is measured: each command of ours in turn with a peer's or with a floor."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trees import TODAY, make_tree

from paired.peers import Peer
from paired.process import Sample, run
from paired.table import Pair, Row, cpu, growth_row, memory, missing_row, ratio_row, wall

_PASS = (sys.executable, "-c", "pass")
_OWN = (sys.executable, "-m", "gatekeeper")
_VERDICT = Path(__file__).with_name("verdict.py")
_ADDED = "\nThe clerks read this page {}.\n"


@dataclass(slots=True)
class Bench:
    """One session of measuring.

    Attributes:
        folder: where trees, caches and outputs go.
        rounds: documents -> how often each case of that size is run.
        rumdl: the peer that checks links; None where there is none.
        linter: the peer that checks style; None where there is none.
        faults: every way in which findings were not what was planted.
        say: is told what is measured now.
    """

    folder: Path
    rounds: dict[int, int]
    rumdl: Peer | None
    linter: Peer | None
    say: Callable[[str], None]
    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cold_pairs: dict[int, list[Pair]] = field(default_factory=dict)

    def startup(self, rounds: int) -> None:
        """`--version` and pages of help beside an interpreter that does nothing."""
        for goal, arguments in ((2.5, ("--version",)), (5.0, ("--help",)), (5.0, ("check", "--help"))):
            case = f"`{' '.join(('gatekeeper', *arguments))}`"
            self.say(case)
            pairs = self._turns(rounds, lambda own=(*_OWN, *arguments): self._run(own), lambda: self._run(_PASS))
            self.rows.append(ratio_row(case, pairs, wall, goal, "`python -c pass`"))

    def cold(self, documents: int, goal: float | None) -> None:
        """A whole check without any cache beside rumdl's look at links, and beside a linter of style."""
        tree = self.tree(documents)
        self.say(f"cold, {documents:,} documents")
        ours, case = lambda: self._check(tree, "--no-cache"), f"cold, {documents:,} documents"
        if self.rumdl is None:
            self.rows.append(missing_row(case, "rumdl could not be installed", goal))
            return
        pairs = self.cold_pairs[documents] = self._turns(
            self.rounds[documents], ours, lambda: self._rumdl(tree, "--no-cache")
        )
        other = f"{self.rumdl.version}, MD057"
        self.rows.append(ratio_row(f"{case}, wall", pairs, wall, goal, other))
        self.rows.append(ratio_row(f"{case}, CPU", pairs, cpu, goal if documents == 10_000 else None, other))
        most = {10_000: 1.0, 100_000: 0.5}.get(documents)
        self.rows.append(ratio_row(f"{case}, memory", pairs, memory, most, other))

    def linted(self, documents: int) -> None:
        """The same beside a linter that looks at every line for its style."""
        if self.linter is None:
            return
        tree, linter = self.tree(documents), self.linter
        self.say(f"beside {linter.version}")
        lint = (*linter.command, "**/*.md")
        pairs = self._turns(1, lambda: self._check(tree, "--no-cache"), lambda: self._run(lint, tree))
        self.rows.append(ratio_row(f"cold, {documents:,} documents, wall", pairs, wall, None, linter.version))

    def warm(self, documents: int) -> None:
        """An unchanged tree, and one of which ten documents changed since, with what was remembered of it."""
        tree, case = self.tree(documents), f"warm, {documents:,} documents"
        if self.rumdl is None:
            why = "rumdl could not be installed"
            self.rows.append(missing_row(f"{case}, unchanged", why, 0.25))
            self.rows.append(missing_row(f"{case}, 10 changed", why, 0.5))
            return
        rounds, other = self.rounds[documents], f"{self.rumdl.version}, warm"
        self.say(f"{case}, unchanged")
        self._check(tree)
        self._rumdl(tree, *self._cache_of(tree))
        pairs = self._turns(rounds, lambda: self._check(tree), lambda: self._rumdl(tree, *self._cache_of(tree)))
        self.rows.append(ratio_row(f"{case}, unchanged", pairs, wall, 0.25, other))
        status = ("git", "--no-optional-locks", "status", "--porcelain")
        pairs = self._turns(rounds, lambda: self._check(tree), lambda: self._run(status, tree))
        self.rows.append(ratio_row(f"{case}, unchanged", pairs, wall, 4.0, "`git status`"))
        self.say(f"{case}, 10 changed")
        with Changes(tree) as changes:
            pairs = self._turns(
                rounds,
                lambda: self._check(tree),
                lambda: self._rumdl(tree, *self._cache_of(tree)),
                lambda: changes.make(10),
            )
        self.rows.append(ratio_row(f"{case}, 10 changed", pairs, wall, 0.5, other))

    def precommit(self, documents: int) -> None:
        """What a hook waits for: one document changed, and ten of them beside one."""
        tree, case = self.tree(documents), f"hook, {documents:,} documents"
        self.say(case)
        rounds = self.rounds[documents]
        with Changes(tree) as changes:

            def changed(count: int) -> Sample:
                changes.make(count, staged=True)
                return self._check(tree, "--staged")

            # The first one judges HEAD, which the later ones know.
            changed(1)
            pairs = self._turns(rounds, lambda: changed(1), lambda: self._run(_PASS))
            self.rows.append(ratio_row(f"{case}, 1 changed", pairs, wall, 8.0, "`python -c pass`"))
            pairs = self._turns(rounds, lambda: changed(10), lambda: changed(1))
            self.rows.append(ratio_row(f"{case}, 10 changed", pairs, wall, 1.25, "1 changed"))

    def growth(self) -> None:
        """How times grow from each size to ten times that size."""
        for small, large, goal in ((1_000, 10_000, 1.05), (10_000, 100_000, 1.15)):
            if small in self.cold_pairs and large in self.cold_pairs:
                case = f"growth, {small:,} to {large:,}: exponent"
                self.rows.append(growth_row(case, self.cold_pairs[small], self.cold_pairs[large], goal))

    def tree(self, documents: int) -> Path:
        """A tree of so many documents, made when it is asked for first."""
        tree = self.folder / f"tree-{documents}"
        if not tree.exists():
            self.say(f"making {documents:,} documents")
            make_tree(tree, documents)
        return tree

    def _turns(
        self,
        rounds: int,
        ours: Callable[[], Sample],
        theirs: Callable[[], Sample],
        before: Callable[[], None] = lambda: None,
    ) -> list[Pair]:
        """Both in turn, now one and now the other first, so that neither gains by what the other left in memory."""
        pairs = []
        for turn in range(rounds):
            before()
            if turn % 2:
                other = theirs()
                pairs.append((ours(), other))
            else:
                own = ours()
                pairs.append((own, theirs()))
        return pairs

    def _run(self, command: Sequence[str], folder: Path | None = None) -> Sample:
        return run(command, folder or self.folder, self.folder / "output.txt")

    def _check(self, tree: Path, *flags: str) -> Sample:
        """Our check of a whole tree, whose findings must be those that were planted."""
        report = self.folder / "report.json"
        command = (*_OWN, "check", "--today", TODAY, "--exit-zero", "--format", "json", "-o", str(report), *flags)
        sample = self._run(command, tree)
        if sample.code:
            raise RuntimeError(f"{' '.join(command)}: {(self.folder / 'output.txt').read_text('utf-8')}")
        # A hook tells of the change alone.
        part = ["--part"] if "--staged" in flags else []
        judge = [sys.executable, str(_VERDICT), *part, str(report), str(_truth(tree))]
        verdict = subprocess.run(judge, capture_output=True, text=True, check=False)
        if verdict.returncode:
            self.faults.append(f"{tree.name} {' '.join(flags)}: {' '.join((verdict.stdout or verdict.stderr).split())}")
        return sample

    def _rumdl(self, tree: Path, *flags: str) -> Sample:
        """The look of rumdl at links, which must find every broken link between documents."""
        assert self.rumdl is not None
        sample = self._run((*self.rumdl.command, "check", "--no-config", *flags, "--enable", "MD057", "."), tree)
        found, planted = (self.folder / "output.txt").read_bytes().count(b"MD057"), _links(tree)
        if found < planted:
            self.faults.append(f"{tree.name}: rumdl found {found} of {planted} broken links")
        return sample

    def _cache_of(self, tree: Path) -> tuple[str, str]:
        return ("--cache-dir", str(self.folder / f"rumdl-{tree.name}"))


class Changes:
    """Documents of a tree that are changed, and put back at the end."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree
        self._before = {path: path.read_bytes() for path in sorted(tree.glob("areas/*/*/backlog.md"))[:: max(1, 10)]}
        self._turn = 0

    def make(self, count: int, *, staged: bool = False) -> None:
        """Give so many documents another sentence at their end, which changes nothing of what is to be found; the others are as committed."""
        self._turn += 1
        self.__exit__()
        chosen = list(self._before)[:count]
        for path in chosen:
            path.write_bytes(self._before[path] + _ADDED.format("once more, " * self._turn + "and so on").encode())
        if staged:
            subprocess.run(["git", "add", "--all"], cwd=self._tree, check=True)

    def __enter__(self) -> Changes:
        return self

    def __exit__(self, *_: object) -> None:
        for path, data in self._before.items():
            if path.read_bytes() != data:
                path.write_bytes(data)
        subprocess.run(["git", "reset", "-q"], cwd=self._tree, check=True)


def _truth(tree: Path) -> Path:
    return tree.with_name(f"{tree.name}.truth.json")


def _links(tree: Path) -> int:
    links: int = json.loads(_truth(tree).read_bytes())["links"]
    return links
