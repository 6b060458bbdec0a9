"""Which gatekeeper this is: what one found is nothing to another."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

import gatekeeper


@cache
def edition() -> str:
    """A digest in hex of the version, the interpreter, and, in a checkout of gatekeeper, the state of its files."""
    parts = (gatekeeper.__version__, sys.hexversion, _files())
    return blake2b(repr(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _files() -> list[tuple[str, int, int]]:
    """Path, time and size of each file that decides what is found; nothing for an installed gatekeeper, whose version tells."""
    package = Path(gatekeeper.__file__).parent
    if not (package.parent / "pyproject.toml").is_file():
        return []
    found = []
    for top in (package, package.parent / "policies", package.parent / "schemas"):
        for above, folders, names in os.walk(top):
            folders[:] = [one for one in folders if one != "__pycache__"]
            for name in names:
                path = Path(above, name)
                state = path.stat()
                found.append((str(path), state.st_mtime_ns, state.st_size))
    return sorted(found)
