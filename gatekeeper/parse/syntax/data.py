"""YAML and JSON to DataNodes, guarded: depth, nodes and doubled keys are refused before anything is built.

Aliases are never followed, so that none can multiply: an alias reads as null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from gatekeeper.model.data import DataKind, DataNode, Scalar
from gatekeeper.model.document import Problem, ProblemKind
from gatekeeper.model.text import SourceText, Span

DEPTH_LIMIT = 64
NODES_LIMIT = 200_000

_PAIR = re.compile(r"^([\w-]+):[ \t]+([^\s#][^\n\r]*?)[ \t]*\r?$", re.MULTILINE)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}


class _RefusedError(Exception):
    """Why a data file is not read further, and where."""

    def __init__(self, kind: ProblemKind, detail: str, offset: int) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.offset = offset


class _Builder:
    """Builds nodes from a flat run of tokens without recursion, so that no depth can exhaust the stack."""

    def __init__(self) -> None:
        self.stack: list[tuple[DataKind, int, list[DataNode]]] = []
        self.root: DataNode | None = None
        self.count = 0
        self.problems: list[Problem] = []

    def open(self, kind: DataKind, offset: int) -> None:
        if len(self.stack) >= DEPTH_LIMIT:
            raise _RefusedError(ProblemKind.TOO_COMPLEX, f"nested deeper than {DEPTH_LIMIT} levels", offset)
        self.stack.append((kind, offset, []))

    def close(self, end: int) -> None:
        kind, start, children = self.stack.pop()
        span = Span(start, max(start, end))
        if kind is DataKind.SEQUENCE:
            self.add(DataNode(kind, span, entries=tuple(children)))
            return
        pairs = tuple(zip(children[::2], children[1::2], strict=True))
        seen: set[str] = set()
        for key, _ in pairs:
            name = str(key.scalar)
            if name in seen and name != "<<":
                raise _RefusedError(ProblemKind.MALFORMED_DATA, f"the key '{name[:80]}' stands twice", key.span.start)
            seen.add(name)
        self.add(DataNode(kind, span, pairs=pairs))

    def add(self, node: DataNode) -> None:
        self.count += 1
        if self.count > NODES_LIMIT:
            raise _RefusedError(ProblemKind.TOO_COMPLEX, f"more than {NODES_LIMIT:,} values", node.span.start)
        if not self.stack:
            self.root = node if self.root is None else self.root
            return
        kind, _, children = self.stack[-1]
        if kind is DataKind.MAPPING and len(children) % 2 == 0 and node.kind in (DataKind.MAPPING, DataKind.SEQUENCE):
            raise _RefusedError(ProblemKind.MALFORMED_DATA, "a key is not a plain value", node.span.start)
        children.append(node)


def parse_data(source: SourceText) -> tuple[DataNode | None, tuple[Problem, ...]]:
    """The first document of a YAML file, or a JSON file, by the path's suffix; None when it is empty or refused.

    Each alias is a problem of kind ALIAS beside the root: harmless in a document, not to be taken in a policy.
    """
    if not source.text.strip():
        return None, ()
    read = _read_json if source.path.lower().endswith(".json") else _read_yaml
    builder = _Builder()
    try:
        read(source.text, 0, builder)
    except _RefusedError as refusal:
        return None, (_problem(refusal, source.text),)
    return builder.root, tuple(builder.problems)


def parse_front_matter(source: SourceText, start: int, end: int) -> tuple[DataNode | None, tuple[Problem, ...]]:
    """The YAML that stands between two offsets of a document, spans counted from the document's start."""
    builder = _Builder()
    try:
        _read_yaml(source.text[start:end], start, builder)
    except _RefusedError as refusal:
        problem = _problem(refusal, source.text)
        return _plain_pairs(source.text, start, end), (replace(problem, kind=ProblemKind.FRONT_MATTER),)
    return builder.root, ()


def _plain_pairs(text: str, start: int, end: int) -> DataNode:
    """The `key: value` lines of front matter that is no YAML, as most readers of Markdown take them."""
    pairs = []
    for match in _PAIR.finditer(text, start, end):
        key = DataNode(DataKind.STRING, Span(*match.span(1)), match.group(1))
        pairs.append((key, _scalar(match.group(2), Span(*match.span(2)), plain=True)))
    return DataNode(DataKind.MAPPING, Span(start, end), pairs=tuple(pairs))


def _problem(refusal: _RefusedError, text: str) -> Problem:
    start = min(refusal.offset, len(text))
    return Problem(refusal.kind, Span(start, min(start + 1, len(text))), refusal.detail)


def _scalar(text: str, span: Span, *, plain: bool) -> DataNode:
    """A scalar by the core schema of YAML 1.2 (§10.3.2); numbers with leading zeros stay strings, as ids need them."""
    if plain and text.lower() in _WORDS:
        value = _WORDS[text.lower()]
        return DataNode(DataKind.NULL if value is None else DataKind.BOOLEAN, span, value)
    if plain and len(text) < 32 and (match := _NUMBER.match(text)):
        return DataNode(DataKind.NUMBER, span, float(text) if match.group(1) or match.group(2) else int(text))
    return DataNode(DataKind.STRING, span, text)


def _read_yaml(text: str, base: int, builder: _Builder) -> None:
    import yaml

    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if not _yaml_event(event, base, builder):
                return
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        offset = base + (mark.index if mark else getattr(error, "position", 0) or 0)
        detail = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
        raise _RefusedError(ProblemKind.MALFORMED_DATA, f"not valid YAML: {detail}", offset) from None


def _yaml_event(event: Any, base: int, builder: _Builder) -> bool:
    """Take one event; False after the first document."""
    name = type(event).__name__
    start, end = base + event.start_mark.index, base + event.end_mark.index
    if name == "ScalarEvent":
        builder.add(_scalar(event.value, Span(start, max(start, end)), plain=event.implicit[0] and not event.style))
    elif name == "MappingStartEvent":
        builder.open(DataKind.MAPPING, start)
    elif name == "SequenceStartEvent":
        builder.open(DataKind.SEQUENCE, start)
    elif name in ("MappingEndEvent", "SequenceEndEvent"):
        builder.close(end)
    elif name == "AliasEvent":
        span = Span(start, max(start, end))
        builder.add(DataNode(DataKind.NULL, span))
        detail = f"uses the alias '*{event.anchor}'; aliases are not followed"
        builder.problems.append(Problem(ProblemKind.ALIAS, span, detail))
    return name != "DocumentEndEvent"


_TOKEN = re.compile(r'[ \t\r\n]*(?:([{}\[\],:])|("(?:[^"\\\x00-\x1f]|\\.)*")|([^\s{}\[\],:"]+)|(\S))')


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    offset = 0
    while match := _TOKEN.match(text, offset):
        if match.group(4):
            raise _RefusedError(
                ProblemKind.MALFORMED_DATA, f"not valid JSON: unexpected {match.group(4)!r}", match.start(4)
            )
        group = match.lastindex or 1
        yield match.group(group), match.start(group), match.end(group)
        offset = match.end()


def _read_json(text: str, base: int, builder: _Builder) -> None:
    """RFC 8259, iteratively; the grammar is held by what may follow (`expect`)."""
    expect, start = "value", 0
    for token, start, end in _tokens(text):
        if expect == "end":
            raise _RefusedError(ProblemKind.MALFORMED_DATA, "not valid JSON: text after the value", start)
        expect = _json_token(token, base + start, base + end, expect, builder)
    if expect != "end":
        raise _RefusedError(ProblemKind.MALFORMED_DATA, "not valid JSON: it ends too early", min(start, len(text)))


def _json_token(token: str, start: int, end: int, expect: str, builder: _Builder) -> str:
    in_mapping = bool(builder.stack) and builder.stack[-1][0] is DataKind.MAPPING
    if token in "{[" and expect in ("value", "value or ]"):
        builder.open(DataKind.MAPPING if token == "{" else DataKind.SEQUENCE, start)
        return "key or }" if token == "{" else "value or ]"
    if token in "}]" and f"or {token}" in expect and in_mapping == (token == "}"):
        builder.close(end)
        return _after_value(builder)
    if token == ":" and expect == ":":
        return "value"
    if token == "," and expect.startswith(","):
        return "key" if in_mapping else "value"
    if expect.startswith("key") and token.startswith('"'):
        builder.add(DataNode(DataKind.STRING, Span(start, end), _json_string(token, start)))
        return ":"
    if expect.startswith("value") and token not in "{}[],:":
        builder.add(_json_scalar(token, start, end))
        return _after_value(builder)
    raise _RefusedError(
        ProblemKind.MALFORMED_DATA, f"not valid JSON: {token[:40]!r} where {expect} was expected", start
    )


def _after_value(builder: _Builder) -> str:
    if not builder.stack:
        return "end"
    return ", or }" if builder.stack[-1][0] is DataKind.MAPPING else ", or ]"


def _json_scalar(token: str, start: int, end: int) -> DataNode:
    if token.startswith('"'):
        return DataNode(DataKind.STRING, Span(start, end), _json_string(token, start))
    if token in ("true", "false", "null") or _NUMBER.match(token):
        node = _scalar(token, Span(start, end), plain=True)
        return node if node.kind is not DataKind.STRING else DataNode(DataKind.NUMBER, node.span, 0)
    raise _RefusedError(ProblemKind.MALFORMED_DATA, f"not valid JSON: {token[:40]!r} is not a value", start)


def _json_string(token: str, start: int) -> str:
    import json

    try:
        return str(json.loads(token))
    except ValueError as error:
        raise _RefusedError(ProblemKind.MALFORMED_DATA, f"not valid JSON: {error}", start) from None
