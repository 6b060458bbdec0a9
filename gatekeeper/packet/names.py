"""The names of a packet's members."""

from __future__ import annotations

import re

MANIFEST, STATEMENT, RESULT, SUMS = "manifest.json", "statement.json", "svr.json", "SHA256SUMS"
SSH_SIGNATURE, ENVELOPE = "manifest.json.sig", "statement.dsse.json"
EVIDENCE = "evidence/"

SEALS = (MANIFEST, STATEMENT, RESULT)
"""What follows the files and pages of a packet, in this order; the last is not in every packet."""

SIGNATURES = (SSH_SIGNATURE, ENVELOPE)
"""What may follow the seals, in this order; the sums come last."""

# What a file system somewhere does not take in a name, what a terminal acts upon, and `%` itself.
_UNSAFE = re.compile(
    '[\x00-\x1f\x7f-\x9f%\\\\:*?"<>|\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|[ .]+(?=/|$)'
)
_SAFE_NAME = re.compile(r"(?!/)(?!.*//)[^\x00-\x1f\x7f\\]+(?<!/)", re.DOTALL)


def member_of(path: str) -> str:
    """The member that holds a repository's file: its path, with `%XX` for each byte that is not safe to unpack; no two paths share one."""
    return EVIDENCE + _UNSAFE.sub(_escape, path)


def is_safe(name: str) -> bool:
    """Whether unpacking a member of this name stays in its folder."""
    parts = name.split("/")
    return bool(_SAFE_NAME.fullmatch(name)) and not {"", ".", ".."} & set(parts) and ":" not in parts[0]


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogateescape"))
