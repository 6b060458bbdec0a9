"""Runs `gatekeeper check` on a copy of the example repository, then what answers for a release, and says what to do next.

python examples/demo.py           in a temporary folder that is removed afterwards
python examples/demo.py FOLDER    in a new folder that stays, to mend a fault there and check again; the page and the packet stand beside it
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent / "harbor"
FOUND = 1
# The day on which the example plays: its waivers end before or after it.
TODAY = "2026-05-04"
USAGE = 2

# The file that was moved in the copy's history, and what it was called before.
MOVED, FORMER = "docs/operations/runbook.md", "docs/runbook.md"
LEFT_OUT = {
    "test-evidence/sprint-03/tide-run.log": "tide run, 2026-04-19: every boat floats at every tide\n",
    "test-evidence/sprint-03/soundings.csv": "berth,depth_m\nA1,1.6\nB1,2.4\n",
}
_SETTINGS = {
    "user.name": "harbor",
    "user.email": "harbor@example.invalid",
    "core.autocrlf": "false",
    "core.hooksPath": os.devnull,
    "commit.gpgSign": "false",
}


def main(arguments: Sequence[str]) -> int:
    """Runs the demo and returns its exit code: 0 when the check ended as it should, with findings."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        print(__doc__)
        return USAGE
    if importlib.util.find_spec("gatekeeper") is None:
        print("gatekeeper is not installed for this Python; `make demo` installs it in .venv", file=sys.stderr)
        return USAGE
    if arguments:
        return _demonstrate(Path(arguments[0]), stays=True)
    with tempfile.TemporaryDirectory(prefix="gatekeeper-demo-", ignore_cleanup_errors=True) as folder:
        return _demonstrate(Path(folder) / "harbor", stays=False)


def _demonstrate(folder: Path, *, stays: bool) -> int:
    if folder.exists():
        print(f"{folder} exists already; name a folder that does not", file=sys.stderr)
        return USAGE
    problem = copy_example(folder)
    if problem:
        print(
            f"Without git ({problem}) six faults are not shown: an ignored file, one that was never added,\n"
            "a commit that does not exist and one of another branch, an environment file that is\n"
            "tracked and one that is not ignored.\n"
        )
    print(f"$ cd {folder}\n$ gatekeeper check --today {TODAY}\n", flush=True)
    code = check(folder)
    if code != FOUND:
        print(f"\nThe check exited with {code}, expected {FOUND}: it should have found the faults.", file=sys.stderr)
        return 1
    if not show_release(folder):
        return 1
    print("\n" + "\n".join(next_steps(folder if stays else None)))
    return 0


def copy_example(folder: Path) -> str:
    """Writes the example into a new folder, as a git repository if it can; returns why it could not, or ""."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("node_modules", "*.log"))
    program = shutil.which("git")
    problem = _make_history(program, folder) if program else "it is not installed"
    for path, text in LEFT_OUT.items():
        (folder / path).write_text(text, "utf-8", newline="\n")
    return problem


def _make_history(program: str, folder: Path) -> str:
    """A commit on a branch of its own, then two, the second of which moves a file; returns what git complained of, or ""."""
    (folder / MOVED).replace(folder / FORMER)
    try:
        _git(program, folder, "init", "--quiet", "--template=")
        _git(program, folder, "commit", "--quiet", "--allow-empty", "--message=Try the crane")
        _git(program, folder, "checkout", "--quiet", "--orphan", "harbor")
        _git(program, folder, "add", "--all")
        _git(program, folder, "commit", "--quiet", "--message=Harbor, sprint 02")
        (folder / MOVED).parent.mkdir(exist_ok=True)
        _git(program, folder, "mv", FORMER, MOVED)
        _git(program, folder, "commit", "--quiet", "--message=Move the runbook to the operations")
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder / ".git", ignore_errors=True)
        if (folder / FORMER).exists():
            (folder / FORMER).replace(folder / MOVED)
        return str(error.stderr).strip().partition("\n")[0] or str(error)
    return ""


def _git(program: str, folder: Path, *arguments: str) -> None:
    """Runs git with settings of our own alone, so that the copy is the same on every machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-04-20T12:00:00Z",
        "GIT_COMMITTER_DATE": "2026-04-20T12:00:00Z",
    }
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command = [program, *settings, *arguments]
    subprocess.run(command, cwd=folder, env={**kept, **own}, check=True, capture_output=True, text=True)


def check(folder: Path) -> int:
    """Runs the check with this terminal's own width and color, and returns its exit code."""
    # -P: nothing in the folder that is checked may pass for a module.
    command = [sys.executable, "-P", "-m", "gatekeeper", "check", "--today", TODAY]
    return subprocess.run(command, cwd=folder, check=False).returncode


def show_release(folder: Path) -> bool:
    """Runs what answers for a release, and returns whether all of it ended as it should: a gate that is open, a page, a sealed packet."""
    gate, board, packet = "Booking gate", f"../{folder.name}-board.html", f"../{folder.name}-gate.zip"
    plan = [["plan", gate], ["dashboard", "--format", "html", "-o", board, "--today", TODAY]]
    sealed = [["packet", "build", "--gate", gate, "--today", TODAY, "-o", packet], ["verify", packet]]
    expected = {"plan": FOUND}
    print(
        "\nMay its gate be passed? What is missing? A page for whoever decides, and a sealed packet of what was found:",
        flush=True,
    )
    for words in [*plan, *(sealed if (folder / ".git").is_dir() else [])]:
        shown = " ".join(f'"{word}"' if " " in word else word for word in words)
        print(f"\n$ gatekeeper {shown}", flush=True)
        command = [sys.executable, "-P", "-m", "gatekeeper", *words]
        code = subprocess.run(command, cwd=folder, check=False).returncode
        if code != expected.get(words[0], 0):
            print(f"\ngatekeeper {words[0]} exited with {code}.", file=sys.stderr)
            return False
    return True


def next_steps(kept: Path | None) -> list[str]:
    """What to do after the demo, line by line; `kept` is the copy, if it stays."""
    program = _shown(_program())
    steps = [
        "The check exited with 1, as it does when it finds errors: a hook or a CI job would stop here.",
        "Finding them was the demo's task, so the demo itself exits with 0. Every planted fault is listed in examples/README.md.",
        "",
        "Next:",
        f"  {program} rule EV001",
        "      what a finding means and what mends it; any code will do",
    ]
    if kept is None:
        steps += [
            f"  {_shown(sys.executable)} examples/demo.py ../harbor",
            "      the same with a copy that stays: mend a fault there and run the check again",
        ]
    else:
        steps += [f"  cd {kept}", "      mend a fault there and run the check again"]
    return [*steps, "  cd path/to/your/repository", f"  {_program()} check", "      your own documents"]


def _program() -> str:
    """The command that was installed beside this Python; else the module."""
    name = "gatekeeper.exe" if os.name == "nt" else "gatekeeper"
    program = Path(sys.executable).with_name(name)
    return str(program) if program.is_file() else f"{sys.executable} -P -m gatekeeper"


def _shown(program: str) -> str:
    """A path as short as it works from the current folder."""
    return program.removeprefix(f"{Path.cwd()}{os.sep}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
