"""Which documents speak of one plan, of one unit, of many."""

from __future__ import annotations

import pytest

from gatekeeper.link.listing import Listing
from gatekeeper.link.plan.own import own_unit_of
from gatekeeper.link.plan.plan import link_plans
from gatekeeper.link.plan.titles import find_titles
from gatekeeper.link.status.standing import speak
from gatekeeper.model.document import Document
from gatekeeper.model.order import Plans
from gatekeeper.model.text import SourceText
from gatekeeper.parse.reader import parse_document
from gatekeeper.repo.memory import MemoryTree

THEMES = ("Berth map", "Tide tables", "Pilot roster", "Harbor dues")


def parsed(text: str, path: str = "docs/tracker.md") -> Document:
    return parse_document(path, text.encode())


def table(path: str, *themes: str, header: str = "Sprint", first: str = "{:02}") -> Document:
    rows = "".join(f"| {first.format(number)} | {theme} | Queued |\n" for number, theme in enumerate(themes, 1))
    return parsed(f"| {header} | Theme | Status |\n|---|---|---|\n{rows}", path)


def plans(*documents: Document) -> Plans:
    return link_plans(speak(documents), {}, Listing(MemoryTree({})))


def words(document: Document) -> dict[str, set[str]]:
    twin = Document(
        SourceText("twin.md", document.source.text),
        items=document.items,
        sections=document.sections,
        groups=document.groups,
    )
    return {key: set(title.words) for key, title in find_titles(speak([document, twin]))["twin.md"].items()}


def test_rows_headings_and_cells_give_names_to_units() -> None:
    text = """# T

## Sprint 1: Berth map

| Feature | Status |
|---|---|
| F7 Tide tables | Queued |

- [x] T001 Paint the quay
"""
    assert words(parsed(text)) == {"sprint 1": {"berth", "map"}, "feature 7": {"tide", "table"}}


def test_a_name_is_cut_before_its_status_and_brackets() -> None:
    assert words(parsed("## Sprint 1: Berth map (stretch goal) - signed\n\n- [ ] Map\n")) == {
        "sprint 1": {"berth", "map"}
    }


def test_three_units_with_one_name_make_one_plan() -> None:
    found = plans(table("a/one.md", *THEMES), table("b/two.md", *THEMES, first="Sprint {}"))
    assert found.are_one("sprint #", "a/one.md", "b/two.md")
    assert not found.are_one("phase #", "a/one.md", "b/two.md")
    assert not found.are_one("sprint #", "a/one.md", "c.md")


@pytest.mark.parametrize(
    "other",
    [
        ("Berth map", "Tide tables"),
        ("Colors", "Forms", "Charts", "Berth map"),
        ("Berth map", "Forms", "Pilot roster", "Charts"),
    ],
)
def test_few_names_in_common_make_none(other: tuple[str, ...]) -> None:
    assert plans(table("a.md", *THEMES), table("b.md", *other)).leaders == {}


def test_phases_must_agree_more_often_than_sprints() -> None:
    three = THEMES[:3]
    assert plans(table("a.md", *three, header="Phase"), table("b.md", *three, header="Phase")).leaders == {}
    assert plans(table("a.md", *THEMES, header="Phase"), table("b.md", *THEMES, header="Phase")).leaders


def test_documents_about_two_units_are_of_no_one_plan() -> None:
    one, two = (table(f"S/OPS-SEA-0{n}/gates.md", *THEMES, header="Gate", first="G{}") for n in (1, 2))
    assert plans(one, two).leaders == {}


def test_a_unit_with_another_name_is_told_where_its_name_is_rarer() -> None:
    others = [table(path, *THEMES) for path in ("a.md", "b.md")]
    (names,) = plans(*others, table("c.md", *THEMES[:3], "Visitor badges")).names["sprint 4"]
    assert (names.unit, names.here.path, names.here.words) == ("Sprint 4", "c.md", "Visitor badges")
    assert ([place.path for place in names.usual], names.siblings) == (["a.md", "b.md"], 3)


def test_many_documents_with_one_plan_are_one_plan() -> None:
    found = plans(*(table(f"{number:02}.md", *THEMES) for number in range(40)))
    assert {found.leaders["sprint #", f"{number:02}.md"] for number in range(40)} == {"00.md"}


@pytest.mark.parametrize(
    ("path", "title", "unit"),
    [
        ("docs/a.md", "Phase 3.7: Mooring rings - Check", "phase 3.7"),
        ("docs/a.md", "OPS-SEA-09 Closeout", "ops-sea-09"),
        ("docs/a.md", "Sprint 00-03 packet", None),
        ("docs/a.md", "Sprints 0\u20133", None),
        ("docs/a.md", "From Sprint 1 to Sprint 2", None),
        ("docs/sprint-03-pilots/tracker.md", "Tracker", "sprint 3"),
        ("docs/OPS-SEA-09/closeout.md", "Closeout", "ops-sea-09"),
        ("docs/sprint-00-11-map.md", "Map", None),
        ("docs/2026-01-10-notes.md", "Notes", None),
        ("docs/utf-8.md", "UTF-8 and P1", None),
    ],
)
def test_a_document_is_about_the_unit_of_its_title_file_or_folder(path: str, title: str, unit: str | None) -> None:
    assert own_unit_of(parsed(f"# {title}\n\n- [x] One\n", path)) == unit


def test_a_document_that_lists_many_is_about_none_of_them() -> None:
    found = plans(table("sprint-2.md", *THEMES), parsed("# Sprint 2: Tides\n\n- [x] Read\n", "b.md"))
    assert found.listed == {"sprint-2.md": frozenset({"sprint #"})}
    assert not found.is_about("sprint-2.md", "sprint 2")
    assert found.is_about("b.md", "sprint 2")
