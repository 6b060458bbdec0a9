"""Forms that nobody filled in, and what is none."""

from __future__ import annotations

import pytest

from gatekeeper.link.blank_form import is_blank_form

BLANK = {
    "fields": "# Packet\n\n- Owner:\n- Date:\n- Result:\n",
    "bold fields": "**Owner:**\n\n**Date:**\n\n**Result:** \n",
    "placeholders": "Owner: <name>\nDate: YYYY-MM-DD\nRun: {run_id}\nResult: TBD\n",
    "table": "| Check | Result | Owner |\n|---|---|---|\n| Sign-in | | |\n| Sign-out | | TBD |\n| Reset | <link> | |\n",
    "boxes": "# Checks\n\n- [ ]\n- [ ] \n- [ ]\n",
    "mixed": "# Gate\n\nRole: Release\n\n- Story ids:\n- Runs:\n- [ ] signed\n\n| ID | Risk |\n|---|---|\n| | |\n\n- Product:\n- Date:\n",
    "windows": "- Owner:\r\n- Date:\r\n- Result:\r\n",
    "comment": "<!-- Fill in every field\nOwner: Mira -->\n- Owner:\n- Date:\n- Result:\n",
}
FILLED = {
    "nothing at all": "\n\n",
    "prose": "# Report\n\nAll twelve tests passed on 2026-02-07.\n",
    "fields": "- Owner: Mira\n- Date: 2026-02-07\n- Result: 12 passed\n- Notes:\n",
    "half": "- Owner: Mira\n- Date: 2026-02-07\n- Result:\n- Run:\n- Signed:\n",
    "lists under labels": "Checks:\n\n- one\n- two\n\nFiles:\n\n- three\n\nNext:\n\n- four\n",
    "nested": "- Contracts:\n  - `a.md`\n- Tests:\n  - `b.md`\n- Runs:\n  - `c.md`\n",
    "open tasks": "- [ ] write it\n- [ ] test it\n- [ ] ship it\n",
    "done tasks": "- [x] write it\n- [x] test it\n- [ ]\n- [ ]\n- [ ]\n",
    "table": "| Check | Result |\n|---|---|\n| Sign-in | pass |\n| Sign-out | pass |\n",
    "two blanks": "- Owner:\n- Date:\n",
    "generic types": "Returns `List<str>` and `Map<a>`.\n\nSee <https://example.org/x>.\n\nUse {name} here.\n\nAnd say so.\n",
    "log": "10:02:11 start\n10:02:12 12 passed\n",
}


@pytest.mark.parametrize("name", BLANK)
def test_a_blank_form_is_one(name: str) -> None:
    assert is_blank_form(BLANK[name])


@pytest.mark.parametrize("name", FILLED)
def test_anything_else_is_none(name: str) -> None:
    assert not is_blank_form(FILLED[name])
