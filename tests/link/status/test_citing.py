"""What done items cite of other documents: the section and the rows that are meant."""

from __future__ import annotations

import time

import pytest

from gatekeeper.link.project import link_documents
from gatekeeper.model.subject import Citation
from gatekeeper.parse.reader import parse_document
from gatekeeper.repo.memory import MemoryTree

CHECKLIST = """# Acceptance checklist

## Mooring

| ID | Criterion | Pass | Fail |
|---|---|---|---|
| M-01 | A berth is held | [ ] | [ ] |
| M-02 | A berth is freed | [x] | [ ] |

## Weather alarms

| ID | Criterion | Pass | Fail |
|---|---|---|---|
| W-01 | Storm is told | [ ] | [ ] |
"""


def cited(row: str, target: str = CHECKLIST, path: str = "docs/acceptance.md") -> list[Citation]:
    """What a table with this row cites of a document."""
    files = {"docs/tracker.md": f"| ID | Work | Status | Evidence |\n|---|---|---|---|\n{row}", path: target}
    documents = [parse_document(name, text.encode()) for name, text in files.items()]
    tree = MemoryTree({name: text.encode() for name, text in files.items()})
    return list(link_documents(documents, tree).citations.get("docs/tracker.md", ()))


@pytest.mark.parametrize(
    ("row", "section", "named"),
    [
        ("| A-1 | Mooring criteria passed | Done | `docs/acceptance.md` |", "Mooring", []),
        ("| A-1 | Criteria passed | Done | `docs/acceptance.md` |", "", []),
        ("| A-1 | Mooring and weather passed | Done | `docs/acceptance.md` |", "", []),
        ("| A-1 | All passed | Done | [list](acceptance.md#weather-alarms) |", "Weather alarms", []),
        ("| A-1 | Berths | Done | `docs/acceptance.md` (`M-01`, `W-01`) |", "", ["m-01", "w-01"]),
        ("| M-01 | Berths | Done | `docs/acceptance.md` |", "", []),
    ],
)
def test_a_citation_means_a_section_or_rows(row: str, section: str, named: list[str]) -> None:
    (found,) = cited(row)
    assert (found.section, [voice.key for voice in found.named]) == (section, named)
    assert len(found.whole) == 3
    assert len(found.parts) == {"": 3, "Mooring": 2, "Weather alarms": 1}[section]


@pytest.mark.parametrize(
    "row",
    [
        "| A-1 | All passed | Queued | `docs/acceptance.md` |",
        "| A-1 | All passed | Done | `docs/tracker.md` |",
        "| A-1 | All passed | Done | `docs/other.md` |",
    ],
)
def test_open_items_their_own_document_and_missing_ones_cite_nothing(row: str) -> None:
    assert cited(row) == []


@pytest.mark.parametrize(
    ("path", "title", "is_own"),
    [
        ("docs/HB-101.md", "Berths", True),
        ("docs/HB-101-berths.md", "Berths", True),
        ("docs/berths.md", "HB-101: Berths", True),
        ("docs/HB-102.md", "Berths", False),
        ("docs/HB-1010.md", "Berths", False),
    ],
)
def test_an_items_own_page_has_its_id(path: str, title: str, is_own: bool) -> None:
    (found,) = cited(f"| HB-101 | Berths | Done | `{path}` |", f"# {title}\n\n- [ ] Held\n", path)
    assert found.is_own is is_own


def test_many_rows_that_cite_many_items_take_their_time_once() -> None:
    rows = "".join(
        f"| A-{number} | Work {number} | Done | `docs/acceptance.md` (`M-{number}`) |\n" for number in range(3000)
    )
    boxes = "".join(f"\n## Part {number}\n\n- [ ] M-{number} Held\n" for number in range(3000))
    begin = time.process_time()
    assert len(cited(rows, f"# Checklist\n{boxes}")) == 3000
    assert time.process_time() - begin < 8
