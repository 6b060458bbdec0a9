"""A counter on stderr for runs that take long, when a person looks."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from gatekeeper.cli.stream.terminal import is_terminal

_PATIENCE_SECONDS = 1.0
_INTERVAL_SECONDS = 0.1


class Progress:
    """Counts files in one line that is erased at the end; silent for short runs and where nobody looks."""

    def __init__(self, *, quiet: bool) -> None:
        self._shows = not quiet and is_terminal(sys.stderr)
        self._count = 0
        self._width = 0
        self._next = time.monotonic() + _PATIENCE_SECONDS

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._width:
            self._write("\r" + " " * self._width + "\r")

    def __call__(self, path: str) -> None:
        """Counts a file that is looked at."""
        self._count += 1
        if self._shows and time.monotonic() >= self._next:
            self._next = time.monotonic() + _INTERVAL_SECONDS
            line = f"looked at {self._count:,} files"
            self._width = len(line)
            self._write(f"\r{line}")

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._shows = False
