"""The diff is what `diff -u` and `git apply` know."""

from __future__ import annotations

import subprocess
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.model.fix.repair import Rewrite
from gatekeeper.render.fix.diff import render_diff
from gatekeeper.render.style import Style

LINES = st.lists(st.sampled_from(["a", "b", "c\r", "", "é😀", "  x  ", "\ty"]), min_size=1, max_size=30)


@st.composite
def rewrites(draw: st.DrawFn) -> Rewrite:
    """A file some of whose lines change."""
    lines = draw(LINES)
    changed = [f"{line}!" if line and draw(st.integers(0, 5)) == 0 else line for line in lines]
    end = "\n" if draw(st.booleans()) else ""
    bom = "\ufeff" if draw(st.booleans()) else ""
    before, after = (bom + "\n".join(one) + end for one in (lines, changed))
    return Rewrite("a file.md", before.encode(), after.encode())


@given(rewrites())
@settings(max_examples=40, deadline=None)
def test_git_makes_the_new_file_out_of_the_old_one_and_the_diff(tmp_path_factory, one: Rewrite) -> None:
    if one.before == one.after:
        assert render_diff([one]).count("\n") == 2
        return
    folder: Path = tmp_path_factory.mktemp("diff")
    (folder / one.path).write_bytes(one.before)
    for text in (render_diff([one]), render_diff([one], Style())):
        (folder / one.path).write_bytes(one.before)
        done = subprocess.run(
            ["git", "apply", "--whitespace=nowarn", "-"],
            cwd=folder,
            input=text.encode(),
            capture_output=True,
            check=False,
        )
        if "\\u" in text or "\\r" in text:
            continue  # A terminal is shown a byte order mark, and a carriage return within a line, as escapes.
        assert done.returncode == 0, done.stderr.decode() + text
        assert (folder / one.path).read_bytes() == one.after


def test_what_changes_together_is_shown_together() -> None:
    one = Rewrite("a.md", b"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", b"1\n2!\n3!\n4\n5\n6\n7\n8\n9\n10\n11\n12!\n")
    assert render_diff([one]) == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,6 +1,6 @@\n 1\n-2\n-3\n+2!\n+3!\n 4\n 5\n 6\n@@ -9,4 +9,4 @@\n 9\n 10\n 11\n-12\n+12!\n"
    )


def test_a_terminal_is_shown_nothing_that_acts() -> None:
    one = Rewrite("a.md", b"\x1b[2J a\n", b"\x1b[2J b\n")
    assert "\x1b" in render_diff([one])
    assert "\x1b" not in render_diff([one], Style())
