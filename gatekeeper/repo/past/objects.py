"""Blobs by their ids, from one git process that stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType

from gatekeeper.repo.git import Git, GitError, GitStream

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PIECE_BYTES = 1 << 20
_PROMISED = "promisor remote"
# Their ids fit into a pipe before git has answered the first.
_ASKED = 128


class Objects:
    """Reads blobs; a context manager. Git is started by the first question."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._stream: GitStream | None = None

    def __enter__(self) -> Objects:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process; the next question starts another."""
        if self._stream is not None:
            self._stream.__exit__(None, None, None)
            self._stream = None

    def read(self, blob: str, limit: int) -> bytes | None:
        """The bytes of a blob named by its whole id; None where there is none such, or one larger than `limit` bytes.

        Raises:
            GitError: git failed or did not answer in time.
        """
        try:
            return next(self.read_all([blob], limit))
        except GitError as error:
            self.close()
            # A partial clone: git before 2.45 ends where it may not fetch what is missing.
            if _PROMISED in error.message:
                return None
            raise

    def has(self, blob: str) -> bool:
        """Whether git has the content of an object named by its whole id, without being given it.

        Raises:
            GitError: git cannot be started.
        """
        with self._git.start("cat-file", "--batch-check", piped=True) as process:
            answer = process.answer(f"{blob}\n".encode("ascii"))
        return answer.code == 0 and not answer.output.endswith(b"missing\n")

    def read_all(self, blobs: Iterable[str], limit: int) -> Iterator[bytes | None]:
        """What `read` gives for each of these, in their order; git is asked for many at a time, so nothing else may be asked before the last.

        Raises:
            GitError: see `read`.
        """
        waiting = iter(blobs)
        while asked := list(islice(waiting, _ASKED)):
            known = [blob for blob in asked if _ID.fullmatch(blob)]
            if known:
                self._open().ask("".join(f"{blob}\n" for blob in known).encode("ascii"))
            for blob in asked:
                yield self._answer(limit) if _ID.fullmatch(blob) else None

    def _open(self) -> GitStream:
        if self._stream is None:
            self._stream = self._git.stream("cat-file", "--batch", piped=True)
        return self._stream

    def _answer(self, limit: int) -> bytes | None:
        stream = self._open()
        # "<id> <type> <size>\n<bytes>\n", or "<id> missing\n"
        words = stream.line().split()
        if len(words) != 3:
            return None
        size = int(words[2])
        if size <= limit:
            data = stream.take(size + 1)[:-1]
            return data if words[1] == b"blob" else None
        left = size + 1
        while left:
            left -= len(stream.take(min(left, _PIECE_BYTES)))
        return None
