"""Work that may not end, done in a process of its own that is stopped in time."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection

from gatekeeper.model.errors import ConfigError, GatekeeperError

TIME_LIMIT_SECONDS = 30.0
_MEMORY_LIMIT_BYTES = 2 << 30
_PIECE_CHARACTERS = 1 << 16


def run_bounded(
    write: Callable[..., Iterator[str]],
    arguments: tuple[object, ...],
    name: str,
    limit_seconds: float = TIME_LIMIT_SECONDS,
) -> list[str]:
    """What a function writes, piece by piece, in another process: not for longer, and where the system can tell not with more memory.

    Args:
        write: a function of a module; it and its arguments are pickled.
        arguments: what it is called with.
        name: what it works on, for messages.
        limit_seconds: how long it may take from start to end.

    Raises:
        ConfigError: what the function says is wrong; or it was stopped.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, write, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        return list(_iter_received(ours, time.monotonic() + limit_seconds, name, limit_seconds))
    finally:
        process.kill()
        process.join()
        ours.close()


def _iter_received(pipe: Connection, deadline: float, name: str, limit_seconds: float) -> Iterator[str]:
    while True:
        if not pipe.poll(max(0.0, deadline - time.monotonic())):
            raise ConfigError(f"stopped after {limit_seconds:g} seconds", "make its loops shorter", name)
        try:
            piece = pipe.recv()
        except (EOFError, OSError):
            raise ConfigError(
                "stopped: it took more memory or time than there is", "make its loops shorter", name
            ) from None
        if piece is None:
            return
        if isinstance(piece, tuple):
            raise ConfigError(*piece)
        yield piece


def _work(pipe: Connection, write: Callable[..., Iterator[str]], arguments: tuple[object, ...]) -> None:
    """Runs in the other process; the last thing sent is None, or the error."""
    _limit_memory()
    gathered: list[str] = []
    size = 0
    try:
        for piece in write(*arguments):
            gathered.append(piece)
            size += len(piece)
            if size >= _PIECE_CHARACTERS:
                pipe.send("".join(gathered))
                gathered, size = [], 0
        pipe.send("".join(gathered))
        pipe.send(None)
    except GatekeeperError as error:
        pipe.send((error.message, error.hint, error.where))
    except MemoryError:
        # The pipe closes with the process, which says enough.
        gathered.clear()


def _limit_memory() -> None:
    """Bounds the address space of this process, where the system has such a bound."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT_BYTES, _MEMORY_LIMIT_BYTES))
