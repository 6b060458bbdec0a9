"""The manifest: from nouns to canonical JSON, and back from untrusted JSON to nouns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.model.packet.content import FORMAT, VERSIONS, Manifest, PackedFile, Page
from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.names import EVIDENCE, MANIFEST, SEALS, SIGNATURES, SUMS, is_safe, member_of

_HEX = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def file_json(file: PackedFile) -> dict[str, Any]:
    """A file's entry."""
    return {
        "path": file.path,
        "member": file.member,
        "role": file.role,
        "embedded": file.is_embedded,
        "size": file.size,
        "sha256": file.sha256,
        "blob": file.blob,
        "commit": file.commit,
        "author_date": file.author_date,
        "redactions": [{"kind": kind, "line": line} for kind, line in file.redactions],
        "lfs": file.lfs,
    }


def page_json(page: Page) -> dict[str, Any]:
    """A page's entry."""
    return {"name": page.name, "size": page.size, "sha256": page.sha256}


def read_manifest(value: Any) -> Manifest:
    """The manifest that parsed JSON stands for; fields that checking does not need are taken as they are.

    Raises:
        Refused: it is none, it is of another version, or it speaks of members that no packet has.
    """
    data = _mapping(value, "the manifest")
    if data.get("format") != FORMAT:
        raise Refused(Reason.MALFORMED, f"{MANIFEST} is not that of a packet: its format is not {FORMAT}")
    version = data.get("version")
    if version not in VERSIONS or isinstance(version, bool):
        known = " and ".join(map(str, VERSIONS))
        raise Refused(
            Reason.VERSION, f"format version {version!r} is not known; this version of gatekeeper knows {known}"
        )
    repository, policy = _mapping(data.get("repository"), "repository"), _mapping(data.get("policy"), "policy")
    _text(_mapping(data.get("tool"), "tool"), "version")
    manifest = Manifest(
        version=version,
        commit=_text(repository, "commit", _HEX),
        policy=_text(policy, "sha256", _HEX),
        day=_text(data, "day", _DAY),
        gates={_text(gate, "name"): _text(gate, "state") for gate in _mappings(data, "gates")},
        files=tuple(_file(entry) for entry in _mappings(data, "files")),
        pages=tuple(_page(entry) for entry in _mappings(data, "pages")),
        data=data,
    )
    _check_names(manifest)
    return manifest


def _file(entry: Mapping[str, Any]) -> PackedFile:
    redactions = [(_text(one, "kind"), _count(one, "line")) for one in _mappings(entry, "redactions")]
    file = PackedFile(
        path=_text(entry, "path"),
        member=_text(entry, "member"),
        role=_text(entry, "role"),
        is_embedded=entry.get("embedded") is True,
        size=_count(entry, "size"),
        sha256=_text(entry, "sha256", _SHA256),
        blob=_text(entry, "blob", _HEX),
        commit=_text(entry, "commit", _HEX),
        author_date=_text(entry, "author_date"),
        redactions=tuple(redactions),
        lfs=_text(entry, "lfs"),
    )
    if not isinstance(entry.get("embedded"), bool) or file.member != member_of(file.path):
        raise Refused(Reason.MALFORMED, f"{MANIFEST} has a file that is not as packets write it", file.path)
    return file


def _page(entry: Mapping[str, Any]) -> Page:
    return Page(_text(entry, "name"), _count(entry, "size"), _text(entry, "sha256", _SHA256))


def _check_names(manifest: Manifest) -> None:
    files, pages = [file.path for file in manifest.files], [page.name for page in manifest.pages]
    names = [file.member for file in manifest.files] + pages
    if files != sorted(set(files)) or pages != sorted(set(pages)):
        raise Refused(Reason.MALFORMED, f"the files that {MANIFEST} lists are not in their order, or there twice")
    bad = next((name for name in names if not is_safe(name)), None)
    if bad is not None:
        raise Refused(Reason.MALFORMED, f"{MANIFEST} names a member that would leave its folder", bad)
    if {*SEALS, *SIGNATURES, SUMS} & set(pages) or any(page.startswith(EVIDENCE) for page in pages):
        raise Refused(Reason.MALFORMED, f"{MANIFEST} lists a page under a name that pages do not have")


def _mapping(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Refused(Reason.MALFORMED, f"{MANIFEST}: {what} is not a mapping")
    return value


def _mappings(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = data.get(name)
    if not isinstance(value, list):
        raise Refused(Reason.MALFORMED, f"{MANIFEST}: {name} is not a list")
    return [_mapping(one, f"an entry of {name}") for one in value]


def _text(data: Mapping[str, Any], name: str, shape: re.Pattern[str] | None = None) -> str:
    value = data.get(name)
    if not isinstance(value, str) or (shape and not shape.fullmatch(value)):
        raise Refused(Reason.MALFORMED, f"{MANIFEST}: {name} is not as packets write it")
    return value


def _count(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(Reason.MALFORMED, f"{MANIFEST}: {name} is not a count")
    return value
