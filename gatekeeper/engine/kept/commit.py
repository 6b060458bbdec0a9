"""What was wrong with a commit: it cannot change, so it is found out once."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from gatekeeper.engine.session import RunSettings
from gatekeeper.model.project import Tree
from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.kept.edition import edition

# It changes with what is kept.
_FORMAT = "1"
_BYTES_LIMIT = 64 << 20


def known_of(cache: Cache, tree: Tree, settings: RunSettings, find: Callable[[], frozenset[str]]) -> frozenset[str]:
    """The fingerprints that `find` gives for a commit's tree under these settings, from the cache where they are known.

    Nothing is kept of a tree without a commit, of one whose history is not all here, and under a law from another commit.

    Raises:
        GatekeeperError: whatever `find` raises; that is not kept.
    """
    if not cache.is_on or tree.revision is None or settings.trusted is not None or tree.find_commits(()) is None:
        return find()
    policy = settings.policy
    law = (policy.sha256, policy.exclude, settings.today, settings.with_disagreements)
    # The names of the files tell one folder of a repository from another.
    parts = (_FORMAT, edition(), tree.revision, law, sorted(tree.files))
    digest = blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()
    name = f"commit-{digest}"
    kept = cache.find(name, _BYTES_LIMIT, frozenset[str])
    if kept is not None:
        return kept
    found = find()
    cache.keep(name, sorted(found))
    return found
