"""The file of accepted past findings, read."""

from __future__ import annotations

import re

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.exception.waiver import UNACCEPTABLE, Baseline, BaselineEntry
from gatekeeper.model.finding import Location
from gatekeeper.model.text import SourceText

_KEYS = ("rule", "path", "subject", "fingerprint", "count")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_HINT = "restore the file from git, or delete it and run `gatekeeper baseline` once more"


def read_baseline(source: SourceText, node: DataNode | None) -> Baseline:
    """The accepted findings that a file holds.

    Raises:
        PolicyError: it is not a baseline as `gatekeeper baseline` writes it; it names the place.
    """
    if node is None or node.kind is not DataKind.MAPPING:
        raise _error(source, node, "this is no baseline, expected a JSON object with `findings`")
    version, findings = node.find("schema_version"), node.find("findings")
    if version is None or version.scalar != "1":
        raise _error(source, version or node, 'expected "schema_version": "1"')
    if findings is None or findings.kind is not DataKind.SEQUENCE:
        raise _error(source, findings or node, "expected a list under `findings`")
    entries: dict[str, BaselineEntry] = {}
    places = {}
    for one in findings.entries:
        entry = _entry(source, one)
        if entry.fingerprint in entries:
            raise _error(source, one, f"the fingerprint {entry.fingerprint[:12]}... stands twice")
        entries[entry.fingerprint] = entry
        places[entry.fingerprint] = Location.at(source, one.span)
    ordered = sorted(entries.values(), key=lambda entry: (entry.path, entry.code, entry.fingerprint))
    return Baseline(source.path, tuple(ordered), places)


def _entry(source: SourceText, node: DataNode) -> BaselineEntry:
    if node.kind is not DataKind.MAPPING or sorted(node.keys()) != sorted(_KEYS):
        raise _error(source, node, f"expected an object with {', '.join(_KEYS)}")
    values = {name: value.scalar for name, value in zip(node.keys(), (value for _, value in node.pairs), strict=True)}
    code, path, subject, fingerprint, count = (values[name] for name in _KEYS)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise _error(source, node, "expected a `count` of 1 or more")
    if not isinstance(fingerprint, str) or not _FINGERPRINT.fullmatch(fingerprint):
        raise _error(source, node, "expected a `fingerprint` of 64 hexadecimal digits")
    if not isinstance(code, str) or not isinstance(path, str) or not isinstance(subject, str):
        raise _error(source, node, "expected words as `rule`, `path` and `subject`")
    if code.startswith(UNACCEPTABLE):
        raise _error(source, node, f"findings of {code} cannot be accepted")
    return BaselineEntry(fingerprint, code, path, subject, count)


def _error(source: SourceText, node: DataNode | None, message: str) -> PolicyError:
    place = source.position(node.span.start if node else 0)
    return PolicyError(f"the baseline cannot be read: {message}", _HINT, f"{source.path}:{place.line}:{place.column}")
