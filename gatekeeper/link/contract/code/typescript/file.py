"""One file of TypeScript or JavaScript, as contracts ask it."""

from __future__ import annotations

from gatekeeper.link.contract.code.literal import UnreadError
from gatekeeper.link.contract.code.typescript.tree import CodeTree
from gatekeeper.link.contract.code.typescript.unions import Unions
from gatekeeper.link.contract.code.typescript.values import Values
from gatekeeper.model.data import DataNode
from gatekeeper.model.text import SourceText


class TypeScriptFile:
    """A `link.contract.files.Code`."""

    def __init__(self, source: SourceText) -> None:
        self._tree = CodeTree(source)

    def constant(self, name: str) -> DataNode | None:
        """The value of a constant."""
        return self._sure(Values(self._tree).constant(name))

    def union(self, name: str) -> DataNode | None:
        """The members of a union."""
        return self._sure(Unions(self._tree, Values(self._tree)).union(name))

    def strings(self, name: str) -> DataNode | None:
        """The strings of a declaration, or of the whole file."""
        return self._sure(Unions(self._tree, Values(self._tree)).strings(name))

    def names(self) -> tuple[str, ...]:
        """What the file declares at its top level."""
        return self._tree.names

    def _sure(self, found: DataNode | None) -> DataNode | None:
        """What was found.

        Raises:
            UnreadError: nothing was, in a file that is not valid as a whole.
        """
        if found is None and self._tree.root.has_error:
            raise UnreadError("a syntax error keeps it from being found")
        return found
