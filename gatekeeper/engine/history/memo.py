"""Documents that were parsed before: trees of one history have most of them in common."""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.engine.intake import Job, Parse, parse_each
from gatekeeper.model.document import Document

# Bytes of the documents that are remembered; then all are forgotten at once.
_KEPT_BYTES = 32 << 20


class ParseMemo:
    """Parses, and remembers; for runs under one law."""

    def __init__(self, parse: Parse = parse_each) -> None:
        """A memory before what parses what it does not know."""
        self._parse = parse
        self._known: dict[tuple[str, bytes], Document] = {}
        self._size = 0

    def __call__(self, jobs: Sequence[Job]) -> list[Document]:
        """What `parse_document` gives for each."""
        unknown = [job for job in jobs if (job.path, job.data) not in self._known]
        found = {(job.path, job.data): one for job, one in zip(unknown, self._parse(unknown), strict=True)}
        documents = [found.get((job.path, job.data)) or self._known[job.path, job.data] for job in jobs]
        if self._size > _KEPT_BYTES:
            self._known.clear()
            self._size = 0
        self._known |= found
        self._size += sum(len(data) for _, data in found)
        return documents
