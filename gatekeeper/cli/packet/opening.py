"""A packet that an argument names, opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gatekeeper.cli.stream.output import reason_of
from gatekeeper.model.errors import ConfigError
from gatekeeper.packet.verify import Store, open_packet


@contextmanager
def opened_packet(given: str) -> Iterator[Store]:
    """The members of a packet, archive or folder.

    Raises:
        ConfigError: it cannot be opened.
        Refused: it is no packet by its form.
    """
    path = Path(given)
    try:
        if path.is_dir():
            yield open_packet(path)
            return
        if not path.is_file():
            reason = "not a file" if path.exists() else "no such file"
            raise ConfigError(reason, "name a packet that `gatekeeper packet build` made", given)
        with path.open("rb") as file:
            yield open_packet(path, file)
    except OSError as error:
        raise ConfigError(reason_of(error), "name a packet that you may read", given) from None
