"""Fixes that wait to be tried: those of different documents are nearly independent, so that each document has a queue of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Self

from gatekeeper.model.finding import Finding

Trace = tuple[object, ...]
"""What a finding is known by, wherever on its line it stands; edits keep lines."""


def trace_of(finding: Finding) -> Trace:
    """Its code, document and line, and the words that its fix replaces."""
    words = tuple(edit.old for edit in finding.fix.edits) if finding.fix else ()
    return finding.code, finding.location.path, finding.location.start.line, words


class Queues:
    """For each document bundles of fixes, to be tried one after the other; the first bundles of all documents are tried together."""

    def __init__(self, bundles: Mapping[str, list[tuple[Trace, ...]]]) -> None:
        """Queues by path, none of them empty."""
        self._bundles = dict(bundles)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Self:
        """One bundle for each document that has something to mend."""
        found: dict[str, dict[Trace, None]] = {}
        for finding in findings:
            found.setdefault(finding.location.path, {})[trace_of(finding)] = None
        return cls({path: [tuple(traces)] for path, traces in found.items()})

    @property
    def paths(self) -> list[str]:
        """The documents whose fixes are not all tried."""
        return list(self._bundles)

    def heads(self) -> dict[Trace, str]:
        """What is to be tried next, and in which document."""
        return {trace: path for path, bundles in self._bundles.items() for trace in bundles[0]}

    def all(self) -> frozenset[Trace]:
        """All that is still to be tried."""
        return frozenset(trace for bundles in self._bundles.values() for bundle in bundles for trace in bundle)

    def pop(self) -> None:
        """Takes out what was to be tried next: it was tried."""
        self._bundles = {path: bundles[1:] for path, bundles in self._bundles.items() if bundles[1:]}

    def drop(self, traces: Collection[Trace]) -> None:
        """Takes out single fixes."""
        for path, bundles in list(self._bundles.items()):
            left = [tuple(one for one in bundle if one not in traces) for bundle in bundles]
            self._bundles[path] = [bundle for bundle in left if bundle]
        self._bundles = {path: bundles for path, bundles in self._bundles.items() if bundles}

    def split(self, path: str) -> Trace | None:
        """Halves what is to be tried next in a document; the fix itself, taken out, where it is a single one."""
        head, *rest = self._bundles[path]
        if len(head) == 1:
            self.drop(head)
            return head[0]
        middle = len(head) // 2
        self._bundles[path] = [head[:middle], head[middle:], *rest]
        return None

    def halves(self) -> tuple[Queues, Queues]:
        """The queues of one half of the documents, and those of the other."""
        paths = self.paths
        parts = paths[: len(paths) // 2], paths[len(paths) // 2 :]
        first, second = (Queues({path: self._bundles[path] for path in part}) for part in parts)
        return first, second
