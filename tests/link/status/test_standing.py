"""Subjects and families of real documents."""

from __future__ import annotations

from gatekeeper.link.status.place import role_of, voices_of
from gatekeeper.link.status.row import header_above
from gatekeeper.link.status.standing import link_statuses, speak
from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.model.subject import Family, Relation, Shape
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.reader import parse_document


def parsed(text: str, path: str = "docs/tracker.md") -> Document:
    return parse_document(path, text.encode())


def families(*documents: Document) -> list[Family]:
    return [family for found in link_statuses(documents, speak(documents)).families.values() for family in found]


def shown(family: Family) -> tuple[list[int], list[int], Relation]:
    return [one.line for one in family.parents], [one.line for one in family.children], family.relation


BOARD = """# Board

| Sprint | Epics | Depends on | Status |
|---|---|---|---|
| Sprint 03 | F2-E1, F2-E2 | F1-E1 | Queued |

| Epic | Scope | Status |
|---|---|---|
| F1-E1 | Base | Done |
| F2-E1 | Sign-in | Queued |
| F2-E2 | Sessions | Queued |
"""


def test_a_subject_has_all_who_speak_of_it_by_path_and_place() -> None:
    one = parsed("| Epic | Status |\n|---|---|\n| F1-E1 | Done |\n", "b.md")
    other = parsed("# X\n\n| Epic | Status |\n|---|---|\n| F1-E1 | Queued |\n| F1-E2 | Queued |\n", "a.md")
    subjects = link_statuses([one, other], speak([one, other])).subjects
    assert [(subject.key, subject.is_distinctive) for subject in subjects] == [("f1-e1", True)]
    assert [(voice.path, voice.line) for voice in subjects[0].voices] == [("a.md", 5), ("b.md", 3)]


def test_a_form_that_nobody_filled_in_says_nothing() -> None:
    form = Document(SourceText("form.md", ""), items=parsed("- [ ] F1-E1 Base\n").items, is_template=True)
    documents = [form, parsed("- [x] F1-E1 Base\n")]
    standing = link_statuses(documents, speak(documents))
    assert standing.subjects == ()
    assert standing.families == {}
    assert standing.pointings == {}


def test_a_row_names_smaller_units_but_not_those_it_waits_for() -> None:
    assert shown(families(parsed(BOARD))[0]) == ([5], [10, 11], Relation.NAMES)


def test_a_sprint_names_its_epics_and_does_not_belong_to_one() -> None:
    text = """| Sprint | Epics | Status |
|---|---|---|
| 03 | TW-E1 | Queued |
| 04 | TW-E2 | Queued |

| Epic | Scope | Status |
|---|---|---|
| TW-E1 | Sign-in | Queued |
| TW-E2 | Sessions | Queued |
"""
    assert [shown(one) for one in families(parsed(text))] == [
        ([3], [8], Relation.NAMES),
        ([4], [9], Relation.NAMES),
    ]


def test_a_column_of_smaller_units_holds_no_parents() -> None:
    text = "| Sprint | Story | Status |\n|---|---|---|\n| 03 | S-7 | Queued |\n| 04 | S-8 | Queued |\n"
    assert [item.parent for item in parsed(text).items] == [None, None]


def test_a_word_stands_under_its_header() -> None:
    document = parsed(BOARD)
    assert header_above(document, document.items[0], "F1-E1") == "depends on"
    assert header_above(document, document.items[0], "Nowhere") == ""
    outside = parsed("- [ ] F1-E1 Base\n")
    assert header_above(outside, outside.items[0], "F1-E1") == ""


def test_parts_belong_to_the_unit_in_whose_section_they_stand() -> None:
    text = """# T

## Completed

### Sprint 6 - Board

**Status:** Complete

- [x] Board

## Sprint 6 - Plan

- [ ] Sketch
"""
    assert [shown(one) for one in families(parsed(text))] == [([7], [9], Relation.PARENT)]


def test_a_row_and_a_section_of_one_unit_are_its_parents_together() -> None:
    text = """# T

| Sprint | Scope | Status |
|---|---|---|
| E2 | Storage | Queued |

## E2 - Storage (complete)

- [x] Schema
"""
    assert shown(families(parsed(text))[0]) == ([5, 7], [9], Relation.PARENT)


def test_two_items_that_name_each_other_as_parent_belong_to_nobody() -> None:
    mark = StatusMark("[ ]", Span(0, 3), Status.QUEUED, StatusBasis.VOCABULARY)
    one = WorkItem("epic", "One", Span(0, 3), id="Epic 1", parent="Epic 2")
    other = WorkItem("epic", "Other", Span(4, 7), id="Epic 2", parent="Epic 1")
    part = WorkItem("task", "Part", Span(8, 11), mark, Status.QUEUED, parent="Epic 1")
    document = Document(SourceText("t.md", "[ ]\n[ ]\n[ ]\n"), items=(one, other, part))
    assert families(document) == []


def test_parts_of_a_unit_without_a_status_belong_to_the_unit_above_it() -> None:
    text = """# T

## Phase 1: Base (complete)

### Story 1.1: Sign-in

- [ ] Form
"""
    assert shown(families(parsed(text))[0]) == ([3], [7], Relation.PARENT)


def test_stories_belong_to_their_epic_by_number() -> None:
    text = "development_status:\n  epic-1: backlog\n  1-1-sign-in: done\n  2-1-other: done\n"
    assert [shown(one) for one in families(parsed(text, "docs/sprint-status.yaml"))] == [([2], [3], Relation.PARENT)]


def test_a_unit_brings_what_names_it_in_its_status_or_alone_in_a_cell() -> None:
    text = """# T

## Phase 2: Base (complete)

Shipped.

## Rest

| ID | Item | Status | Phase | Depends on |
|---|---|---|---|---|
| HB-1 | One | Pending (Phase 2) | | |
| HB-2 | Two | Pending | Phase 2 | |
| HB-3 | Three | Pending | | Phase 2 |
| HB-4 | Four | Pending (Phase 3) | not in Phase 2 | |
"""
    assert [shown(one) for one in families(parsed(text))] == [([3], [11, 12], Relation.BRINGS)]


def test_a_status_line_below_the_title_is_over_the_document() -> None:
    text = "# Report\n\n**Status:** Complete\n\n## Work\n\n- [x] One\n- [ ] Two\n"
    assert [shown(one) for one in families(parsed(text))] == [([3], [7, 8], Relation.DOCUMENT)]


def test_a_voice_knows_its_sections_its_lead_and_its_shape() -> None:
    text = """# T

## Gate 4 (complete)

**Deferred:**

- [ ] Second region

| ID | Item | Status |
|---|---|---|
| HB-1 | Sign-in | Done |
"""
    gate, box, row = voices_of(parsed(text))
    assert (gate.shape, gate.sections) == (Shape.HEADING, ("T", "Gate 4 (complete)"))
    assert (box.shape, box.lead, box.key) == (Shape.BOX, "**Deferred:**", None)
    assert (row.shape, row.sections, row.key) == (Shape.ROW, ("T", "Gate 4 (complete)"), "hb-1")


def test_a_lead_ends_with_its_section() -> None:
    _, box = voices_of(parsed("# T\n\nLater:\n\n- [ ] One\n\n## Next\n\n- [ ] Two\n"))
    assert box.lead == ""


def test_the_role_comes_from_the_owner_the_folder_or_the_file() -> None:
    def role(path: str, owner: str | None = None) -> str:
        return role_of(Document(SourceText(path, ""), owner=owner))

    assert role("docs/a.md", "Frontend Engineer") == role("x/frontend-engineer/a.md") == "frontend"
    assert role("docs/ai-runtime-engineer-tracker.md") == "ai-runtime"
    assert role("docs/backend/a.md") == "backend"
    assert role("docs/a.md", "TBD") == role("docs/a.md") == ""


def test_entries_of_a_log_tell_of_their_own_day() -> None:
    log = parsed(
        "# Progress log\n\n## 2026-01-10 Progress Update 01\n\n- E2 Storage: TODO\n\n## 2026-01-20 Progress Update 02\n\n- E2 Storage: DONE\n",
        "docs/progress-log.md",
    )
    assert all(voice.in_log for voice in voices_of(log))


def test_an_id_that_begins_a_longer_one_is_no_id() -> None:
    (voice,) = voices_of(parsed("# S\n\n### US-035-BUILDER: Builder\n\n**Status:** Pending\n"))
    assert voice.key is None


def test_the_verdict_of_a_document_is_about_the_unit_of_its_title() -> None:
    text = "# Phase 2.4: Mooring rings - Check\n\n## Overall Assessment: PASS\n\n- [x] Rings counted\n"
    verdict = next(voice for voice in voices_of(parsed(text)) if voice.item.status is Status.DONE)
    assert (verdict.key, verdict.title) == ("phase 2.4", "Phase 2.4: Mooring rings - Check")


def test_a_row_without_an_id_is_about_the_unit_that_it_begins_with() -> None:
    text = "| Part | Status |\n|---|---|\n| Phase 1: Audit | Done |\n| Rest | Done |\n"
    assert [voice.key for voice in voices_of(parsed(text))] == ["phase 1", None]


def test_an_owner_of_a_row_is_a_role_like_that_of_a_document() -> None:
    text = "| ID | Task | Owner | Status |\n|---|---|---|---|\n| HB-1 | One | Frontend Engineer | Done |\n| HB-2 | Two | TBD | Done |\n"
    assert [voice.role for voice in voices_of(parsed(text, "roles/backend/a.md"))] == ["frontend", "backend"]
