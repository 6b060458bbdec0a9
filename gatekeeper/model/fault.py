"""A fault of a policy file; apart from the errors, which every start of the program loads."""

from __future__ import annotations

from msgspec import Struct


class Fault(Struct, frozen=True):
    """One thing that is wrong with a policy.

    Attributes:
        where: "path:line:column", or "pack:name:line:column" for a shipped pack.
        message: what was read and what was expected, one line.
        hint: what to do, one line.
    """

    where: str
    message: str
    hint: str
