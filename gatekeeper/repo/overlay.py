"""A tree with changes that stand on no disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree
from gatekeeper.model.report import Change
from gatekeeper.repo.listing import parents_of


class OverlayTree:
    """A `model.project.Tree` that is another one but for some files."""

    def __init__(
        self,
        base: Tree,
        changed: Mapping[str, bytes] | None = None,
        removed: Collection[str] = (),
        untracked: Collection[str] = (),
        *,
        ignores: bool = True,
    ) -> None:
        """A tree over another.

        Args:
            base: what is not changed comes from it.
            changed: path -> what its file holds instead; a path that the base lacks is a new tracked file.
            removed: paths that are gone.
            untracked: tracked paths that are there and not tracked.
            ignores: whether the base's ignore files hold.
        """
        gone = frozenset(removed)
        loose = frozenset(untracked) - gone
        self._base = base
        self._changed = {path: data for path, data in (changed or {}).items() if path not in gone}
        self._gone = gone
        self._ignores = ignores
        self.has_git = base.has_git
        self.revision = base.revision
        self.files = (base.files | frozenset(self._changed)) - gone - loose
        self.untracked = (base.untracked | loose) - gone
        self.folders = parents_of(self.files)
        self.empty = (base.empty - frozenset(self._changed) - gone - loose) | {
            path for path, data in self._changed.items() if not data
        }
        self.symlinks = base.symlinks - gone
        self.submodules = base.submodules - gone
        self.sparse = base.sparse - gone

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file; see `Tree.read`."""
        if path in self._gone:
            raise UnreadableError("not there", "restore the file", path)
        data = self._changed.get(path)
        if data is None:
            return self._base.read(path, limit)
        if len(data) > limit:
            raise UnreadableError(f"larger than {limit} bytes", "split the file or leave it out", path)
        return data

    def is_present(self, path: str) -> bool:
        """Whether something stands at this path here."""
        if path in self._gone:
            return False
        if path in self._changed or path in self.folders:
            return True
        return path not in self._base.folders and self._base.is_present(path)

    def is_ignored(self, path: str) -> bool:
        """What the base's ignore files say, if they hold."""
        return self._ignores and self._base.is_ignored(path)

    def renames(self) -> Mapping[str, str]:
        """What git's history says of the base."""
        return self._base.renames()

    def find_commits(self, ids: Iterable[str]) -> Mapping[str, bool] | None:
        """What the base's history says."""
        return self._base.find_commits(ids)

    def line_origins(self, lines: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], Change]:
        """What the base's history says."""
        return self._base.line_origins(lines)

    def last_changes(self, paths: Collection[str]) -> Mapping[str, Change]:
        """What the base's history says."""
        return self._base.last_changes(paths)
