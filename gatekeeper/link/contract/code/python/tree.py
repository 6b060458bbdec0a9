"""A file of Python as a syntax tree, and what it declares in its module and classes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cached_property

from gatekeeper.link.contract.code.literal import UnreadError
from gatekeeper.model.text import SourceText, Span

Declaration = ast.expr | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | None
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


class PythonTree:
    """The tree of one file."""

    def __init__(self, source: SourceText) -> None:
        """Parses a file.

        Raises:
            UnreadError: it is no Python that this Python reads, or too deep.
        """
        self.source = source
        self.module = _parse(source)
        self._columns: dict[int, list[int]] = {}

    def span(self, node: ast.AST) -> Span:
        """Where a node stands."""
        start = self._offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
        end = self._offset(getattr(node, "end_lineno", None) or 1, getattr(node, "end_col_offset", None) or 0)
        return Span(start, max(start, end))

    @cached_property
    def declared(self) -> dict[str, list[Declaration]]:
        """What the module declares, each name with every value that is bound to it."""
        return declarations(self.module.body)

    @cached_property
    def annotations(self) -> dict[str, ast.expr]:
        """The annotations of the module's names."""
        return annotations_of(self.module.body)

    def _offset(self, line: int, column: int) -> int:
        """The offset of a line and a column that counts bytes of UTF-8."""
        starts = self.source.line_starts()
        if not 1 <= line <= len(starts):
            return len(self.source.text)
        if self.source.text.isascii():
            return min(starts[line - 1] + column, len(self.source.text))
        if line not in self._columns:
            end = starts[line] if line < len(starts) else len(self.source.text)
            text = self.source.text[starts[line - 1] : end]
            self._columns[line] = [at for at, sign in enumerate(text) for _ in sign.encode("utf-8", "replace")]
        columns = self._columns[line]
        return starts[line - 1] + (columns[column] if column < len(columns) else (columns[-1] + 1 if columns else 0))


def _parse(source: SourceText) -> ast.Module:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.text)
    except SyntaxError as error:
        raise UnreadError(f"it is not valid Python: {error.msg} (line {error.lineno or 1})") from None
    except (ValueError, RecursionError, MemoryError):
        raise UnreadError("its syntax is too hard to read") from None


def statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a block, those of its `if`, `try`, `with` and loops among them, functions and classes closed."""
    stack: list[ast.AST] = list(reversed(body))
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [one for name in _BLOCKS for one in getattr(node, name, ()) if isinstance(one, ast.AST)]
            stack.extend(reversed(inner))


def declarations(body: Sequence[ast.stmt]) -> dict[str, list[Declaration]]:
    """Name -> every value that the block binds to it; None for a binding whose value is not one expression."""
    found: dict[str, list[Declaration]] = {}
    for statement in statements(body):
        for name, value in _bindings(statement):
            found.setdefault(name, []).append(value)
    return found


def annotations_of(body: Sequence[ast.stmt]) -> dict[str, ast.expr]:
    """Name -> its annotation in the block."""
    typed = (one for one in statements(body) if isinstance(one, ast.AnnAssign))
    return {one.target.id: one.annotation for one in typed if isinstance(one.target, ast.Name)}


def _bindings(statement: ast.stmt) -> Iterator[tuple[str, Declaration]]:
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                yield target.id, statement.value
            else:
                yield from (
                    (node.id, None) for node in ast.walk(target) if _is_stored(node) and isinstance(node, ast.Name)
                )
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        if statement.value is not None:
            yield statement.target.id, statement.value
    elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id, None
    elif isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield statement.name, statement
    elif type(statement).__name__ == "TypeAlias":
        # `type X = ...` came with Python 3.12.
        yield getattr(statement, "name").id, getattr(statement, "value")  # noqa: B009


def _is_stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
