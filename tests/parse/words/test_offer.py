"""What words around a path say of it: offered, mentioned, or gone."""

from __future__ import annotations

import pytest

from gatekeeper.model.document import EvidenceRef
from gatekeeper.parse.reader import parse_document


def evidence(text: str) -> tuple[EvidenceRef, ...]:
    (item,) = parse_document("docs/board.md", text.encode()).items
    return item.evidence


GONE = [
    "`old/panel.ts` deleted (nobody read it)",
    "`old/panel.ts` was removed in June",
    "`old/panel.ts`: confirmed missing (by design)",
    "`old/panel.ts` - not authored, no file exists",
    "`old/panel.ts` (renamed to `new/panel.ts`)",
    "`old/panel.ts` - gelöscht",
    "`old/panel.ts` — supprimée.",
    "**`old/panel.ts`** — **DELETED** (legacy)",
]
STILL_THERE = [
    "`new/panel.ts` - Removed the dead exports",
    "`new/panel.ts` (types of the old library removed)",
    "`new/panel.ts` - Missing translations added",
    "`new/panel.ts` moved constants out of the loop",
    "`new/panel.ts`",
]


@pytest.mark.parametrize("words", GONE)
def test_a_path_that_is_said_to_be_gone_is_no_evidence(words: str) -> None:
    assert [ref.target for ref in evidence(f"# Board\n\n- [x] {words}\n") if ref.target.startswith("old/")] == []


@pytest.mark.parametrize("words", STILL_THERE)
def test_what_was_removed_from_a_file_leaves_the_file(words: str) -> None:
    assert [ref.target for ref in evidence(f"# Board\n\n- [x] {words}\n")] == ["new/panel.ts"]


def test_the_next_cell_may_say_it_but_not_the_status() -> None:
    table = "# Board\n\n| Artifact | Note | Status |\n|---|---|---|\n| `logs/run.txt` | {} | {} |\n"
    assert evidence(table.format("DELETED - dead code", "Verified")) == ()
    assert [ref.target for ref in evidence(table.format("of Monday", "Missing"))] == ["logs/run.txt"]
    beside = "# Board\n\n| Task | Evidence | Status |\n|---|---|---|\n| Trial | `logs/run.txt` | Missing |\n"
    assert [ref.target for ref in evidence(beside)] == ["logs/run.txt"]
