"""Shipped files: policies, schemas and templates, from a wheel, an editable install or a checkout alike."""

from __future__ import annotations

from pathlib import Path

from gatekeeper.model.errors import ConfigError

_KINDS = ("policies", "schemas", "templates")


def shipped(kind: str, name: str) -> Path:
    """The path of a shipped file.

    Args:
        kind: "policies", "schemas" or "templates".
        name: file name within that folder.

    Raises:
        ConfigError: the installation lacks the file.
    """
    if kind not in _KINDS:
        raise ValueError(f"no such kind of shipped file: {kind}")
    package = Path(__file__).parent
    for folder in (package / "shipped" / kind, package.parent / kind):
        path = folder / name
        if path.is_file():
            return path
    raise ConfigError(f"{kind}/{name} is missing from this installation", "install gatekeeper-docs again")
