"""All facts of order of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from gatekeeper.link.order.changes import Changes
from gatekeeper.link.order.entries import find_dated, find_numbered
from gatekeeper.link.order.gates import find_gate_names
from gatekeeper.link.order.needs import Needs
from gatekeeper.link.order.outline import Outline
from gatekeeper.link.order.priors import find_priors
from gatekeeper.link.order.runs import find_runs
from gatekeeper.link.order.signoffs import find_sign_offs
from gatekeeper.link.order.targets import find_targets
from gatekeeper.link.order.updates import Updates
from gatekeeper.model.document import Document
from gatekeeper.model.order import Order

_Fact = TypeVar("_Fact")


def link_order(documents: Sequence[Document]) -> Order:
    """What these documents say stands before what; forms that nobody filled in say nothing."""
    outlines = {one.path: Outline(one) for one in documents if one.has_content and not one.is_template}
    runs = {path: found for path, outline in outlines.items() if (found := find_runs(outline))}
    changes, updates = Changes(outlines), Updates(outlines.values())

    return Order(
        gates=find_gate_names(outlines.values()),
        runs=runs,
        needs=Needs(list(outlines.values())).by_document(),
        priors=_by_path(outlines, lambda outline: find_priors(outline, runs.get(outline.document.path, ()))),
        dated=_by_path(outlines, find_dated),
        numbered=_by_path(outlines, find_numbered),
        changes=_by_path(outlines, changes.of),
        targets=_by_path(outlines, find_targets),
        sign_offs=_by_path(outlines, find_sign_offs),
        late=_by_path(outlines, updates.of),
    )


def _by_path(
    outlines: Mapping[str, Outline], find: Callable[[Outline], Iterable[_Fact]]
) -> dict[str, tuple[_Fact, ...]]:
    return {path: found for path, outline in outlines.items() if (found := tuple(find(outline)))}
