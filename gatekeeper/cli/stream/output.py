"""Where words go: results to stdout or to a file at once, errors and hints to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

import click

from gatekeeper.model.errors import ConfigError


def prepare_streams() -> None:
    """Makes both streams write what they cannot encode as escapes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def terminal_width() -> int:
    """Columns of stdout: what COLUMNS or the terminal says, else 80.

    Not by `shutil`, which takes a fifth of Python's own start to load.
    """
    columns = os.environ.get("COLUMNS", "")[:4]
    if columns.isdecimal() and int(columns):
        return int(columns)
    with suppress(OSError):
        return os.get_terminal_size().columns or 80
    return 80


def has_unicode(stream: object) -> bool:
    """Whether a stream's encoding has the characters that decorated output uses."""
    try:
        "→…✓│".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def complain(message: str, hint: str = "", where: str = "", kind: str = "error") -> None:
    """Writes an error to stderr: where, what, and on a line of its own what to do."""
    place = f"{where}: " if where else ""
    show([f"{kind}: {place}{message}", *([f"  hint: {hint}"] if hint else [])])


def show(lines: Iterable[str]) -> None:
    """Writes lines to stderr, harmless and as far as anybody listens."""
    from gatekeeper.render.sink import visible

    ascii_only = not has_unicode(sys.stderr)
    with suppress(OSError):
        for line in lines:
            click.echo(_for_log(visible(line, ascii_only=ascii_only)), err=True)


def deliver(pieces: Iterable[str], target: str | None, *, data: bool = False, color: bool = False) -> None:
    """Writes a result, piece by piece, to stdout or to a file that is replaced only when all is written.

    `data` is for machines: UTF-8 whatever the terminal speaks. A reader that goes away is no error.

    Raises:
        ConfigError: the file or stdout cannot be written.
    """
    if target not in (None, "-"):
        from gatekeeper.cli.stream.outfile import write_file

        write_file(pieces, str(target))
        return
    for piece in pieces:
        if not _print(piece.encode("utf-8", "backslashreplace") if data else _for_log(piece), color):
            return


def _for_log(text: str) -> str:
    """Text for people, in which a CI system that logs it finds no command in the midst of a line."""
    if "##" not in text:
        return text
    from gatekeeper.cli.stream.forms import detected

    if detected(os.environ) not in ("github", "azure"):
        return text
    from gatekeeper.render.ci.azure import defuse

    return defuse(text)


def silence_stdout() -> None:
    """Sends what is still buffered for a closed stdout nowhere, so that the end of the process is quiet."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _print(piece: str | bytes, color: bool) -> bool:
    """Writes to stdout; False when nobody reads it anymore."""
    try:
        click.echo(piece, nl=False, color=color)
    except BrokenPipeError:
        silence_stdout()
        return False
    except OSError as error:
        silence_stdout()
        raise ConfigError(
            f"cannot write: {reason_of(error)}", "send the output elsewhere", "standard output"
        ) from error
    return True


def reason_of(error: Exception) -> str:
    """What the system says is wrong, without its number and path."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
