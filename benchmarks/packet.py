"""How long a packet takes beside its floor: reading and hashing the same files in plain Python.

    python benchmarks/packet.py                        2,000 files
    python benchmarks/packet.py --files 200 --runs 3   fewer

The repository is made by plain git, the same every time: one tracker whose one done item names a folder of evidence. Each run builds, verifies and
takes the floor in turn, each as a process of its own; medians, and how build and verify stand to the floor.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

FLOOR = """
import hashlib, subprocess, sys
listing = subprocess.run(["git", "ls-files", "-s", "-z"], capture_output=True, check=True).stdout
total = 0
for entry in listing.split(b"\\0"):
    if entry:
        with open(entry.partition(b"\\t")[2], "rb") as file:
            data = file.read()
        total += len(data)
        hashlib.sha256(data).hexdigest()
print(total)
"""
SEED = 20260226


def make_repository(root: Path, files: int) -> None:
    """A repository with a tracker and so many files of evidence, in one commit."""
    chance = Random(SEED)
    rows = ["# Sprint plan", "", "| Sprint | Status | Gate | Evidence |", "|---|---|---|---|"]
    rows.append("| Sprint 1 | Done | Build gate | `evidence/` |")
    (root / "plan.md").write_text("\n".join(rows) + "\n", "utf-8")
    for number in range(files):
        path = root / "evidence" / f"{number // 100:03}" / f"{number:05}.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{chance.getrandbits(64):016x} berth {line} checked" for line in range(chance.randint(5, 120)))
        path.write_text("\n".join(lines) + "\n", "utf-8")
    who = {f"GIT_{role}_{part}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        subprocess.run(["git", *command], cwd=root, env=environment, check=True)


def seconds_of(command: list[str], root: Path) -> float:
    """How long a command took; it must succeed."""
    # As it is installed: compiled once.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def main(arguments: list[str]) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description="Time packets beside reading and hashing the same files.")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args(arguments)
    if asked.files < 1 or asked.runs < 1:
        parser.error("there must be a file and a run")
    with tempfile.TemporaryDirectory() as folder:
        root, packet = Path(folder) / "repository", str(Path(folder) / "gate.zip")
        root.mkdir()
        make_repository(root, asked.files)
        own = [sys.executable, "-m", "gatekeeper"]
        commands = {
            "floor": [sys.executable, "-c", FLOOR],
            "build": [*own, "packet", "build", "--all", "-o", packet, "--today", "2026-03-01"],
            "verify": [*own, "verify", packet],
        }
        for command in commands.values():
            seconds_of(command, root)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(asked.runs):
            for name, command in commands.items():
                times[name].append(seconds_of(command, root))
        size = Path(packet).stat().st_size
    print(f"{asked.files} files, packet of {size / 1e6:.1f} MB, {asked.runs} runs")
    floor = statistics.median(times["floor"])
    for name, taken in times.items():
        print(f"{name:8} {statistics.median(taken):7.3f} s   {statistics.median(taken) / floor:6.2f} times the floor")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
