"""The small faults that `tools/mutants.py` plants in a module, one at a time: conditions, comparisons, constants, words, patterns, places."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pattern_cuts import joined, parted, patterns

_Node = TypeVar("_Node", bound=ast.AST | None)
_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_TWINS = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list", "match": "search"}
_TWINS |= {"fullmatch": "match", "startswith": "endswith", "endswith": "startswith"}
_SEVERITIES = {"ERROR": "WARNING", "WARNING": "NOTE", "NOTE": "WARNING"}
_OPTIONAL = {"help", "subject", "related", "fix", "key", "reverse", "maxsplit", "default"}
_CLEANERS = {"strip", "lstrip", "rstrip", "casefold", "lower", "upper", "removesuffix", "removeprefix"}
_NAMES = {"code", "name", "since", "strict"}
_SKIPPED_FIELDS = {"annotation", "returns", "decorator_list", "bases", "type_params", "format_spec", "ctx"}
_SHOWN = 80
_AROUND = 15


@dataclass(frozen=True, slots=True)
class Mutation:
    """One planted fault: the line (from 1), that line's text, and `what was -> what is`."""

    line: int
    text: str
    change: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node hangs: `getattr(parent, field)`, at `index` when that is a list."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None

    def put(self, new: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, new)
        else:
            getattr(self.parent, self.field)[self.index] = new


def iter_mutations(tree: ast.Module, source: str) -> Iterator[Mutation]:
    """Each fault in the order of the source; while it is yielded the tree holds it, and none afterwards."""
    lines = source.splitlines()
    seen: Counter[tuple[str, str]] = Counter()
    for place in list(_iter_places(tree)):
        for new, change in _variants(place):
            line: int = place.node.lineno  # type: ignore[attr-defined]
            text = lines[line - 1].strip()
            seen[text, change] += 1
            turn = seen[text, change]
            place.put(ast.fix_missing_locations(ast.copy_location(new, place.node)))
            yield Mutation(line, text, change if turn == 1 else f"{change} ({turn})")
            place.put(place.node)


def _iter_places(node: ast.AST) -> Iterator[_Place]:
    for field, value in ast.iter_fields(node):
        if field not in _SKIPPED_FIELDS:
            for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(child, ast.AST) and not _is_left_out(child, node):
                    yield _Place(child, node, field, index)
                    yield from _iter_places(child)


def _is_left_out(child: ast.AST, parent: ast.AST) -> bool:
    """Imports, docstrings, the words of messages, and what only names a rule."""
    if isinstance(child, ast.Constant):
        return isinstance(parent, ast.Expr | ast.JoinedStr)
    return isinstance(child, ast.Import | ast.ImportFrom) or (isinstance(child, ast.keyword) and child.arg in _NAMES)


def _variants(place: _Place) -> Iterator[tuple[ast.AST, str]]:
    """What may stand there instead, and in words what that changes."""
    node = place.node
    if place.field in {"test", "ifs"} and isinstance(node, ast.expr):
        yield from _conditions(node, place.field)
    for variants in (_expressions(node), _constants(node, place), _literals(node, place), _statements(node, place)):
        for new in variants:
            yield new, _change(ast.unparse(node), ast.unparse(new))
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr() if _is_pattern(place):
            parts: list[ast.expr] = node.values if isinstance(node, ast.JoinedStr) else [node]
            for pattern, what in patterns(joined(parts)):
                yield ast.JoinedStr(parted(pattern, parts)), what
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(value)), attr="split"), args=[]):
            for word in dict.fromkeys(value.split()):
                rest = ast.Constant(" ".join(one for one in value.split() if one != word))
                yield ast.Call(ast.Attribute(rest, "split", ast.Load()), [], []), f"without the word {word}"
        case ast.Call():
            for new in _calls(node):
                yield new, _change(ast.unparse(node), ast.unparse(new))


def _conditions(node: ast.expr, field: str) -> Iterator[tuple[ast.AST, str]]:
    """Always and never; the opposite, unless another operator gives it."""
    text = _cut(ast.unparse(node))
    for value in (True, False) if field == "test" else (True,):
        yield ast.Constant(value), f"{text} -> {value}"
    if not isinstance(node, ast.Compare | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), node), f"{text} -> its opposite"


def _expressions(node: ast.AST) -> Iterator[ast.AST]:
    """Another operator, or an operand alone."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for at, op in enumerate(ops):
                for other in _COMPARE[type(op)]:
                    yield ast.Compare(left, [*ops[:at], other(), *ops[at + 1 :]], others)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), values)
            for rest in _without_one(values):
                yield ast.BoolOp(op, rest) if len(rest) > 1 else rest[0]
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY and not _is_text(left, right):
            yield ast.BinOp(left, _BINARY[type(op)](), right)


def _constants(node: ast.AST, place: _Place) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=str(value)) if value and isinstance(place.parent, ast.Compare | ast.Subscript):
            yield ast.Constant("")
        case ast.Attribute(value=ast.Name(id="Severity"), attr=attr):
            yield ast.Attribute(ast.Name("Severity", ast.Load()), _SEVERITIES[attr], ast.Load())


def _literals(node: ast.AST, place: _Place) -> Iterator[ast.AST]:
    """A table, set, list or tuple of several things without one of them."""
    match node:
        case ast.Dict(keys=keys, values=values):
            for some_keys, some in zip(_without_one(keys), _without_one(values), strict=True):
                yield ast.Dict(some_keys, some)
        case ast.Set(elts=elements) if len(elements) > 1:
            yield from (ast.Set(some) for some in _without_one(elements))
        case ast.List(elts=elements, ctx=ast.Load()):
            yield from (ast.List(some, ast.Load()) for some in _without_one(elements))
        case ast.Tuple(elts=elements, ctx=ast.Load()) if _is_collection(place):
            yield from (ast.Tuple(some, ast.Load()) for some in _without_one(elements))


def _statements(node: ast.AST, place: _Place) -> Iterator[ast.AST]:
    """Nothing; a guard alone in its `if` is dropped with the condition."""
    match node:
        case ast.AugAssign() | ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield ast.Pass()
        case ast.Continue() | ast.Break() if getattr(place.parent, place.field) != [node]:
            yield ast.Pass()


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    """A call of the twin, without an argument that has a default, without the call, or of a finding at another place."""
    func, args, keywords, name = node.func, node.args, node.keywords, ast.unparse(node.func).rpartition(".")[2]
    if name in _TWINS:
        twin = ast.Name(_TWINS[name], ast.Load())
        other = ast.Attribute(func.value, twin.id, ast.Load()) if isinstance(func, ast.Attribute) else twin
        yield ast.Call(other, args, [] if name == "sorted" else keywords)
    for at, keyword in enumerate(keywords):
        if keyword.arg in _OPTIONAL:
            yield ast.Call(func, args, keywords[:at] + keywords[at + 1 :])
    if name in _CLEANERS and isinstance(func, ast.Attribute):
        yield func.value
    if name == "compile" and len(args) == 2:
        yield ast.Call(func, args[:1], [])
    if name == "finding" and len(args) > 1:
        start = ast.Call(ast.Call(ast.Name("type", ast.Load()), [args[1]], []), [ast.Constant(0), ast.Constant(0)], [])
        yield ast.Call(func, [args[0], start, *args[2:]], keywords)


def _without_one(elements: Sequence[_Node]) -> list[list[_Node]]:
    return [[*elements[:at], *elements[at + 1 :]] for at in range(len(elements))]


def _is_collection(place: _Place) -> bool:
    """Whether a tuple holds any number of things: not a pair that is taken apart elsewhere."""
    match place.parent:
        case ast.Assign(targets=targets):
            return not any(isinstance(target, ast.Tuple) for target in targets)
        case ast.Compare() | ast.keyword() | ast.comprehension() | ast.AnnAssign():
            return True
    return any(isinstance(element, ast.Starred) for element in ast.iter_child_nodes(place.node))


def _is_pattern(place: _Place) -> bool:
    """Whether a text is a regular expression: what one of `re`'s functions is given first, or a part of that or of another."""
    if isinstance(place.node, ast.Constant) and "(?:" in str(place.node.value):
        return True
    match place.parent:
        case ast.BinOp():
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return place.index == 0
    return False


def _is_text(*nodes: ast.AST) -> bool:
    return any(isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str) for node in nodes)


def _change(old: str, new: str) -> str:
    """`old -> new`, cut down to what differs when it is long."""
    old, new = " ".join(old.split()), " ".join(new.split())
    if max(len(old), len(new)) > _SHOWN:
        head = _shared(old, new)
        tail = min(_shared(old[::-1], new[::-1]), len(old) - head, len(new) - head)
        start, end = max(0, head - _AROUND), max(0, tail - _AROUND)
        old, new = old[start : len(old) - end], new[start : len(new) - end]
    return f"{_cut(old)} -> {_cut(new)}"


def _shared(one: str, other: str) -> int:
    """How many first characters two texts have in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]} ... {text[-_SHOWN // 2 :]}"
