"""What Python reads of the environment, by its own parser: `os.environ`, `os.getenv`, and the fields of settings classes."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from gatekeeper.link.environment.code.reading import Reading
from gatekeeper.link.environment.code.settings import iter_fields
from gatekeeper.model.text import SourceText

SUFFIXES = (".py", ".pyw")

_SPEAKS = re.compile(r"environ|getenv|BaseSettings")
_LINE_END = re.compile(r"\r\n|\n|\r")
_ASKING = (ast.If, ast.IfExp, ast.While, ast.Assert)
# Statements behind an assignment in which a test of what it assigns is looked for.
_LOOK_AHEAD = 12
_GETTERS = frozenset({"get", "pop", "setdefault"})


def read_python(source: SourceText) -> Iterator[Reading]:
    """The variables that a file reads, in order; a name that is computed is left out.

    Raises:
        SyntaxError: this is no Python of today.
        RecursionError: it is nested too deeply; a MemoryError likewise.
    """
    if not _SPEAKS.search(source.text):
        return
    with warnings.catch_warnings(action="ignore"):
        tree = ast.parse(source.text)
    places = _Offsets(source.text)
    yield from sorted(_Module(tree, places).readings(), key=lambda one: one.start)


class _Offsets:
    """Python's places (lines, and columns in bytes of UTF-8) as offsets of code points."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def __call__(self, line: int, column: int) -> int:
        start = self._starts[min(line, len(self._starts)) - 1]
        following = self._starts[line] if line < len(self._starts) else len(self._text)
        row = self._text[start:following]
        if row.isascii():
            return start + min(column, len(row))
        return start + len(row.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))


class _Module:
    def __init__(self, tree: ast.Module, places: _Offsets) -> None:
        self._tree = tree
        self._at = places
        self._os = {"os"} & self._imported()
        self._environs: set[str] = set()
        self._getters: set[str] = set()
        self._parents: dict[ast.AST, ast.AST] = {}
        self._blocks: dict[ast.AST, tuple[list[ast.stmt], int]] = {}
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                self._parents[child] = node
            for block in _blocks(node):
                self._blocks |= {statement: (block, index) for index, statement in enumerate(block)}
            self._note_import(node)
        self._note_aliases()

    def readings(self) -> Iterator[Reading]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Subscript) and self._is_environ(node.value):
                if isinstance(node.ctx, ast.Load):
                    yield from self._reading(node, node.slice)
            elif isinstance(node, ast.Call):
                yield from self._of_call(node)
            elif isinstance(node, ast.Compare) and any(map(self._is_environ, node.comparators)):
                yield from self._reading(node, node.left, is_optional=True)
        for field in iter_fields(self._tree):
            yield self._placed(field.name, field.node, field.node, field.is_optional)

    def _imported(self) -> set[str]:
        imports = (node for node in ast.walk(self._tree) if isinstance(node, ast.Import))
        return {alias.name for node in imports for alias in node.names if alias.asname is None}

    def _note_import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            self._os |= {alias.asname for alias in node.names if alias.name == "os" and alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            for alias in node.names:
                if alias.name == "environ":
                    self._environs.add(alias.asname or alias.name)
                elif alias.name == "getenv":
                    self._getters.add(alias.asname or alias.name)

    def _note_aliases(self) -> None:
        """`env = os.environ`."""
        for node in self._tree.body:
            if isinstance(node, ast.Assign) and self._is_environ(node.value):
                self._environs |= {target.id for target in node.targets if isinstance(target, ast.Name)}

    def _is_environ(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._environs
        return isinstance(node, ast.Attribute) and node.attr == "environ" and self._is_os(node.value)

    def _is_os(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id in self._os

    def _of_call(self, call: ast.Call) -> Iterator[Reading]:
        function = call.func
        is_getter = isinstance(function, ast.Name) and function.id in self._getters
        if isinstance(function, ast.Attribute):
            of_environ = function.attr in _GETTERS and self._is_environ(function.value)
            is_getter = of_environ or (function.attr == "getenv" and self._is_os(function.value))
        if is_getter and call.args:
            has_default = len(call.args) > 1 or any(word.arg in ("default", "failobj") for word in call.keywords)
            default = call.args[1] if len(call.args) > 1 else None
            if isinstance(default, ast.Constant) and default.value is None:
                has_default = False
            yield from self._reading(call, call.args[0], is_optional=has_default)

    def _reading(self, whole: ast.expr, name: ast.AST, *, is_optional: bool = False) -> Iterator[Reading]:
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            yield self._placed(name.value, whole, name, is_optional or self._is_only_asked(whole))

    def _placed(self, word: str, whole: ast.AST, name: ast.AST, is_optional: bool) -> Reading:
        start, name_start = self._at(*_begin(whole)), self._at(*_begin(name))
        end = self._at(getattr(name, "end_lineno", 1), getattr(name, "end_col_offset", 0))
        return Reading(word, min(start, name_start), name_start, max(name_start, end), is_optional)

    def _is_only_asked(self, node: ast.expr) -> bool:
        """Whether something else is taken where the variable is not set, or the code only asks for it."""
        parent = self._parents.get(node)
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id in ("bool", "str"):
            node, parent = parent, self._parents.get(parent)
        if isinstance(parent, ast.BoolOp):
            return parent.values[-1] is not node
        if isinstance(parent, ast.Compare):
            return True
        if isinstance(parent, ast.Assign) and len(parent.targets) == 1 and isinstance(parent.targets[0], ast.Name):
            return self._is_tested_later(parent, parent.targets[0].id)
        return isinstance(parent, _ASKING) and parent.test is node

    def _is_tested_later(self, assignment: ast.Assign, name: str) -> bool:
        """Whether the variable that takes the value is tested in the statements that follow, and its absence is no error."""
        body, index = self._blocks.get(assignment, ([], 0))
        following = body[index + 1 : index + 1 + _LOOK_AHEAD]
        tests = [
            node for one in following for node in ast.walk(one) if isinstance(node, (ast.If, ast.IfExp, ast.BoolOp))
        ]
        asking = [
            node for node in tests if name in _names(node.values[0] if isinstance(node, ast.BoolOp) else node.test)
        ]
        return bool(asking) and not any(isinstance(node, ast.If) and _refuses(node) for node in asking)


def _blocks(owner: ast.AST) -> list[list[ast.stmt]]:
    blocks = [getattr(owner, word, None) for word in ("body", "orelse", "finalbody")]
    return [block for block in blocks if isinstance(block, list)]


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _refuses(node: ast.If) -> bool:
    """Whether a test for absence ends in an error or in the end of the program."""
    if not any(_is_absence(one) for one in ast.walk(node.test)):
        return False
    for one in node.body:
        if isinstance(one, ast.Raise):
            return True
        call = one.value if isinstance(one, ast.Expr) else None
        if isinstance(call, ast.Call) and _last_word(call.func) in ("exit", "_exit", "fail"):
            return True
    return False


def _is_absence(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    return isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is)


def _last_word(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _begin(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
