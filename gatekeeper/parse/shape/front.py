"""Front matter: the YAML between `---` lines at the top, with a status of its own."""

from __future__ import annotations

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.document import Problem, WorkItem
from gatekeeper.model.status import StatusMark
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.page import Page
from gatekeeper.parse.syntax.blocks import Block, Fence
from gatekeeper.parse.syntax.data import parse_front_matter

_STATUS = ("status", "state", "verdict")
_ID = ("id", "phase", "story", "epic", "sprint", "gate", "milestone", "ticket")


def find_front_matter(page: Page, blocks: list[Block]) -> tuple[DataNode | None, tuple[Problem, ...]]:
    """The front matter's mapping, and what was wrong with it; None without front matter, or where it holds something else."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Fence) or first.info != "---":
        return None, ()
    start = page.text.find("\n", first.start) + 1
    end = page.text.rfind("\n", start, first.end) + 1
    root, problems = parse_front_matter(page.source, start, max(start, end))
    return (root if root is not None and root.kind is DataKind.MAPPING else None), problems


def read_front_matter(page: Page, root: DataNode) -> list[WorkItem]:
    """The item that the front matter gives to the whole document, if any; its owner becomes the page's."""
    pairs = {str(name.scalar).lower(): (name, value) for name, value in root.pairs}
    page.owner = next(
        (str(pairs[key][1].scalar) for key in ("owner", "author", "assignee") if key in pairs and pairs[key][1].scalar),
        page.owner,
    )
    key = next((key for key in _STATUS if key in pairs and pairs[key][1].kind is DataKind.STRING), None)
    if key is None:
        return []
    name, value = pairs[key]
    status, basis = page.vocabulary.interpret(str(value.scalar))
    mark = StatusMark(str(value.scalar), value.span, status, basis)
    item_id = next(
        (str(pairs[field][1].scalar) for field in _ID if field in pairs and pairs[field][1].scalar is not None), None
    )
    span = Span(name.span.start, max(name.span.end, value.span.end))
    return [
        WorkItem("item", page.title or item_id or "", span, mark, status, item_id, gate=page.gate, owner=page.owner)
    ]
