"""`SHA256SUMS`, as `sha256sum -c` of coreutils reads it."""

from __future__ import annotations

from collections.abc import Iterable


def sums_of(members: Iterable[tuple[str, str]]) -> bytes:
    """The text for (name, hex digest) pairs in their order; names hold neither line ends nor backslashes."""
    return "".join(f"{digest}  {name}\n" for name, digest in members).encode()
