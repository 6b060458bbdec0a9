"""Documents that were parsed before: trees of one history have most of them in common."""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.engine.intake import Job
from gatekeeper.model.document import Document
from gatekeeper.parse.reader import ParseSettings, parse_document

# Bytes of the documents that are remembered; then all are forgotten at once.
_KEPT_BYTES = 32 << 20


class ParseMemo:
    """Parses, and remembers; for runs under one law."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bytes], Document] = {}
        self._size = 0

    def __call__(self, jobs: Sequence[Job]) -> list[Document]:
        """What `parse_document` gives for each."""
        return [self._parse(*job) for job in jobs]

    def _parse(self, path: str, data: bytes, settings: ParseSettings) -> Document:
        known = self._known.get((path, data))
        if known is None:
            known = parse_document(path, data, settings)
            if self._size > _KEPT_BYTES:
                self._known.clear()
                self._size = 0
            self._known[path, data] = known
            self._size += len(data)
        return known
