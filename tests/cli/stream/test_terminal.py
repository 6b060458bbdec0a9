"""Color where a person wants it, and a counter that leaves no trace."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Start = Callable[..., "subprocess.CompletedProcess[bytes]"]

ESCAPE = b"\x1b["


@pytest.mark.parametrize(
    ("flags", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (["--format", "json"], {"FORCE_COLOR": "1"}, False),
        (["--format", "json", "--color", "always"], {}, False),
    ],
)
def test_the_flag_wins_then_no_color_then_force_color(
    flags: list[str], environment: dict[str, str], colored: bool, start: Start, faulty: Path
) -> None:
    done = start("check", *flags, **environment)
    assert done.returncode == 1
    assert (ESCAPE in done.stdout) == colored


@pytest.mark.parametrize("columns", ["0", "-5", "wide", "9" * 5000, "40", ""])
def test_any_width_will_do(columns: str, start: Start, faulty: Path) -> None:
    for command, code in (("check", 1), ("parse", 0)):
        done = start(command, COLUMNS=columns)
        assert (done.returncode, done.stderr) == (code, b"")
    assert start("check", "--help", COLUMNS=columns).returncode == 0


def test_a_file_is_plain_unless_color_is_asked_for(start: Start, faulty: Path) -> None:
    start("check", "-o", "plain.txt", FORCE_COLOR="1")
    start("check", "-o", "colored.txt", "--color", "always")
    assert ESCAPE not in (faulty / "plain.txt").read_bytes()
    assert ESCAPE in (faulty / "colored.txt").read_bytes()


pty = pytest.importorskip("pty", reason="needs a terminal")


def on_terminal(command: list[str], stream: str, **environment: str) -> tuple[int, bytes, bytes]:
    """Exit code, what the terminal got, and the other stream of a command with one stream on a terminal."""
    leader, follower = pty.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: follower}
    process = subprocess.Popen(command, **streams, env={**os.environ, "TERM": "xterm", **environment})
    os.close(follower)
    seen = b""
    while piece := read_some(leader):
        seen += piece
    other = process.communicate(timeout=60)
    os.close(leader)
    return process.returncode, seen, other[0] or other[1] or b""


def read_some(leader: int) -> bytes:
    try:
        return os.read(leader, 4096)
    except OSError:  # Linux says EIO where others say end of file
        return b""


@pytest.mark.parametrize(
    ("environment", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_has_color(environment: dict[str, str], colored: bool, faulty: Path) -> None:
    code, seen, _ = on_terminal([sys.executable, "-m", "gatekeeper", "check"], "stdout", **environment)
    assert code == 1
    assert (ESCAPE in seen) == colored


LONG_RUN = """
import sys, time
from gatekeeper.cli.stream.progress import Progress
with Progress(quiet={quiet}) as progress:
    for number in range(1500):
        progress("a.md")
        time.sleep({pause} if number % 100 == 0 else 0)
"""


def test_a_long_run_counts_on_the_terminal_and_erases_it() -> None:
    code, seen, _ = on_terminal([sys.executable, "-c", LONG_RUN.format(quiet=False, pause=0.1)], "stderr")
    assert code == 0
    assert b"\rlooked at 1," in seen
    assert b"\n" not in seen
    assert seen.endswith(b"\r")
    assert not seen.split(b"\r")[-2].strip()


@pytest.mark.parametrize(("quiet", "pause"), [(True, 0.1), (False, 0)])
def test_a_short_or_quiet_run_counts_nothing(quiet: bool, pause: float) -> None:
    code, seen, _ = on_terminal([sys.executable, "-c", LONG_RUN.format(quiet=quiet, pause=pause)], "stderr")
    assert (code, seen) == (0, b"")


def test_where_nobody_looks_nothing_is_counted() -> None:
    program = LONG_RUN.format(quiet=False, pause=0.1)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_check_on_a_terminal_leaves_nothing_behind(clean: Path) -> None:
    code, seen, out = on_terminal([sys.executable, "-m", "gatekeeper", "check"], "stderr")
    assert code == 0
    assert not seen.split(b"\r")[-1]
    assert b"\n" not in seen
    assert out.startswith(b"no findings")
