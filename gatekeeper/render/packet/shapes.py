"""The shapes of what `packet verify`, `inspect` and `diff` say as JSON; the committed schemas are generated from them."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from gatekeeper.model.packet.refusal import Reason
from gatekeeper.render.shapes import Path, SchemaVersion


class SignatureJson(TypedDict):
    """One signature that was checked."""

    kind: Annotated[Literal["ssh", "dsse"], "Form of the signature."]
    signer: Annotated[str, "The principal by the list of signers, or the key."]
    known: Annotated[bool, "Whether a list of signers or a key was given that names the signer."]


class PacketVerifyJson(TypedDict):
    """What `packet verify` says."""

    schema_version: SchemaVersion
    verdict: Annotated[Literal["verified", "refused"], "Whether every check passed."]
    reason: Annotated[Reason | None, "The word for why it was refused; null when it was not."]
    message: Annotated[str, "Why it was refused, in one sentence; empty when it was not."]
    hint: Annotated[str, "What to do about it; empty when it was not refused."]
    sha256: Annotated[str, "Digest of the manifest in hex, the packet's identity; empty when it was refused."]
    commit: Annotated[str, "Commit that the packet is about; empty when it was refused."]
    policy: Annotated[str, "Digest of the law in hex; empty when it was refused."]
    day: Annotated[str, "Day for which the verdicts were given; empty when it was refused."]
    gates: Annotated[dict[str, str], "Name of each gate and its verdict."]
    files: Annotated[int, "How many files of the repository it lists."]
    embedded: Annotated[int, "How many of them it holds."]
    redacted: Annotated[int, "In how many of them something was blanked out before sealing."]
    signatures: Annotated[list[SignatureJson], "The signatures that were checked."]
    unchecked: Annotated[list[str], "Forms of signatures that nothing was given to check with."]
    objects: Annotated[
        int | None, "How many files a repository's objects confirmed; null where no repository was named."
    ]


class LeftOutJson(TypedDict):
    """A file that the packet was to hold and does not."""

    path: Path
    reason: Annotated[str, "Why not."]


class PacketBuildJson(TypedDict):
    """What `packet build` says."""

    schema_version: SchemaVersion
    file: Annotated[str, "Where the packet was written, as it was named."]
    sha256: Annotated[str, "Digest of the manifest in hex, the packet's identity."]
    commit: Annotated[str, "Commit that the packet is about."]
    policy: Annotated[str, "Digest of the law in hex; empty without one."]
    day: Annotated[str, "Day for which the verdicts were given."]
    gates: Annotated[dict[str, str], "Name of each gate and its verdict."]
    files: Annotated[int, "How many files of the repository it lists."]
    embedded: Annotated[int, "How many of them it holds."]
    redacted: Annotated[int, "In how many of them something was blanked out before sealing."]
    left_out: Annotated[list[LeftOutJson], "Files that it was to hold and does not."]
    signed: Annotated[list[str], "Forms of its signatures."]


class ChangeJson(TypedDict):
    """What two packets say of one thing."""

    kind: Annotated[Literal["field", "gate", "requirement", "file", "finding", "item"], "What kind of thing."]
    name: Annotated[str, "Which one."]
    before: Annotated[str | None, "What the first packet says; null where it does not have it."]
    after: Annotated[str | None, "What the second packet says; null where it does not have it."]


class PacketDiffJson(TypedDict):
    """What `packet diff` says."""

    schema_version: SchemaVersion
    changes: Annotated[list[ChangeJson], "Every difference, by kind and name."]
