"""A result in a file: all of it, or the file as it was before."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gatekeeper.cli.stream.output import reason_of
from gatekeeper.model.errors import ConfigError


def write_file(pieces: Iterable[str], target: str) -> None:
    """Writes pieces of text as UTF-8 to a file; a device or a pipe is written to as it stands.

    Raises:
        ConfigError: it cannot be written; what was there before is unchanged.
    """
    with _refusing(target):
        path = Path(target).resolve()
        is_device = path.exists() and not path.is_file()
        opened = path.open("wb") if is_device else replacing(target)
    with opened as file:
        for piece in pieces:
            with _refusing(target):
                file.write(piece.encode("utf-8", "backslashreplace"))
                file.flush()


@contextmanager
def replacing(target: str) -> Iterator[IO[bytes]]:
    """A new file that takes the place of `target` when the block ends; when it fails, what was there before is unchanged.

    Raises:
        ConfigError: it cannot be written.
    """
    with _refusing(target):
        # A symbolic link keeps pointing where it does.
        path = Path(target).resolve()
        if path.exists() and not path.is_file():
            raise FileExistsError(errno.EEXIST, "not a regular file")
        place = path.with_name(f".gatekeeper-{os.getpid()}.tmp")
        file = _open_beside(path, place)
    try:
        with file:
            yield file
        with _refusing(target):
            place.replace(path)
    finally:
        place.unlink(missing_ok=True)


def _open_beside(path: Path, place: Path) -> IO[bytes]:
    """A new file that will take the place of `path`, with its permissions if it has any."""
    if not path.exists():
        return place.open("x+b")
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    file = place.open("x+b")
    place.chmod(stat.S_IMODE(path.stat().st_mode))
    return file


@contextmanager
def _refusing(target: str) -> Iterator[None]:
    """Turns a failure to write into an error that names the target."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        hint = "name a file in a folder that exists and that you may write to"
        raise ConfigError(f"cannot write the output: {reason_of(error)}", hint, target) from error


def create_file(text: str, target: str) -> None:
    """Writes a file that is not there yet, whole or not at all; what appears there in the meantime is left as it is.

    Raises:
        ConfigError: something stands there, or it cannot be written.
    """
    path = Path(target)
    place = path.with_name(f".gatekeeper-{os.getpid()}.tmp")
    try:
        with _refusing(target):
            with place.open("xb") as file:
                file.write(text.encode("utf-8"))
            _give_name(place, path)
    finally:
        with suppress(OSError):
            place.unlink(missing_ok=True)


def _give_name(place: Path, path: Path) -> None:
    try:
        path.hardlink_to(place)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        # A file system without hard links; what appears between the two lines is lost.
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        place.rename(path)
