"""One file of Python, as contracts ask it."""

from __future__ import annotations

from gatekeeper.link.contract.code.python.tree import PythonTree
from gatekeeper.link.contract.code.python.unions import PythonUnions
from gatekeeper.link.contract.code.python.values import PythonValues
from gatekeeper.model.data import DataNode
from gatekeeper.model.text import SourceText


class PythonFile:
    """A `link.contract.files.Code`."""

    def __init__(self, source: SourceText) -> None:
        """Parses a file.

        Raises:
            UnreadError: it is no Python that this Python reads.
        """
        self._tree = PythonTree(source)

    def constant(self, name: str) -> DataNode | None:
        """The value of a constant."""
        return PythonValues(self._tree).constant(name)

    def union(self, name: str) -> DataNode | None:
        """The members of a union."""
        return PythonUnions(self._tree, PythonValues(self._tree)).union(name)

    def strings(self, name: str) -> DataNode | None:
        """The strings of a declaration, or of the whole file."""
        return PythonUnions(self._tree, PythonValues(self._tree)).strings(name)

    def names(self) -> tuple[str, ...]:
        """What the module declares."""
        return tuple(self._tree.declared)
