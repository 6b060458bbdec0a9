"""Plans by their gates."""

from __future__ import annotations

import time

from gatekeeper.link.order.outline import Outline
from gatekeeper.link.plan.scopes import find_scopes
from gatekeeper.parse.reader import parse_document


def scopes(pages: dict[str, str]) -> dict[str, str]:
    """The plans of documents whose gates are given by a word for each unit, in order; `-` for a unit without one."""
    gates = [(path, f"sprint {at}", (word,)) for path, page in pages.items() for at, word in enumerate(page.split())]
    outlines = {path: Outline(parse_document(path, b"")) for path in pages}
    return find_scopes([one for one in gates if one[2] != ("-",)], outlines)


def test_who_joins_agrees_with_all_who_joined_before() -> None:
    found = scopes({"a/x.md": "data cart pay", "b/y.md": "data load queue", "c/z.md": "data"})
    assert found == {"a/x.md": "a/x.md", "b/y.md": "b/y.md", "c/z.md": "a/x.md"}


def test_one_gate_is_enough_where_it_is_all() -> None:
    assert scopes({"a/x.md": "data cart", "b/y.md": "data"})["b/y.md"] == "a/x.md"
    assert scopes({"a/x.md": "data cart -", "b/y.md": "data - load"})["b/y.md"] == "b/y.md"
    assert scopes({"a/x.md": "data cart pay -", "b/y.md": "data cart - load"})["b/y.md"] == "a/x.md"


def test_a_folder_is_one_plan_whatever_its_gates() -> None:
    assert scopes({"a/x.md": "data", "a/y.md": "load"}) == {"a/x.md": "a/x.md", "a/y.md": "a/x.md"}


def test_areas_take_linear_time() -> None:
    def seconds(count: int) -> float:
        gates = [(f"areas/{n}/plan.md", f"sprint {s}", ("gate", str(s))) for n in range(count) for s in range(10)]
        outlines = {path: Outline(parse_document(path, b"")) for path, _, _ in gates}
        started = time.process_time()
        assert len(set(find_scopes(gates, outlines).values())) == count
        return time.process_time() - started

    assert seconds(4000) < 8 * 4 * max(seconds(1000), 0.01)
