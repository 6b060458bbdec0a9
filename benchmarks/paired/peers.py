"""Peers in environments of their own, so that nothing of them is left behind."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RUMDL = "0.3.0"


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool that can be run: how it is called, and which one it is."""

    command: tuple[str, ...]
    version: str


def install_rumdl(folder: Path) -> Peer | None:
    """The peer rumdl from PyPI; None where it cannot be had."""
    home = folder / "rumdl"
    program = home / "bin" / "rumdl"
    if not program.exists():
        steps = (
            [sys.executable, "-m", "venv", str(home)],
            [str(home / "bin" / "pip"), "install", "-q", f"rumdl=={RUMDL}"],
        )
        if not all(_succeeds(step, folder) for step in steps):
            return None
    return Peer((str(program),), _said([str(program), "--version"]))


def install_markdownlint(folder: Path) -> Peer | None:
    """markdownlint-cli2 from npm; None where there is no npm, or it cannot be had."""
    home, npm = folder / "markdownlint", shutil.which("npm")
    program = home / "node_modules" / ".bin" / "markdownlint-cli2"
    if not program.exists():
        home.mkdir(exist_ok=True)
        if npm is None or not _succeeds([npm, "install", "--no-audit", "--no-fund", "markdownlint-cli2"], home):
            return None
    return Peer((str(program),), _said([str(program), "--help"]).partition(" (")[0])


def _succeeds(command: Sequence[str], folder: Path) -> bool:
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def _said(command: Sequence[str]) -> str:
    """The first line of what a command says."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).partition("\n")[0].strip()
