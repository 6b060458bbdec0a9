"""The shapes of a packet's manifest and of the predicate of its statement; the committed schemas are generated from them."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from gatekeeper.render.board.shapes import (
    DashboardClaimJson,
    DashboardContradictionJson,
    DashboardItemJson,
    DashboardWaiverJson,
    GateJson,
)
from gatekeeper.render.packet.shapes import LeftOutJson
from gatekeeper.render.shapes import FindingJson, Path, ToolJson

Hex = Annotated[str, "Digest or id in hex."]


class RepositoryJson(TypedDict):
    """What was looked at."""

    name: Annotated[str, "Owner and name by its remote; empty where the host is not known."]
    url: Annotated[str, "Page of the remote, without user and password; empty where the host is not known."]
    commit: Annotated[str, "Whole id of the commit in hex."]
    tree: Annotated[str, "Id of the commit's tree in hex."]
    source: Annotated[
        Literal["commit", "worktree"], "Where the bytes were read: git's objects, or the files as they stood."
    ]


class SourceJson(TypedDict):
    """One file or pack that the law came from."""

    name: Annotated[str, "Path, or pack:name for a shipped one."]
    sha256: Hex


class PacketPolicyJson(TypedDict):
    """The law that was applied."""

    sha256: Annotated[str, "Digest over all sources in hex; empty without a policy file."]
    sources: Annotated[list[SourceJson], "Where the law came from, lowest precedence first."]
    trusted: Annotated[str, "Commit whose law was applied, as it was named; empty for that of what was packed."]


class RedactionJson(TypedDict):
    """One line on which something was blanked out before sealing."""

    kind: Annotated[str, "What it was: secret."]
    line: Annotated[int, "Line, counted from 1; only newlines part lines."]


class PackedFileJson(TypedDict):
    """A file of the repository."""

    path: Path
    member: Annotated[str, "Its name in the packet."]
    role: Annotated[Literal["policy", "exception", "document", "evidence"], "What it is to the gates."]
    embedded: Annotated[bool, "Whether the packet holds its bytes."]
    size: Annotated[int, "Bytes of what the packet holds; of the repository's file where it does not."]
    sha256: Annotated[str, "Digest of the same bytes in hex."]
    blob: Annotated[str, "Git's id of the repository's bytes in hex."]
    commit: Annotated[str, "Last commit that changed it, along first parents; empty where none did."]
    author_date: Annotated[str, "That commit's author's date, RFC 3339 in UTC; empty without one."]
    redactions: Annotated[list[RedactionJson], "What was blanked out."]
    lfs: Annotated[str, "Digest that a Git LFS pointer names; empty for every other file."]


class PageJson(TypedDict):
    """A member that gatekeeper wrote."""

    name: Annotated[str, "Its name in the packet."]
    size: Annotated[int, "Its bytes."]
    sha256: Annotated[str, "Their digest in hex."]


class PacketPredicateJson(TypedDict):
    """The predicate of a packet's in-toto Statement, type urn:gatekeeper:gate-verdicts:v1."""

    tool: ToolJson
    day: Annotated[str, "Day for which the verdicts were given, as 2026-12-31."]
    repository: RepositoryJson
    policy: PacketPolicyJson
    gates: Annotated[list[GateJson], "The gates with their verdicts, in order."]


class PacketManifestJson(PacketPredicateJson):
    """Everything that a packet says: its `manifest.json`."""

    format: Annotated[Literal["gatekeeper-packet"], "What this is."]
    version: Annotated[Literal[1, 2], "Version of the format."]
    items: Annotated[list[DashboardItemJson], "Items of these gates."]
    claims: Annotated[list[DashboardClaimJson], "Claims of the documents of these gates."]
    contradictions: Annotated[list[DashboardContradictionJson], "Items of which several places speak differently."]
    findings: Annotated[list[FindingJson], "Findings in the documents of these gates, accepted ones included."]
    waivers: Annotated[list[DashboardWaiverJson], "The waivers of the repository."]
    left_out: Annotated[list[LeftOutJson], "Files that it was to hold and does not."]
    files: Annotated[list[PackedFileJson], "Files of the repository, by path."]
    pages: Annotated[list[PageJson], "What gatekeeper wrote, by name."]
