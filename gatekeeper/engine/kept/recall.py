"""The outcome of an earlier run, where everything that it came from is still as it was."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from msgspec import Struct

from gatekeeper.model.report import Report
from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.kept.edition import edition
from gatekeeper.repo.kept.traced import Trace, TracedTree

# It changes with what is kept.
_FORMAT = "1"
_BYTES_LIMIT = 128 << 20


class Outcome(Struct, frozen=True):
    """What a run came to, and all that it learned from the tree on the way."""

    trace: Trace
    report: Report


def recall(cache: Cache, tree: TracedTree, asked: tuple[object, ...], run: Callable[[], Report]) -> Report:
    """What `run` gives; from the cache where the tree would give that run every answer again that it gave an earlier one.

    `asked` is all else that a run depends on: arguments and the day, as plain values.

    Raises:
        GatekeeperError: whatever `run` raises; that is not kept.
    """
    if not cache.is_on:
        return run()
    name = _name_of(tree, asked)
    kept = cache.find(name, _BYTES_LIMIT, Outcome)
    if kept is not None and tree.gives(kept.trace):
        return kept.report
    report = run()
    trace = tree.trace()
    if trace is not None:
        cache.keep(name, Outcome(trace, report))
    return report


def _name_of(tree: TracedTree, asked: tuple[object, ...]) -> str:
    """The name under which the outcome for these arguments in this place is kept."""
    parts = (_FORMAT, edition(), tree.root, tree.has_git, tree.revision)
    digest = blake2b(repr((parts, asked)).encode("utf-8", "surrogatepass"), digest_size=20)
    return f"report-{digest.hexdigest()}"
