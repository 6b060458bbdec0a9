"""Rows of roles beside what the roles say themselves."""

from __future__ import annotations

from gatekeeper.link.status.lanes import lane_words
from gatekeeper.link.status.standing import speak
from gatekeeper.model.document import Document
from gatekeeper.parse.reader import parse_document

PACKET = """# Packets

## Sprint 03 - Pilot Gate

### Lanes

| Lane | Status |
|---|---|
| AI Runtime | Pending |
| DevOps/SRE | Pending |
"""


def parsed(path: str, text: str) -> Document:
    return parse_document(path, text.encode())


def shown(*documents: Document) -> list[tuple[str, str, int, list[int]]]:
    words = lane_words(speak([parsed("packet.md", PACKET), *documents]))
    return [(word.unit, word.role, word.row.line, [one.line for one in word.own]) for word in words]


def test_a_row_is_held_against_the_documents_of_its_role() -> None:
    tracker = parsed(
        "plans/ai-runtime-engineer-tracker.md",
        "| Sprint | Gate | Status |\n|---|---|---|\n| 03 | Pilot gate | Done |\n",
    )
    owned = parsed("ops.md", "# Ops\n\nOwner: DevOps/SRE Engineer\n\n## Sprint 3: Pilots\n\n**Status:** Done\n")
    assert shown(tracker, owned) == [("sprint 3", "ai-runtime", 9, [3]), ("sprint 3", "devops-sre", 10, [7])]


def test_a_sprint_of_another_name_is_another_sprint() -> None:
    text = "| Sprint | Theme | Status |\n|---|---|---|\n| 03 | Harbor dues | Done |\n"
    assert shown(parsed("plans/ai-runtime-engineer-tracker.md", text)) == []


def test_a_document_of_nobody_is_held_against_no_row() -> None:
    assert shown(parsed("plans/tracker.md", "| Sprint | Status |\n|---|---|\n| 03 | Done |\n")) == []


def test_the_title_names_the_unit_where_no_heading_does() -> None:
    packet = parsed("gate.md", "# Gate 4: Signals\n\n| Team | Status |\n|---|---|\n| Lamps Team | Pending |\n")
    own = parsed("lamps.md", "# Lamps\n\nOwner: Lamps Team\n\n## Gate 4: Signals\n\n**Status:** Passed\n")
    (word,) = lane_words(speak([packet, own]))
    assert (word.unit, word.role, word.own[0].path) == ("gate 4", "lamps", "lamps.md")
