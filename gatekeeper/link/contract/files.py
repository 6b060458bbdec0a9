"""The files that contracts name: found, read and parsed once each, and never more than a limit of bytes."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from gatekeeper.link.contract.code.literal import UnreadError
from gatekeeper.link.glob import has_magic, match_glob
from gatekeeper.link.listing import Listing
from gatekeeper.link.similar import Suggestions
from gatekeeper.model.contract.fact import OutlineSection, Reader
from gatekeeper.model.data import DataNode
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree
from gatekeeper.model.text import SourceText

BYTES_LIMIT = 1 << 20
MATCHES_LIMIT = 200
_PYTHON = (".py", ".pyi")
_SCRIPT = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_DATA = (".json", ".yaml", ".yml", ".toml")


class Code(Protocol):
    """What is asked of a file of source code; None where there is no such name, and the errors of `code.literal`."""

    def constant(self, name: str) -> DataNode | None:
        """The value of a constant."""

    def union(self, name: str) -> DataNode | None:
        """The members of a union."""

    def strings(self, name: str) -> DataNode | None:
        """The strings of a declaration, or of the whole file."""

    def names(self) -> tuple[str, ...]:
        """What the file declares."""


class Files:
    """The tree as contracts see it."""

    def __init__(self, tree: Tree, reader: Reader) -> None:
        self.tree = tree
        self.listing = Listing(tree)
        self._reader = reader
        self._suggestions = Suggestions(self.listing)
        self.source = cache(self._source)
        self.data = cache(self._data)
        self.outline = cache(self._outline)
        self.code = cache(self._code)

    def find(self, pattern: str) -> tuple[str, ...]:
        """The tracked and untracked files that a path or glob names, sorted; a path is taken literally first."""
        known = self.tree.files | self.tree.untracked
        if pattern in known:
            return (pattern,)
        return match_glob(pattern, sorted(known))[:MATCHES_LIMIT] if has_magic(pattern) else ()

    def suggest(self, path: str) -> str:
        """Words that say what a missing path may have meant; "" when nothing is near."""
        moved = self._suggestions.find_renamed([path])
        if moved:
            return f"; git moved it to `{moved[0]}`"
        similar = self._suggestions.find_similar(path)
        return f"; did you mean `{similar[0]}`?" if similar else ""

    def _source(self, path: str) -> SourceText:
        """The text of a file.

        Raises:
            UnreadError: it is a link, too large, binary, or cannot be read.
        """
        try:
            data = self.tree.read(path, BYTES_LIMIT)
        except UnreadableError as error:
            raise UnreadError(f"it cannot be read: {error.message}") from None
        if b"\0" in data:
            raise UnreadError("it is a binary file")
        return self._reader.decode(path, data)

    def _data(self, path: str) -> DataNode:
        if not path.lower().endswith(_DATA):
            raise UnreadError("`data` reads JSON, YAML and TOML files")
        node, reason = self._reader.read_data(self._source(path))
        if node is None:
            raise UnreadError(reason)
        return node

    def _outline(self, path: str) -> tuple[OutlineSection, ...]:
        if path.lower().endswith((*_DATA, *_SCRIPT, *_PYTHON)):
            raise UnreadError("sections, lists and tables are read from Markdown pages")
        return self._reader.read_outline(self._source(path))

    def _code(self, path: str) -> Code:
        suffix = path.lower()
        if suffix.endswith(_PYTHON):
            from gatekeeper.link.contract.code.python.file import PythonFile

            return PythonFile(self.source(path))
        if suffix.endswith(_SCRIPT):
            from gatekeeper.link.contract.code.typescript.file import TypeScriptFile

            return TypeScriptFile(self.source(path))
        raise UnreadError("constants, unions and strings are read from TypeScript, JavaScript and Python")
