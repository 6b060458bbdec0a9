"""TOML to DataNodes: `tomllib` says whether it is TOML and what its values are, a scan of the same text says where they stand."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.text import SourceText, Span

LENGTH_LIMIT = 512 * 1024
DEPTH_LIMIT = 64
_GAP = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]+")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.DOTALL)
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_LITERAL = re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}")


class _Table(Struct):
    """A table under construction: keys may be added from several places of the file."""

    span: Span
    pairs: dict[str, tuple[DataNode, _Table | list[_Table] | DataNode]] = field(default_factory=dict)


class _TooDeepError(Exception):
    """Values are nested deeper than is read."""


def parse_toml(source: SourceText) -> tuple[DataNode | None, str]:
    """The root table of a TOML file; None and why not. Dates and times are strings in ISO 8601."""
    import tomllib

    if len(source.text) > LENGTH_LIMIT:
        return None, f"longer than {LENGTH_LIMIT:,} characters"
    try:
        tomllib.loads(source.text)
        return _Scan(source.text).read(), ""
    except tomllib.TOMLDecodeError as error:
        return None, f"not valid TOML: {error}"
    except (_TooDeepError, RecursionError):
        return None, f"nested deeper than {DEPTH_LIMIT} levels"


class _Scan:
    """Walks over text that is known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def read(self) -> DataNode:
        """The root table."""
        root = current = _Table(Span(0, len(self.text)))
        while self._skip():
            start = self.at
            if self.text[self.at] == "[":
                is_array = self.text.startswith("[[", self.at)
                self.at += 2 if is_array else 1
                keys = self._keys("]")
                self.at += 1 if is_array else 0
                current = _open(root, keys, Span(start, self.at), is_array)
            else:
                keys = self._keys("=")
                _put(_descend(current, keys[:-1]), keys[-1], self._value(0))
        return _finish(root)

    def _skip(self) -> bool:
        """Steps over blanks, commas and comments; False at the end."""
        match = _GAP.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def _keys(self, closing: str) -> list[DataNode]:
        """The dotted key that begins here; ends after the closing sign."""
        keys: list[DataNode] = []
        while self._skip() and self.text[self.at] != closing:
            if self.text[self.at] == ".":
                self.at += 1
            elif match := _BARE_KEY.match(self.text, self.at):
                self.at = match.end()
                keys.append(DataNode(DataKind.STRING, Span(*match.span()), match.group()))
            else:
                keys.append(self._scalar())
            if len(keys) > DEPTH_LIMIT:
                raise _TooDeepError
        self.at += 1
        return keys

    def _value(self, depth: int) -> DataNode:
        if depth > DEPTH_LIMIT:
            raise _TooDeepError
        self._skip()
        start = self.at
        if self.text[start] == "[":
            self.at += 1
            entries = []
            while self._skip() and self.text[self.at] != "]":
                entries.append(self._value(depth + 1))
            self.at += 1
            return DataNode(DataKind.SEQUENCE, Span(start, self.at), entries=tuple(entries))
        if self.text[start] == "{":
            return self._inline_table(depth)
        return self._scalar()

    def _inline_table(self, depth: int) -> DataNode:
        start = self.at
        table = _Table(Span(start, start))
        self.at += 1
        while self._skip() and self.text[self.at] != "}":
            keys = self._keys("=")
            _put(_descend(table, keys[:-1]), keys[-1], self._value(depth + 1))
        self.at += 1
        table.span = Span(start, self.at)
        return _finish(table)

    def _scalar(self) -> DataNode:
        """A string, number, boolean or date."""
        for pattern in (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL, _BARE_VALUE):
            if match := pattern.match(self.text, self.at):
                break
        else:
            raise _TooDeepError
        raw = match.group().rstrip()
        self.at = match.end()
        return _scalar(raw, Span(match.start(), match.start() + len(raw)))


def _scalar(raw: str, span: Span) -> DataNode:
    import tomllib

    value: Any = tomllib.loads(f"x = {raw}")["x"]
    if isinstance(value, bool):
        return DataNode(DataKind.BOOLEAN, span, value)
    if isinstance(value, int | float) and abs(value) != float("inf") and value == value:
        return DataNode(DataKind.NUMBER, span, value)
    return DataNode(DataKind.STRING, span, value if isinstance(value, str) else str(value))


def _put(table: _Table, key: DataNode, value: _Table | list[_Table] | DataNode) -> None:
    table.pairs[str(key.scalar)] = (key, value)


def _descend(table: _Table, keys: list[DataNode]) -> _Table:
    """The table under a dotted key, made where it is not there; of an array of tables the last."""
    for key in keys:
        if str(key.scalar) not in table.pairs:
            _put(table, key, _Table(key.span))
        _, found = table.pairs[str(key.scalar)]
        table = found[-1] if isinstance(found, list) else found if isinstance(found, _Table) else table
    return table


def _open(root: _Table, keys: list[DataNode], span: Span, is_array: bool) -> _Table:
    """The table that a header opens; its place is the header."""
    parent, key = _descend(root, keys[:-1]), keys[-1]
    if is_array:
        _, known = parent.pairs.get(str(key.scalar), (key, None))
        tables = known if isinstance(known, list) else []
        tables.append(_Table(span))
        _put(parent, key, tables)
        return tables[-1]
    table = _descend(parent, [key])
    table.span = span
    return table


def _finish(table: _Table) -> DataNode:
    pairs = tuple((key, _finish_value(value)) for key, value in table.pairs.values())
    return DataNode(DataKind.MAPPING, table.span, pairs=pairs)


def _finish_value(value: _Table | list[_Table] | DataNode) -> DataNode:
    if isinstance(value, DataNode):
        return value
    if isinstance(value, _Table):
        return _finish(value)
    span = Span(value[0].span.start, value[-1].span.end)
    return DataNode(DataKind.SEQUENCE, span, entries=tuple(_finish(table) for table in value))
