"""A command as a process of its own: how long it took, on all cores, and how much memory it held."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """One run of one command.

    Attributes:
        wall: seconds from start to end.
        cpu: seconds of all its processes, in user and kernel mode.
        memory: the most that one of its processes held, in MiB.
        code: its exit code.
    """

    wall: float
    cpu: float
    memory: float
    code: int


def environment() -> dict[str, str]:
    """As somebody runs a tool that is installed: compiled once, in no color."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONWARNINGS")
    return {**{name: value for name, value in os.environ.items() if name not in left_out}, "NO_COLOR": "1"}


def run(command: Sequence[str], folder: Path, output: Path) -> Sample:
    """Run a command in a folder, with what it says in a file."""
    with output.open("wb") as file:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=file, stderr=subprocess.STDOUT, env=environment())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)
