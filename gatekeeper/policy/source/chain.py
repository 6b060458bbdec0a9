"""What a policy extends, and what that extends, put in the order of precedence."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from gatekeeper.model.errors import GatekeeperError
from gatekeeper.policy.faults import Faults
from gatekeeper.policy.source.head import ExtendsEntry, PolicyHead, is_file_name
from gatekeeper.policy.source.value import PACK_PREFIX, Source, Value
from gatekeeper.policy.source.wording import read_model

DEPTH_LIMIT = 8
SOURCES_LIMIT = 32

Load = Callable[[str], Source]
"""The source of a name, which is "pack:strict" or a path from the root on; raises GatekeeperError."""


class Chain:
    """Sources of law, each read once.

    Attributes:
        sources: lowest precedence first, the adopting file last.
        via: name of a source -> the entry of `extends` that brought it; the adopting file has none.
    """

    def __init__(self, root: Source, load: Load, faults: Faults) -> None:
        """Everything that a source builds upon; what cannot be had is noted in `faults`."""
        self.sources: list[Source] = []
        self.via: dict[str, Value] = {}
        self._load = load
        self._faults = faults
        self._add(root, (), is_pinned=False)

    def lay_below(self, section: str, name: str) -> None:
        """Puts a pack below everything where a source has a section that builds upon it; not where it is extended anyhow."""
        found = next((value for one in self.sources if one.root and (value := one.root.find(section))), None)
        if found is not None and all(one.name != name for one in self.sources):
            self.sources.insert(0, self._load(name))
            self.via[name] = found

    def _add(self, source: Source, way: tuple[str, ...], is_pinned: bool) -> None:
        self._faults.open(source.name)
        head = source.root and read_model(PolicyHead, source.root, self._faults)
        extends = source.root.find("extends") if source.root else None
        if head and extends:
            for index, entry in enumerate(head.extends):
                self._extend(source, entry, extends.at([index]), (*way, source.name), is_pinned)
        self.sources.append(source)

    def _extend(
        self, source: Source, entry: str | ExtendsEntry, value: Value, way: tuple[str, ...], is_pinned: bool
    ) -> None:
        table = _table(entry)
        name = self._resolve(source, table, value)
        if name is None or not self._may_follow(name, value, way):
            return
        if is_pinned and table.sha256 is None:
            message = f"{name} is extended without a digest by a source that is pinned itself"
            self._faults.add(value, message, "pin it too: what a pinned source builds upon must not change either")
        if any(known.name == name for known in self.sources):
            return
        try:
            found = self._load(name)
        except GatekeeperError as error:
            if error.where.startswith(f"{name}:"):
                raise
            self._faults.add(value, f"cannot extend {name}: {error.message}", error.hint)
            return
        self._check_digest(found, table, value)
        self.via[name] = value
        self._add(found, way, is_pinned or table.sha256 is not None)

    def _resolve(self, source: Source, table: ExtendsEntry, value: Value) -> str | None:
        """The name of what an entry means; None, and a fault, where it may not be had."""
        if table.pack is not None:
            return PACK_PREFIX + table.pack
        if source.name.startswith(PACK_PREFIX):
            self._faults.add(value, "a shipped pack extends a file, which it cannot", "extend a pack")
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source.name), str(table.file)))
        if path.startswith(("../", "/")) or path == "..":
            self._faults.add(value, f"{path} lies outside of the repository", "keep what is extended inside of it")
            return None
        return path

    def _may_follow(self, name: str, value: Value, way: tuple[str, ...]) -> bool:
        if name in way:
            self._faults.add(value, f"extends itself: {' -> '.join([*way[way.index(name) :], name])}", "take one out")
        elif len(way) >= DEPTH_LIMIT:
            self._faults.add(value, f"extended deeper than {DEPTH_LIMIT} sources", "bring them together")
        elif len(self.sources) >= SOURCES_LIMIT:
            self._faults.add(value, f"more than {SOURCES_LIMIT} sources are extended", "bring them together")
        else:
            return True
        return False

    def _check_digest(self, found: Source, table: ExtendsEntry, value: Value) -> None:
        if table.sha256 is not None and table.sha256 != found.sha256:
            message = f"{found.name} is not what was pinned: its SHA-256 is {found.sha256}"
            hint = "read what has changed in it, then pin the new digest"
            self._faults.add(value.find("sha256") or value, message, hint)


def _table(entry: str | ExtendsEntry) -> ExtendsEntry:
    if isinstance(entry, ExtendsEntry):
        return entry
    return ExtendsEntry(file=entry) if is_file_name(entry) else ExtendsEntry(pack=entry)
