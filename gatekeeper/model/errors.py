"""Errors that a person can mend, each with a hint. Faults of documents are findings, never these."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gatekeeper.model.fault import Fault


class GatekeeperError(Exception):
    """Something that stops the run and that the user can mend.

    Attributes:
        message: what is wrong, one line.
        hint: what to do about it, one line.
        where: "path", "path:line" or "path:line:column"; "" when there is no place.
    """

    def __init__(self, message: str, hint: str, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class ConfigError(GatekeeperError):
    """A wrong argument or setting."""


class PolicyError(GatekeeperError):
    """A policy file that cannot be taken as law.

    Attributes:
        faults: everything that is wrong, in order; the first is the one told. Empty where reading ended at the first.
    """

    def __init__(self, message: str, hint: str, where: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message, hint, where)
        self.faults = faults


class TreeError(GatekeeperError):
    """A repository or folder that cannot be read."""


class UnreadableError(TreeError):
    """One file that cannot be read."""
