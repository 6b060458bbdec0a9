"""How long a dashboard of many items takes in each form, beside `json.dump` of the same items: whole processes, in turn.

    python benchmarks/dashboard.py --items 10000 --runs 7

Each process starts, reads the items (pickled), and writes one file. Prints the least, median and most of all runs, as
times of the least `json.dump`, and the size of what was written.
"""

from __future__ import annotations

import argparse
import json
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from gatekeeper.model.finding import Location
from gatekeeper.model.report import Change, Input, InputState, Report
from gatekeeper.model.status import Status
from gatekeeper.model.text import Position
from gatekeeper.model.view.board import Board, ItemView, Proof, ProofState

FORMS = ("floor", "json", "text", "all", "markdown", "html")
_COMMIT = Change("3f0bccc5821773d5e62be0342e1f3b3edc066b11", "2026-03-01")
_REVISION = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
_LINKS = "https://github.com/harbor/fleet/blob/{commit}/{path}?plain=1#L{line}"


def large_board(count: int) -> Board:
    """A board of `count` items in forty documents, each with two pieces of evidence; every eleventh has a finding."""
    report = Report("1", inputs=(Input("docs/tracker.md", InputState.PARSED),), revision=_REVISION)
    return Board(report, items=tuple(_iter_items(count)), today="2026-11-21", title="harbor/fleet")


def _iter_items(count: int) -> Iterator[ItemView]:
    statuses, states = tuple(Status), tuple(ProofState)
    for number in sorted(range(count), key=lambda number: (number % 40, number)):
        sprint, line = number % 40, number // 40 + 5
        status = statuses[number % len(statuses)]
        folder = f"test-evidence/sprint-{sprint:02}"
        proofs = ((f"{folder}/run-{number}-{one}.json", states[number * (one + 1) % 7]) for one in range(2))
        yield ItemView(
            location=Location(f"docs/sprint-{sprint:02}/tracker.md", Position(line, 3), Position(line, 3)),
            id=f"T-{number}",
            kind="task",
            title=f"Fit part {number} of boat {number % 97} and write down how it held",
            raw=status.value.upper(),
            status=status,
            unit=f"Sprint {sprint}",
            gate=f"Gate {sprint % 12}",
            owner=("Ada", "Kim", "Noor")[number % 3],
            evidence=tuple(
                Proof(path, state, path if state is ProofState.FOUND else "", line, _COMMIT) for path, state in proofs
            ),
            changed=_COMMIT,
            codes=("EV001",) if number % 11 == 0 else (),
        )


def write(form: str, source: Path, target: Path) -> None:
    """One process: reads the pickled items or board, writes a file in a form; imports only what that form needs."""
    with source.open("rb") as file:
        found = pickle.load(file)
    if form == "floor":
        with target.open("w", encoding="utf-8") as file:
            json.dump(found, file)
        return
    from gatekeeper.render.board.data import board_data, render_json
    from gatekeeper.render.board.links import Links

    links = Links(_LINKS, _REVISION)
    with target.open("w", encoding="utf-8") as file:
        if form == "json":
            file.write(render_json(found, links))
        elif form == "html":
            from gatekeeper.render.board.markup.page import render_page

            file.writelines(render_page(board_data(found, links)))
        elif form == "markdown":
            from gatekeeper.render.board.markup.markdown import render_markdown

            file.write(render_markdown(board_data(found, links)))
        else:
            from gatekeeper.render.board.text import render_text
            from gatekeeper.render.style import Style

            file.writelines(render_text(board_data(found, Links()), Style(), 1 if form == "all" else 0))


def measure(count: int, runs: int, folder: Path) -> dict[str, tuple[list[float], int]]:
    """Form -> seconds of each run, and the bytes that it wrote; the forms take turns."""
    from gatekeeper.render.board.data import board_data
    from gatekeeper.render.board.links import Links

    board = large_board(count)
    plain = json.loads(json.dumps(board_data(board, Links(_LINKS, _REVISION))["items"]))
    for name, value in (("floor", plain), ("board", board)):
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(value))
    found: dict[str, tuple[list[float], int]] = {form: ([], 0) for form in FORMS}
    for _ in range(runs):
        for form in FORMS:
            source, target = folder / f"{'floor' if form == 'floor' else 'board'}.pickle", folder / f"{form}.out"
            start = time.perf_counter()
            subprocess.run([sys.executable, __file__, "--write", form, str(source), str(target)], check=True)
            found[form][0].append(time.perf_counter() - start)
            found[form] = (found[form][0], target.stat().st_size)
    return found


def main(arguments: Sequence[str]) -> int:
    """Measures and prints; 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description="Measure dashboards beside json.dump.")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", nargs=3, metavar=("FORM", "SOURCE", "TARGET"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.write:
        write(given.write[0], Path(given.write[1]), Path(given.write[2]))
        return 0
    if min(given.items, given.runs) < 1:
        print("nothing to measure", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        found = measure(given.items, given.runs, Path(folder))
    floor = min(found["floor"][0])
    print(f"{given.items} items, {given.runs} runs, json.dump {floor:.2f} s")
    print(f"{'form':<10}{'least':>8}{'median':>8}{'most':>8}{'MB':>8}")
    for form, (times, size) in found.items():
        figures = (min(times) / floor, statistics.median(times) / floor, max(times) / floor)
        print(f"{form:<10}{''.join(f'{figure:8.2f}' for figure in figures)}{size / 1e6:8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
