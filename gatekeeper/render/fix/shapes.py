"""The shape of `gatekeeper fix --format json`; its committed schema is generated from it."""

from __future__ import annotations

from typing import Annotated, TypedDict

from gatekeeper.render.shapes import FindingJson, Path, SchemaVersion, ToolJson


class RewriteJson(TypedDict):
    """One file that changes."""

    path: Path
    written: Annotated[bool, "Whether the new bytes stand on disk."]
    reason: Annotated[str, "Why they do not; empty where they do, and where nothing was to be written."]
    sha256_before: Annotated[str, "Digest of the bytes before, in hex."]
    sha256_after: Annotated[str, "Digest of the bytes afterwards, in hex."]
    diff: Annotated[str, "What changes, as a unified diff."]


class RefusalJson(TypedDict):
    """One finding whose fix was not applied."""

    finding: FindingJson
    reason: Annotated[str, "Why not."]


class RepairJson(TypedDict):
    """`gatekeeper fix --format json`."""

    schema_version: SchemaVersion
    tool: ToolJson
    files: Annotated[list[RewriteJson], "The files that change, by path."]
    mended: Annotated[list[FindingJson], "Findings that are gone, as they stood before, in the order of mending."]
    refused: Annotated[list[RefusalJson], "Findings whose fix was asked for and not applied, by path."]
    unsafe: Annotated[int, "How many more findings have an unsafe fix that was not asked for."]
    accepted: Annotated[int, "How many more with such a fix are waived or baselined."]
