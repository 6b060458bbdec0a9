"""The `depends_on` of items in data files, which name it beside their status."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from gatekeeper.link.order.outline import Outline
from gatekeeper.model.document import WorkItem
from gatekeeper.model.text import Span

Fields = Mapping[int, list[tuple[str, Span | None]]]
"""Start of an item -> the names that it needs, each with its place where that is known."""

_KEYS = (
    "dependencies",
    "depends_on",
    "dependsOn",
    "depends-on",
    "blocked_by",
    "blockedBy",
    "needs",
    "requires",
    "prerequisites",
)
_YAML = re.compile(rf"(?:{'|'.join(_KEYS)})\s*:\s*(?P<value>.*)$")
_ENTRY = re.compile(r"\s*-\s+(?P<value>\S.*)$")
_NAME = re.compile(r"[\w§][\w§.\-]*")
_NESTED = frozenset({"subtasks", "children", "steps"})
_REACH = 60


def find_fields(outline: Outline) -> Fields:
    """What the items of a YAML or JSON document need, by their start."""
    if not any(key in outline.source.text for key in _KEYS):
        return {}
    if outline.document.path.endswith(".json"):
        return _json_fields(outline)
    return {item.span.start: list(_yaml_field(outline, item)) for item in outline.items}


def _json_fields(outline: Outline) -> Fields:
    try:
        data = json.loads(outline.source.text)
    except (ValueError, RecursionError):
        return {}
    needs: dict[str, list[str]] = {}
    stack: list[object] = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            stack.extend(value for key, value in node.items() if key not in _NESTED)
            named = next((node[key] for key in _KEYS if isinstance(node.get(key), list)), None)
            if named is not None and isinstance(node.get("id"), (str, int)):
                own = str(node["id"])
                needs[own] = [] if own in needs else [str(one) for one in named if isinstance(one, (str, int))]
        elif isinstance(node, list):
            stack.extend(node)
    return {item.span.start: [(name, None) for name in needs.get(item.id or "", ())] for item in outline.items}


def _yaml_field(outline: Outline, item: WorkItem) -> Iterator[tuple[str, Span | None]]:
    """The names in the field of needs that stands at the column of an item's status, in the same block."""
    source = outline.source
    own = source.line_of(item.span.start)
    column = item.span.start - source.line_span(own).start
    lines = [*_block(outline, own, -1, column), *_block(outline, own, 1, column)]
    for number in sorted(set(lines)):
        line = source.line_span(number)
        text = source.slice(line)
        match = _YAML.match(text, column)
        if match is None:
            continue
        yield from _names(text, match.start("value"), line.start)
        for below in range(number + 1, min(number + _REACH, source.line_count() + 1)):
            entry_line = source.line_span(below)
            entry = _ENTRY.match(source.slice(entry_line))
            if entry is None or match["value"].strip():
                break
            yield from _names(source.slice(entry_line), entry.start("value"), entry_line.start)


def _names(text: str, start: int, offset: int) -> Iterator[tuple[str, Span | None]]:
    for match in _NAME.finditer(text.partition(" #")[0], start):
        yield match.group(), Span(offset + match.start(), offset + match.end())


def _block(outline: Outline, own: int, step: int, column: int) -> Iterator[int]:
    """The lines above or below a status that belong to the same map, in walking order."""
    source, number = outline.source, own
    for _ in range(_REACH):
        number += step
        if not 1 <= number <= source.line_count():
            return
        text = source.slice(source.line_span(number))
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        dash = re.match(r"\s*(?:-\s+)?", text)
        key, indent = dash.end() if dash else 0, len(text) - len(text.lstrip())
        if indent < column and not (step < 0 and key == column):
            return
        yield number
        if indent < column:
            return  # "- id: x": the first line of this entry
