"""Which things an assertion means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from gatekeeper.link.assertion.things import Thing, iter_things
from gatekeeper.link.contract.demand.fault import compile_pattern
from gatekeeper.model.assertion.law import Select, What
from gatekeeper.model.project import Project

Matcher = Callable[[Sequence[str]], Callable[[str], bool]]
"""Makes gitignore patterns a function that says whether a path matches."""

_OF_ITEM = ("id", "gate", "owner", "parent")


class Selection:
    """A selector made ready."""

    def __init__(self, select: Select, matcher: Matcher) -> None:
        """Raises:
        ConfigError: a path is no gitignore pattern.
        ValueError: a pattern is none of RE2.
        """
        self._select = select
        self._is_meant = matcher(select.paths) if select.paths else None
        self._patterns: dict[str, Any] = {name: compile_pattern(one) for name, one in select.patterns.items()}

    def find(self, project: Project) -> Iterator[Thing]:
        """The things that are meant, in document order."""
        return (thing for thing in self.around(project) if self.means(thing))

    def around(self, project: Project) -> Iterator[Thing]:
        """Every thing of the sort in the documents that are meant."""
        meant = {one.path for one in project.documents if self._is_document(one.path, one.kind.value)}
        return (thing for thing in iter_things(project, self._select.what) if thing.document.path in meant)

    def means(self, thing: Thing) -> bool:
        """Whether a thing of a document that is meant is meant itself."""
        select = self._select
        if select.kinds and thing.kind not in select.kinds:
            return False
        if select.statuses and (thing.item is None or thing.item.status.value not in select.statuses):
            return False
        return all(_matches(pattern, _value(thing, name)) for name, pattern in self._patterns.items())

    def _is_document(self, path: str, kind: str) -> bool:
        select = self._select
        return (not select.documents or kind in select.documents) and (self._is_meant is None or self._is_meant(path))


def _value(thing: Thing, name: str) -> object:
    if thing.what is What.EVIDENCE and name in _OF_ITEM:
        return getattr(thing.item, name, None)
    if thing.what is What.ITEM:
        return getattr(thing.item, name)
    return thing.form.get(name)


def _matches(pattern: Any, value: object) -> bool:
    return value is not None and pattern.search(str(value)) is not None
