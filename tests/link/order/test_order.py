"""Facts of order: runs, gates, needs, logs."""

from __future__ import annotations

import time

import pytest

from gatekeeper.link.order.order import link_order
from gatekeeper.link.order.outline import Outline, numbers_of, series_of
from gatekeeper.model.document import Document
from gatekeeper.model.order import Order
from gatekeeper.model.status import Status
from gatekeeper.parse.reader import parse_document


def document(text: str, path: str = "docs/tracker.md") -> Document:
    return parse_document(path, text.encode())


def order(*texts: str, paths: tuple[str, ...] = ("docs/a.md", "docs/b.md", "docs/c.md")) -> Order:
    return link_order([document(text, path) for text, path in zip(texts, paths, strict=False)])


TABLE = """# Tracker

| Sprint | Gate | Depends on | Status |
|---|---|---|---|
| 01 | CI gate | - | Queued |
| 02 | Search \\| find gate | Sprint 01 | Done |

Text below.
"""


def test_cells_are_cut_by_header_and_escaped_pipes_do_not_cut() -> None:
    outline = Outline(document(TABLE))
    cells = {header: outline.source.slice(span) for header, span in outline.cells_of(outline.items[1])}
    assert cells == {"sprint": "02", "gate": "Search \\| find gate", "depends on": "Sprint 01", "status": "Done"}


def test_sections_are_found_innermost_first() -> None:
    text = "# A\n\n## B\n\n### C\n\nx\n\n## D\n\ny\n"
    outline = Outline(document(text))
    titles = [[one.title for one in outline.sections_at(text.index(word))] for word in ("x", "y")]
    assert titles == [["C", "B", "A"], ["D", "A"]]


def test_a_unit_without_a_status_has_that_of_its_boxes_when_they_agree() -> None:
    text = "# G\n\n## Gate 1: A\n\n- [ ] a\n- [ ] b\n\n## Gate 2: B\n\n- [x] a\n- [x] b\n\n## Gate 3: C\n\n- [x] a\n- [ ] b\n"
    run = next(run for run in order(text).runs["docs/a.md"] if run.shape == "headings")
    assert [(one.label, one.status, one.boxes) for one in run.members] == [
        ("Gate 1", Status.QUEUED, 2),
        ("Gate 2", Status.DONE, 2),
        ("Gate 3", Status.UNKNOWN, 0),
    ]


@pytest.mark.parametrize(
    ("text", "numbers", "series"),
    [
        ("Story 5.3", (5, 3), "story #.#"),
        ("AI-OPS-027", (27,), "ai-ops-#"),
        ("F1-E2", (1, 2), "f#-e#"),
        ("9" * 12, (), "#"),
    ],
)
def test_ids_have_numbers_and_a_series(text: str, numbers: tuple[int, ...], series: str) -> None:
    assert (numbers_of(text), series_of(text)) == (numbers, series)


def test_runs_are_told_apart_by_table_by_parent_heading_and_by_series() -> None:
    text = (
        "# P\n\n| ID | Task | Status |\n|---|---|---|\n| A-1 | a | Done |\n| B-1 | b | Done |\n| A-2 | c | Done |\n| B-2 | d | Done |\n\n"
        "## Epic 1: X\n\n### Story 1.1: a\n\n### Story 1.2: b\n\n## Epic 2: Y\n\n### Story 2.1: a\n\n### Story 2.2: b\n"
    )
    runs = [(run.kind, run.shape, [one.label for one in run.members]) for run in order(text).runs["docs/a.md"]]
    assert runs == [
        ("", "table", ["A-1", "A-2"]),
        ("", "table", ["B-1", "B-2"]),
        ("epic", "headings", ["Epic 1", "Epic 2"]),
        ("story", "headings", ["Story 1.1", "Story 1.2"]),
        ("story", "headings", ["Story 2.1", "Story 2.2"]),
    ]


def test_keys_of_a_map_are_a_run() -> None:
    found = order("sprints:\n  sprint-1:\n    status: done\n  sprint-2:\n    status: todo\n", paths=("plan.yaml",))
    assert [(run.shape, [one.number for one in run.members]) for run in found.runs["plan.yaml"]] == [
        ("map", [(1,), (2,)])
    ]


@pytest.mark.parametrize(
    ("words", "is_declared"),
    [
        ("Phases execute in numeric order.", True),
        ("All previous phases must pass.", True),
        ("Phases are done one after the other.", True),
        ("The previous phase was long.", False),
        ("Gates are sequential.", False),
    ],
)
def test_an_order_is_declared_in_words_about_the_same_kind(words: str, is_declared: bool) -> None:
    text = f"# Plan\n\n{words}\n\n## Phase 1: A\n\n**Status:** Queued\n\n## Phase 2: B\n\n**Status:** Done\n"
    (run,) = order(text).runs["docs/a.md"]
    assert (run.declared is not None) is is_declared


def test_the_usual_name_of_a_gate_is_that_of_most_documents() -> None:
    other = TABLE.replace("Search \\| find gate", "Discovery gate")
    (names,) = order(TABLE, other, other).gates
    assert names.unit == "Sprint 2"
    assert [(place.path, place.words) for place in names.usual] == [
        ("docs/b.md", "Discovery gate"),
        ("docs/c.md", "Discovery gate"),
    ]
    assert [[(place.path, place.line) for place in places] for places in names.others] == [[("docs/a.md", 6)]]


def test_documents_of_two_plans_are_not_held_against_each_other() -> None:
    other = TABLE.replace("CI gate", "Access gate").replace("Search \\| find gate", "Discovery gate")
    assert order(TABLE, other, paths=("one/a.md", "two/b.md")).gates == ()


def test_a_need_is_explicit_in_a_place_for_needs_and_not_beside_other_words() -> None:
    (need,) = order(TABLE).needs["docs/a.md"]
    assert (need.label, need.raw, need.target.label, need.target.raw, need.is_explicit, need.item.words) == (
        "02",
        "Done",
        "Sprint 1",
        "Queued",
        True,
        "Sprint 01",
    )
    (vague,) = order(TABLE.replace("Sprint 01 |", "Sprint 01 isolation tests |")).needs["docs/a.md"]
    assert not vague.is_explicit


def test_needs_of_data_belong_to_their_own_block() -> None:
    text = (
        "tasks:\n- id: T-1\n  status: done\n  # a comment\n  depends_on:\n  - T-3\n\n- depends_on: [T-1]\n  status: done\n  id: T-2\n"
        "- id: T-3\n  status: todo\n  steps:\n  - depends_on: [T-9]\n"
    )
    needs = order(text, paths=("plan.yml",)).needs["plan.yml"]
    assert [(need.label, need.target.label, need.item.line) for need in needs] == [("T-1", "T-3", 6)]


def test_ids_of_subtasks_are_no_ids_of_tasks_and_a_doubled_id_needs_nothing() -> None:
    parent = '{"id": 1, "status": "pending", "subtasks": [{"id": 2, "status": "done", "dependencies": [1]}]}'
    nested = '{"tasks": [' + parent + ', {"id": 2, "title": "b", "status": "done", "dependencies": []}]}'
    twin = '{"id": "A-2", "status": "done", "dependencies": ["A-1"]}'
    doubled = '{"tasks": [{"id": "A-1", "status": "pending"}, ' + twin + ", " + twin + "]}"
    assert order(nested, paths=("tasks.json",)).needs == {}
    assert order(doubled, paths=("tasks.json",)).needs == {}
    assert order('{"id": ["broken"', paths=("tasks.json",)).needs == {}


def test_the_last_change_of_a_log_counts() -> None:
    log = "# Progress log\n\n## 2026-01-01\n\nMarked Sprint 01 as done in `b.md`.\n\n## 2026-01-02\n\nSprint 01 is now in progress, see `b.md`.\n"
    (change,) = order(log, TABLE).changes["docs/a.md"]
    assert (change.label, change.status, change.shown.raw, change.change.line) == (
        "Sprint 01",
        Status.IN_PROGRESS,
        "Queued",
        9,
    )


def test_a_line_that_names_two_trackers_names_none() -> None:
    log = (
        "# Progress log\n\n## 2026-01-01\n\nMarked Sprint 01 as done in `b.md` and `c.md`.\n\n## 2026-01-02\n\nMore.\n"
    )
    assert order(log, TABLE, TABLE).changes == {}


def test_numbered_entries_begin_again_with_their_day() -> None:
    days = "# Progress log\n\n## 2026-01-0{0}\n\n### Update 1\n\na\n\n### Update 2\n\nb\n"
    found = order(days.format(1) + days.format(2).removeprefix("# Progress log\n"))
    assert [[entry.number for entry in run.entries] for run in found.numbered["docs/a.md"]] == [[1, 2], [1, 2]]


def test_a_form_says_nothing() -> None:
    text = TABLE + "\n## Sign-off\n\n- Owner:\n- Date: `YYYY-MM-DD`\n- Reviewer: <name>\n"
    form = document(text)
    template = Document(**{name: getattr(form, name) for name in Document.__slots__} | {"is_template": True})
    assert link_order([template]) == Order()


def test_ten_thousand_items_are_ordered_in_about_the_time_of_parsing_them() -> None:
    rows = "\n".join(
        f"| {n:02d} | Gate of part {n} gate | Sprint {n - 1:02d} | {'Done' if n % 3 else 'Queued'} |"
        for n in range(1, 101)
    )
    text = (
        TABLE.partition("| 01")[0]
        + rows
        + "\n\n## Next steps\n\n"
        + "\n".join(f"- Complete Sprint {n}" for n in range(1, 30))
    )
    started = time.perf_counter()
    documents = [document(text, f"docs/{n}.md") for n in range(100)]
    parsed = time.perf_counter()
    found = link_order(documents)
    assert time.perf_counter() - parsed < 3 * (parsed - started)
    assert len(found.needs) == 100
    assert found.gates == ()
