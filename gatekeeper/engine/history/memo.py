"""Documents that were parsed before: trees of one history have most of them in common."""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.engine.intake import Job, Parse, parse_each
from gatekeeper.model.document import Document

# Bytes of the documents that are remembered; then all are forgotten at once.
_KEPT_BYTES = 32 << 20
WHOLE_TREE_BYTES = 512 << 20
"""For who looks at one tree again and again: what one look has in memory anyway."""


class ParseMemo:
    """Parses, and remembers; for runs under one law."""

    def __init__(self, parse: Parse = parse_each, limit: int = _KEPT_BYTES) -> None:
        """A memory that holds nothing yet.

        Args:
            parse: reads what is not remembered.
            limit: bytes of the documents that are remembered; then all are forgotten at once.
        """
        self._parse = parse
        self._limit = limit
        self._known: dict[tuple[str, bytes], Document] = {}
        self._size = 0

    def __call__(self, jobs: Sequence[Job]) -> list[Document]:
        """What `parse_document` gives for each."""
        if self._size > self._limit:
            self._known.clear()
            self._size = 0
        news = [job for job in jobs if (job.path, job.data) not in self._known]
        fresh = {(job.path, job.data): document for job, document in zip(news, self._parse(news), strict=True)}
        self._known |= fresh
        self._size += sum(len(data) for _, data in fresh)
        return [self._known[job.path, job.data] for job in jobs]
