"""Which gatekeeper this is: what one found is nothing to another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import gatekeeper

_INSTALLED = ("site-packages", "dist-packages")


@cache
def edition() -> str:
    """A digest in hex of the version, the interpreter, where packages are installed, and, in a checkout of gatekeeper, the state of its files.

    Two installations of one version may differ, and an extra that comes or goes changes what a policy may ask for: both change the folder of packages.
    """
    parts = (gatekeeper.__version__, sys.hexversion, _packages(sys.path), _files())
    return blake2b(repr(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _packages(path: Iterable[str]) -> list[tuple[str, int]]:
    """Path and time of each folder into which packages are installed."""
    found = []
    for folder in dict.fromkeys((*path, str(Path(gatekeeper.__file__).parent.parent))):
        if Path(folder).name in _INSTALLED:
            with suppress(OSError):
                found.append((folder, Path(folder).stat().st_mtime_ns))
    return found


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
