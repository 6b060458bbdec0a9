"""What was checked, what a packet says, and what two say differently: for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gatekeeper.model.packet.content import LeftOut, Manifest, Verified, mappings_of
from gatekeeper.model.packet.difference import Change
from gatekeeper.model.packet.refusal import Refused
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style

if TYPE_CHECKING:
    # Only their names: what they are made of takes long to load.
    from gatekeeper.render.packet.shapes import PacketBuildJson, PacketDiffJson, PacketVerifyJson

_ROLES = {"met": "good", "waived": "warning", "unmet": "error", "unknown": "note"}


def render_verified(verified: Verified, name: str, style: Style) -> str:
    """What was checked of a packet that holds; ends with a line end."""
    manifest = verified.manifest
    lines = [f"{style.paint('good', 'verified')} {style.paint('strong', style.show(name))}", *_head(manifest, style)]
    lines.append(f"  manifest sha256 {verified.sha256}")
    for one in verified.signatures:
        known = "signed by" if one.is_known else "signed, but held against no list of signers, by"
        lines.append(f"  {known} {style.show(one.signer)} ({one.kind})")
    lines += [
        f"  {style.paint('warning', 'not checked')}: the {kind} signature; {_GIVE[kind]}" for kind in verified.unchecked
    ]
    if not verified.signatures and not verified.unchecked:
        lines.append("  not signed: whoever has it can have built it anew")
    if verified.objects is not None:
        lines.append(f"  {counted(verified.objects, 'file')} held against the repository's objects")
    return "\n".join([*lines, *_gates(manifest, style)]) + "\n"


_GIVE = {"ssh": "give --allowed-signers", "dsse": "give --key"}


def render_manifest(manifest: Manifest, name: str, style: Style, verbosity: int) -> str:
    """What a packet says, unverified; with each file from a verbosity of 1 on; ends with a line end."""
    lines = [
        f"{style.paint('strong', style.show(name))}: says, and nothing of it is verified here",
        *_head(manifest, style),
    ]
    for gate in manifest.data["gates"]:
        lines.append(_gate(gate["name"], gate["state"], style))
        for one in mappings_of(gate, "requirements"):
            state, reason = str(one.get("state", "")), str(one.get("reason", ""))
            lines.append(f"    {style.paint(_ROLES.get(state, 'faint'), style.show(state))} {style.show(reason)}")
    for finding in mappings_of(manifest.data, "findings"):
        words = (str(finding.get(key, "")) for key in ("disposition", "code", "path", "line", "message"))
        lines.append("  " + style.show(" ".join(words)))
    if verbosity > 0:
        for file in manifest.files:
            kept = "" if file.is_embedded else ", not embedded"
            blanked = f", {counted(len(file.redactions), 'place')} blanked out" if file.redactions else ""
            lines.append(f"  {file.sha256[:12]} {style.show(file.path)} ({counted(file.size, 'byte')}{kept}{blanked})")
    return "\n".join(lines) + "\n"


def render_manifest_json(manifest: Manifest) -> str:
    """The manifest as JSON text, laid out for reading."""
    return dump(manifest.data, depth=3) + "\n"


def render_verified_json(verified: Verified | None, refused: Refused | None) -> str:
    """What became of a packet as JSON text; one of the two is there."""
    manifest = verified.manifest if verified else None
    files = manifest.files if manifest else ()
    shape: PacketVerifyJson = {
        "schema_version": "1",
        "verdict": "refused" if refused else "verified",
        "reason": refused.reason if refused else None,
        "message": str(refused) if refused else "",
        "hint": refused.hint if refused else "",
        "sha256": verified.sha256 if verified else "",
        "commit": manifest.commit if manifest else "",
        "policy": manifest.policy if manifest else "",
        "day": manifest.day if manifest else "",
        "gates": dict(manifest.gates) if manifest else {},
        "files": len(files),
        "embedded": sum(file.is_embedded for file in files),
        "redacted": sum(bool(file.redactions) for file in files),
        "signatures": [_signature(one) for one in (verified.signatures if verified else ())],
        "unchecked": list(verified.unchecked) if verified else [],
        "objects": verified.objects if verified else None,
    }
    return dump(shape, depth=1) + "\n"


def render_changes(changes: Sequence[Change], style: Style) -> str:
    """The differences, kind by kind; ends with a line end."""
    lines: list[str] = []
    for kind, group in groupby(changes, key=lambda change: change.kind):
        lines.append(style.paint("strong", f"{kind}s"))
        lines += [f"  {_sign(change)} {style.show(change.name)}{_told(change, style)}" for change in group]
    return "\n".join(lines or ["no difference"]) + "\n"


def render_changes_json(changes: Sequence[Change]) -> str:
    """The differences as JSON text."""
    shape: PacketDiffJson = {
        "schema_version": "1",
        "changes": [
            {"kind": one.kind, "name": one.name, "before": one.before, "after": one.after}  # type: ignore[typeddict-item]
            for one in changes
        ],
    }
    return dump(shape, depth=2) + "\n"


def _sign(change: Change) -> str:
    return "+" if change.before is None else "-" if change.after is None else "~"


def _told(change: Change, style: Style) -> str:
    parts = [style.show(part) for part in (change.before, change.after) if part is not None]
    return f": {f' {style.arrow} '.join(parts)}"


def _head(manifest: Manifest, style: Style) -> Iterator[str]:
    repository = manifest.data["repository"]
    source = " with changes that no commit holds" if repository.get("source") == "worktree" else ""
    yield f"  commit {style.show(manifest.commit or '(none)')}{source}, as of {style.show(manifest.day)}"
    yield f"  policy sha256 {style.show(manifest.policy or '(none)')}"
    embedded = sum(file.is_embedded for file in manifest.files)
    redacted = sum(bool(file.redactions) for file in manifest.files)
    more = f", something blanked out in {redacted}" if redacted else ""
    yield f"  {counted(len(manifest.files), 'file')}, {embedded} embedded{more}"


def _gates(manifest: Manifest, style: Style) -> Iterator[str]:
    for name, state in manifest.gates.items():
        yield _gate(name, state, style)


def _gate(name: str, state: str, style: Style) -> str:
    return f"  {style.paint(_ROLES.get(state, 'faint'), style.show(state))} {style.show(name)}"


def _signature(one: Any) -> Any:
    return {"kind": one.kind, "signer": one.signer, "known": one.is_known}


def render_built(verified: Verified, name: str, left_out: Sequence[LeftOut], style: Style) -> str:
    """What was sealed; ends with a line end."""
    lines = [
        f"{style.paint('good', 'sealed')} {style.paint('strong', style.show(name))}",
        *_head(verified.manifest, style),
    ]
    lines.append(f"  manifest sha256 {verified.sha256}")
    if verified.unchecked:
        lines.append(f"  signed ({', '.join(verified.unchecked)})")
    lines += [f"  left out {style.show(one.path)}: {style.show(one.reason)}" for one in left_out]
    return "\n".join([*lines, *_gates(verified.manifest, style)]) + "\n"


def render_built_json(verified: Verified, name: str, left_out: Sequence[LeftOut]) -> str:
    """What was sealed as JSON text."""
    manifest = verified.manifest
    shape: PacketBuildJson = {
        "schema_version": "1",
        "file": name,
        "sha256": verified.sha256,
        "commit": manifest.commit,
        "policy": manifest.policy,
        "day": manifest.day,
        "gates": dict(manifest.gates),
        "files": len(manifest.files),
        "embedded": sum(file.is_embedded for file in manifest.files),
        "redacted": sum(bool(file.redactions) for file in manifest.files),
        "left_out": [{"path": one.path, "reason": one.reason} for one in left_out],
        "signed": list(verified.unchecked),
    }
    return dump(shape, depth=1) + "\n"
