"""How fast history is told, beside `git log --name-only` of the same repository, each as a whole process.

    python benchmarks/history.py                        a generated repository with 2,000 commits
    python benchmarks/history.py --commits 200 --runs 3
    python benchmarks/history.py --repository FOLDER    another one

Prints least, median and most of all runs in milliseconds, and how many times longer than git it takes. The two take turns, so that a busy
machine slows both. Python's own start stands beside them, as a small repository is told before Python has begun.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

WORDS = ("Queued", "Ready", "In progress", "In review", "Done", "Blocked")
BOARDS, ROWS, SOURCES = 40, 24, 600
FIRST_DAY = 1_704_067_200  # 2024-01-01T00:00:00Z
HOURS = 3600 * 5
MERGES_EVERY, RENAMES_EVERY = 25, 400


class Chronicler:
    """A repository of boards and code as a stream for `git fast-import`; the same for the same number of commits."""

    def __init__(self, commits: int) -> None:
        self._commits = commits
        self._random = random.Random(6)
        self._states = [[0] * ROWS for _ in range(BOARDS)]
        self._paths = [f"docs/area-{board % 8}/board-{board:02}.md" for board in range(BOARDS)]
        self._code: set[int] = set()
        self._mark = 0

    def stream(self) -> Iterator[bytes]:
        """The stream, piece by piece."""
        yield from self._commit(0, "main", [*map(self._board, range(BOARDS)), *map(self._source, range(0, SOURCES, 2))])
        number = 1
        while number < self._commits:
            if number % MERGES_EVERY == 0 and number + 2 < self._commits:
                yield from self._side(number)
                number += 2
            else:
                yield from self._commit(number, "main", self._changes(number))
                number += 1

    def _side(self, number: int) -> Iterator[bytes]:
        """A commit on a branch, and the merge that brings it."""
        start = self._mark
        changes = self._changes(number)
        yield from self._commit(number, "side", changes, f"from :{start}\n")
        yield from self._commit(number + 1, "main", changes, f"from :{start}\nmerge :{self._mark}\n")

    def _changes(self, number: int) -> list[bytes]:
        board = self._random.randrange(BOARDS)
        if number % RENAMES_EVERY == 0:
            old = self._paths[board]
            self._paths[board] = f"docs/moved/board-{board:02}-{number}.md"
            return [f"D {old}\n".encode(), self._board(board)]
        row = self._random.randrange(ROWS)
        state = self._states[board][row]
        self._states[board][row] = (
            (state + 1) % len(WORDS) if self._random.random() < 0.8 else self._random.randrange(len(WORDS))
        )
        changes = [self._board(board), *(self._source(self._random.randrange(SOURCES)) for _ in range(3))]
        return list(dict.fromkeys(changes))

    def _board(self, board: int) -> bytes:
        lines = [f"# Board {board}\n\n| ID | Item | Status | Evidence |\n|---|---|---|---|\n"]
        for row, state in enumerate(self._states[board]):
            lines.append(
                f"| B{board:02}-{row:02} | Work {row} of area {board % 8} | {WORDS[state]} | `src/part_{(board * ROWS + row) % SOURCES:03}.py` |\n"
            )
        return _file(self._paths[board], "".join(lines))

    def _source(self, number: int) -> bytes:
        self._code.add(number)
        return _file(f"src/part_{number:03}.py", f"VALUE = {self._random.randrange(10**9)}\n" * 4)

    def _commit(self, number: int, branch: str, changes: Sequence[bytes], parents: str = "") -> Iterator[bytes]:
        self._mark += 1
        when = f"{FIRST_DAY + number * HOURS} +0000"
        who = "Ada <ada@example.org>"
        message = f"change {number}"
        parent = parents or (f"from :{self._mark - 1}\n" if self._mark > 1 else "")
        yield (
            f"commit refs/heads/{branch}\nmark :{self._mark}\nauthor {who} {when}\ncommitter {who} {when}\n"
            f"data {len(message)}\n{message}\n{parent}"
        ).encode()
        yield from changes
        yield b"\n"


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def generate(folder: Path, commits: int) -> None:
    """Writes the repository into an empty folder, its branch checked out."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for line in (
        ["init", "-q", "-b", "main"],
        ["fast-import", "--quiet"],
        ["reset", "-q", "--hard", "main"],
        ["gc", "-q"],
    ):
        given = b"".join(Chronicler(commits).stream()) if line[0] == "fast-import" else None
        subprocess.run(["git", *line], cwd=folder, input=given, env=environment, check=True)


def milliseconds(line: Sequence[str], folder: Path) -> float:
    """How long a command takes."""
    start = time.perf_counter()
    subprocess.run(line, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return (time.perf_counter() - start) * 1000


def measure(folder: Path, runs: int) -> int:
    """Runs everything in turn and prints the result."""
    ours = [sys.executable, "-m", "gatekeeper", "history"]
    lines = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "git log --name-only": ["git", "log", "--name-only"],
        "history": ours,
        "history B07-03": [*ours, "B07-03"],
        "history --limit 0": [*ours, "--limit", "0"],
    }
    times: dict[str, list[float]] = {name: [] for name in lines}
    for _ in range(runs):
        for name, line in lines.items():
            times[name].append(milliseconds(line, folder))
    print(f"{'':22} {'least':>9} {'median':>9} {'most':>9}  times git")
    for name, values in times.items():
        ratios = [ours / git for ours, git in zip(values, times["git log --name-only"], strict=True)]
        figures = " ".join(f"{value:9.1f}" for value in (min(values), statistics.median(values), max(values)))
        print(f"{name:22} {figures}  {statistics.median(ratios):9.1f}")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Runs the benchmark and returns its exit code."""
    parser = argparse.ArgumentParser(description="How fast history is told.")
    parser.add_argument("--commits", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--repository", type=Path)
    options = parser.parse_args(arguments)
    if options.commits < 1 or options.runs < 1:
        print("nothing to measure", file=sys.stderr)
        return 2
    if options.repository is not None:
        return measure(options.repository, options.runs)
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), options.commits)
        return measure(Path(folder), options.runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
