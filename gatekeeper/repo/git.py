"""The one door to git: a short list of commands that run nothing of the repository's, with its configuration disarmed.

A repository's `.git/config` and `.gitattributes` can name programs (core.fsmonitor, hooks, filters, textconv, gpg.program, transports) that most
git commands start. The commands below start none once the settings below are given; `tests/repo/test_hostile.py` holds both halves.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from msgspec import Struct

from gatekeeper.model.errors import TreeError

TIMEOUT_SECONDS = 60.0
_PIECE_BYTES = 1 << 16
_ERROR_BYTES = 1 << 16

_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.untrackedCache=false",
    "log.showSignature=false",
    # What `log -m` shows of a merge; `remerge` would start merge drivers.
    "log.diffMerges=first-parent",
)
# An objects database that lacks objects (a partial clone) fetches them on the fly, through any program that `remote.*`, `core.sshCommand` or
# `ext::` names. GIT_ALLOW_PROTOCOL overrides every `protocol.*.allow` of the repository; GIT_NO_LAZY_FETCH is its plainer form since git 2.45.
# Replaced objects and grafts tell another history than the commit's own id vouches for.
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
}
# The user's and the machine's own configuration stay in force: they hold safe.directory and the ignore rules of the user. Where the repository
# and its parts lie (GIT_DIR, GIT_WORK_TREE, GIT_OBJECT_DIRECTORY ...) is never taken from the caller: a hook's caller may be another repository.
_KEPT_VARIABLES = (
    "GIT_CONFIG",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
)

_NO_DIFF_PROGRAMS = "--no-ext-diff --no-textconv --no-color -O/dev/null -l1000"
_DIFF_OPTIONS = (
    "-z -r --root --name-status --raw --no-abbrev --relative --no-relative --find-renames --find-renames= --no-renames"
    " --diff-filter= --no-commit-id"
)
# command -> (options that are always given, options that a caller may add)
_COMMANDS = {
    # Reads values alone; `remote.*.url` may hold a password, so that nothing of it is shown but what `WorkTree.remotes` lets through.
    "config": ("-z --get-regexp", ""),
    "rev-parse": (
        "",
        "--is-bare-repository --absolute-git-dir --show-toplevel --is-shallow-repository --show-object-format --verify -q",
    ),
    "ls-files": ("-z", "-s -t -o --exclude-standard"),
    "ls-tree": ("-z", "-r -t -l --full-tree"),
    "cat-file": ("", "--batch --batch-check --buffer"),
    "log": (
        f"--no-show-signature {_NO_DIFF_PROGRAMS}",
        f"--format= --max-count= --no-merges --first-parent -m -- {_DIFF_OPTIONS}",
    ),
    # The configuration and .gitmodules, which a stranger wrote, may tell git to pass over submodules.
    "diff-tree": (f"-r {_NO_DIFF_PROGRAMS} --ignore-submodules=none", _DIFF_OPTIONS),
    # What `git add -N` only announces is in the index, and will be in no commit.
    "diff-index": (f"--cached {_NO_DIFF_PROGRAMS} --ignore-submodules=none --ita-invisible-in-index", _DIFF_OPTIONS),
}


class GitError(TreeError):
    """Git answered with an error, or not in time."""


class Answer(Struct, frozen=True):
    """What git said: its exit code and both streams."""

    code: int
    output: bytes
    error: str


class GitProcess:
    """One running git command; a context manager that never leaves a process behind."""

    def __init__(self, process: subprocess.Popen[bytes], folder: str, timeout_seconds: float) -> None:
        self._process = process
        self._folder = folder
        self._timeout_seconds = timeout_seconds

    def __enter__(self) -> GitProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.returncode is None:
            self._process.kill()
            self._process.communicate()

    def answer(self, given: bytes | None = None) -> Answer:
        """Git's answer, whatever it is, once the command has read `given` and ended.

        Raises:
            GitError: it did not end in time.
        """
        try:
            output, error = self._process.communicate(given, self._timeout_seconds)
        except subprocess.TimeoutExpired:
            raise _lateness(self._folder, self._timeout_seconds) from None
        return Answer(self._process.returncode, output, error.decode("utf-8", "replace"))

    def output(self, given: bytes | None = None) -> bytes:
        """What git printed; see `answer`.

        Raises:
            GitError: it failed or did not end in time.
        """
        answer = self.answer(given)
        if answer.code:
            raise explain(answer.error, self._folder)
        return answer.output


class GitStream:
    """A git command whose output is read while it runs; a context manager that never leaves a process behind.

    Each reading may take as long as one command may; then git is stopped, and the reading fails.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], errors: IO[bytes], folder: str, timeout_seconds: float
    ) -> None:
        assert process.stdout is not None
        self._process = process
        self._output = process.stdout
        self._errors = errors
        self._folder = folder
        self._timeout_seconds = timeout_seconds
        self._deadline: float | None = None
        self._is_late = False
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> GitStream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._errors.close()

    def ask(self, given: bytes) -> None:
        """Writes to the command's standard input; what it answers must be read before more than a pipe holds is asked.

        Raises:
            GitError: it has ended.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(given)
            self._process.stdin.flush()
        except OSError:
            raise self._failure() from None

    def line(self) -> bytes:
        """The next line with its end.

        Raises:
            GitError: it ended before, or did not answer in time.
        """
        self._deadline = time.monotonic() + self._timeout_seconds
        found = self._output.readline()
        self._deadline = None
        if not found.endswith(b"\n"):
            raise self._failure()
        return found

    def take(self, size: int) -> bytes:
        """The next `size` bytes.

        Raises:
            GitError: it ended before, or did not answer in time.
        """
        self._deadline = time.monotonic() + self._timeout_seconds
        found = self._output.read(size)
        self._deadline = None
        if len(found) < size:
            raise self._failure()
        return found

    def pieces(self) -> Iterator[bytes]:
        """All that is left, as it comes.

        Raises:
            GitError: it failed, or did not answer in time.
        """
        while True:
            self._deadline = time.monotonic() + self._timeout_seconds
            piece = self._output.read1(_PIECE_BYTES)  # type: ignore[attr-defined]
            self._deadline = None
            if not piece:
                break
            yield piece
        if self._process.wait() or self._is_late:
            raise self._failure()

    def _watch(self) -> None:
        while not self._ended.wait(self._timeout_seconds / 4):
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._is_late = True
                self._process.kill()
                return

    def _failure(self) -> GitError:
        if self._is_late:
            return _lateness(self._folder, self._timeout_seconds)
        self._process.wait()
        self._errors.seek(0)
        return explain(self._errors.read(_ERROR_BYTES).decode("utf-8", "replace"), self._folder)


class Git(Struct, frozen=True):
    """The git executable, bound to the folder in which its commands run.

    Attributes:
        program: absolute path of the executable.
        folder: absolute path; paths that git prints are relative to it.
        index: absolute path of the index to read; None for the repository's own.
        timeout_seconds: how long one command may take.
    """

    program: str
    folder: str
    index: str | None = None
    timeout_seconds: float = TIMEOUT_SECONDS

    def start(self, command: str, *arguments: str, piped: bool = False) -> GitProcess:
        """A command of the allow-list, running; `piped` if it will be given bytes for its standard input.

        Raises:
            ValueError: the command or an option is not on the allow-list.
            GitError: git cannot be started in this folder.
        """
        return GitProcess(self._open(command, arguments, piped, subprocess.PIPE), self.folder, self.timeout_seconds)

    def stream(self, command: str, *arguments: str, piped: bool = False) -> GitStream:
        """A command of the allow-list, running, whose output is read piece by piece; see `start`.

        Raises:
            ValueError: the command or an option is not on the allow-list.
            GitError: git cannot be started in this folder.
        """
        # Not a pipe: nobody reads what it writes there while it runs, and a full pipe would hold it up.
        from tempfile import TemporaryFile

        errors = TemporaryFile()  # noqa: SIM115  closed with the stream
        try:
            process = self._open(command, arguments, piped, errors)
        except BaseException:
            errors.close()
            raise
        return GitStream(process, errors, self.folder, self.timeout_seconds)

    def _open(
        self, command: str, arguments: tuple[str, ...], piped: bool, errors: int | IO[bytes]
    ) -> subprocess.Popen[bytes]:
        line = [self.program, "--no-pager", "--no-optional-locks"]
        for setting in _SETTINGS:
            line += ("-c", setting)
        line += _checked(command, arguments)
        try:
            return subprocess.Popen(
                line,
                cwd=self.folder,
                env=_environment(self.index),
                stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        except OSError as error:
            raise GitError(
                f"git cannot be started: {error.strerror}",
                "check that the folder is there and may be entered",
                self.folder,
            ) from None

    def answer(self, command: str, *arguments: str) -> Answer:
        """Git's answer to a command of the allow-list, whatever it is."""
        with self.start(command, *arguments) as process:
            return process.answer()

    def run(self, command: str, *arguments: str, given: bytes | None = None) -> bytes:
        """What git prints for a command of the allow-list.

        Raises:
            ValueError: the command or an option is not on the allow-list.
            GitError: git failed or did not answer in time.
        """
        with self.start(command, *arguments, piped=given is not None) as process:
            return process.output(given)


def find_program() -> str | None:
    """The absolute path of the git executable on PATH; None without one.

    Relative entries of PATH are skipped, and so is Windows' habit of looking in the current folder first: both would start a program of the
    repository's.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        program = Path(folder, name)
        if program.is_absolute() and program.is_file() and os.access(program, os.X_OK):
            return str(program)
    return None


def find_index(git: Git, top: str) -> str | None:
    """The index that a running `git commit` made for its hooks (GIT_INDEX_FILE), as an absolute path; None to read the repository's own.

    It holds what the commit will hold. It counts only where it lies in this repository's own git folder: the variable may be left over from
    another one.
    Relative values are relative to `top`, the top of the work tree.
    """
    given = os.environ.get("GIT_INDEX_FILE")
    if not given:
        return None
    index = Path(top, given)
    own = os.fsdecode(git.run("rev-parse", "--absolute-git-dir").rstrip(b"\r\n"))
    return str(index) if index.parent.resolve() == Path(own).resolve() and index.is_file() else None


def explain(error: str, folder: str) -> GitError:
    """What git wrote to its error stream as an error with a remedy."""
    if "dubious ownership" in error or "unsafe repository" in error:
        remedy = re.search(r"git config --global --add safe\.directory \S.*", error)
        command = remedy[0] if remedy else f"git config --global --add safe.directory {folder}"
        return GitError(
            "the repository belongs to another user, so git does not read it", f"if you trust it: {command}", folder
        )
    lines = sorted(
        (line for line in error.splitlines() if line.strip()), key=lambda line: not line.startswith("fatal: ")
    )
    first = lines[0].removeprefix("fatal: ") if lines else "it gave no reason"
    return GitError(
        f"git cannot read the repository: {first}", "mend the repository; `git fsck` names what is broken", folder
    )


def _lateness(folder: str, seconds: float) -> GitError:
    hint = "look for a slow disk, or a named pipe where an ignore file should be"
    return GitError(f"git did not answer within {seconds:g} seconds", hint, folder)


def _checked(command: str, arguments: tuple[str, ...]) -> list[str]:
    if command not in _COMMANDS:
        raise ValueError(f"git {command} is not on the allow-list")
    always, allowed = (options.split() for options in _COMMANDS[command])
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if argument.startswith("-") and name + equals not in (*always, *allowed):
            raise ValueError(f"git {command} {argument} is not on the allow-list")
        if "%G" in value:
            raise ValueError("a format with %G starts gpg.program")
    return [command, *always, *arguments]


def _environment(index: str | None) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT_VARIABLES)
    }
    return {**kept, **_ENVIRONMENT, **({"GIT_INDEX_FILE": index} if index else {})}
