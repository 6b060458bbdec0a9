"""Documents, parsed once for each content, and by several processes where there is much to parse."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.engine.intake import Job
from gatekeeper.model.document import Document
from gatekeeper.parse.reader import ParseSettings, parse_document
from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.kept.edition import edition

if TYPE_CHECKING:
    from multiprocessing.pool import Pool

    from gatekeeper.repo.kept.facts import Facts

# Below this, opening the base or starting a process takes longer than parsing.
_WORTH_KEEPING_BYTES = 64 << 10
_WORTH_A_PROCESS_BYTES = 256 << 10
# Documents that a process takes at a time.
_CHUNK = 8
_KINDS = ("fork", "spawn")


class Parsed(Struct, frozen=True):
    """A document on its way between processes or runs.

    Attributes:
        document: without its text.
        text: None where it is what the bytes say as UTF-8, without a byte order mark.
    """

    document: Document
    text: str | None


class Reader:
    """Reads batches of documents, to be used as a context manager."""

    def __init__(self, cache: Cache, jobs: int, kind: str = "") -> None:
        """A reader that remembers in a cache.

        Args:
            jobs: how many processes parse at most.
            kind: how they start, "fork" or "spawn"; "" for the first of these that there is.
        """
        self._cache = cache
        self._jobs = jobs
        self._kind = kind
        self._pool: Pool | None = None
        self._decoder = msgspec.msgpack.Decoder(Parsed)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()

    def __call__(self, jobs: Sequence[Job]) -> list[Document]:
        """What `parse_document` gives for each, in their order."""
        if not self._cache.is_on or sum(len(job.data) for job in jobs) < _WORTH_KEEPING_BYTES:
            return self._parse(jobs)[0]
        # Not above: most hooks look at less than is worth it.
        from gatekeeper.repo.kept.facts import Facts

        return self._recall(jobs, Facts(self._cache))

    def _recall(self, jobs: Sequence[Job], facts: Facts) -> list[Document]:
        keys = [_key_of(job) for job in jobs]
        kept = facts.read(keys)
        found = {
            key: document for job, key in zip(jobs, keys, strict=True) if (document := self._open(kept.get(key), job))
        }
        rest = [(job, key) for job, key in zip(jobs, keys, strict=True) if key not in found]
        if rest:
            parsed, encoded = self._parse([job for job, _ in rest], is_kept=True)
            found.update((key, document) for (_, key), document in zip(rest, parsed, strict=True))
            facts.write({key: data for (_, key), data in zip(rest, encoded, strict=True) if data})
        return [found[key] for key in keys]

    def _parse(self, jobs: Sequence[Job], *, is_kept: bool = False) -> tuple[list[Document], list[bytes]]:
        """The documents, and where they are to be kept what is kept of each, empty for what cannot be."""
        if self._jobs < 2 or sum(len(job.data) for job in jobs) < _WORTH_A_PROCESS_BYTES:
            documents = [parse_document(*job) for job in jobs]
            return documents, [_encode(job, one) for job, one in zip(jobs, documents, strict=True)] if is_kept else []
        encoded = self._started().map(_parse_far, jobs, chunksize=_CHUNK)
        opened = [self._open(data, job) or parse_document(*job) for data, job in zip(encoded, jobs, strict=True)]
        return opened, encoded

    def _open(self, data: bytes | None, job: Job) -> Document | None:
        """The document that these bytes are; None for what is none."""
        if not data:
            return None
        try:
            parsed = self._decoder.decode(data)
            text = job.data.decode("utf-8-sig") if parsed.text is None else parsed.text
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        return replace(parsed.document, source=replace(parsed.document.source, text=text))

    def _started(self) -> Pool:
        if self._pool is None:
            # Not above: it takes as long to load as a hook has.
            import multiprocessing

            known = multiprocessing.get_all_start_methods()
            kind = self._kind or next(one for one in _KINDS if one in known)
            with _held_interrupts():
                self._pool = multiprocessing.get_context(kind).Pool(self._jobs, _ignore_interrupts)
        return self._pool


@contextmanager
def _held_interrupts() -> Iterator[None]:
    """Ctrl-C waits meanwhile: half a pool could not be ended, and a process that is not yet ready for it would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; the first one ends the others, which would keep a lock if they ended by themselves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _parse_far(job: Job) -> bytes:
    """What another process parsed, as bytes; empty for what MessagePack cannot hold, such as lone surrogates."""
    return _encode(job, parse_document(*job))


def _encode(job: Job, document: Document) -> bytes:
    source = document.source
    try:
        is_plain = job.data.decode("utf-8-sig") == source.text
    except UnicodeDecodeError:
        is_plain = False
    bare = replace(document, source=replace(source, text=""))
    try:
        return msgspec.msgpack.encode(Parsed(bare, None if is_plain else source.text))
    except (UnicodeEncodeError, OverflowError):
        return b""


def _key_of(job: Job) -> bytes:
    """What a document follows from, as a digest of 16 bytes."""
    digest = blake2b(repr((edition(), job.path, _plain(job.settings))).encode("utf-8", "surrogatepass"), digest_size=16)
    digest.update(job.data)
    return digest.digest()


def _plain(settings: ParseSettings) -> Iterable[object]:
    return (sorted((word, status.value) for word, status in settings.statuses.items()), settings.kind)
