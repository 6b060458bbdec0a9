"""Comments are real nodes: what only looks like one is none, and no text takes more than linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.parse.reader import parse_document
from gatekeeper.parse.syntax.comments import iter_markdown_comments

SAYS = "gatekeeper: waive EV001 until 2026-12-01 because of the vendor"


def texts(markdown: str) -> list[str]:
    return [" ".join(comment.text.split()) for comment in iter_markdown_comments(markdown)]


@pytest.mark.parametrize(
    "markdown",
    [
        "<!-- x -->\n",
        "text <!-- x --> text\n",
        "- [x] item <!-- x -->\n",
        "- item\n  <!-- x -->\n",
        "> quoted\n>\n> <!-- x -->\n",
        "> <!--\n> x -->\n",
        "| A |\n|---|\n| a <!-- x --> |\n",
        "## Title <!-- x -->\n",
        "<div>\n<!-- x -->\n</div>\n",
        "<pre>\n<!-- x -->\n</pre>\n",
        "<!--> text --> <!-- x -->\n",
        "<p title='a > b' class=c><!-- x --></p>\n",
        "naïve ✅ text <!-- x -->\n",
    ],
)
def test_a_comment_is_found_wherever_it_may_stand(markdown: str) -> None:
    assert texts(markdown) == ["x"]
    for comment in iter_markdown_comments(markdown):
        assert markdown[comment.start : comment.end].startswith("<!--")
        assert markdown[comment.start : comment.end].endswith("-->")


@pytest.mark.parametrize(
    "markdown",
    [
        "`<!-- x -->`\n",
        "```\n<!-- x -->\n```\n",
        "~~~html\n<!-- x -->\n",
        "    <!-- x -->\n",
        "- item\n\n      <!-- x -->\n",
        "\\<!-- x -->\n",
        "&lt;!-- x -->\n",
        '<div title="\n<!-- x -->\n">\n',
        '<a href="<!-- x -->">b</a>\n',
        "<script>\n<!-- x -->\n</script>\n",
        "<style><!-- x --></style>\n",
        "<textarea>\n<!-- x -->\n</textarea>\n",
        "<!-- never closed\n",
        "---\ntitle: <!-- x -->\n---\n",
        '[a](b "<!-- x -->")\n',
    ],
)
def test_what_only_looks_like_a_comment_is_none(markdown: str) -> None:
    assert texts(markdown) == []


def covers(path: str, text: str) -> list[tuple[int, int] | None]:
    return [directive.covers for directive in parse_document(path, text.encode()).directives]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"# T\n\n<!-- {SAYS} -->\n## Next\n\ntext\n", (4, 4)),
        (f"# T\n\n<!-- {SAYS} -->\n\nOne\ntwo.\n\nThree.\n", (5, 6)),
        (f"# T\n\n<!-- {SAYS} -->\n| A |\n|---|\n| a |\n| b |\n\ntext\n", (4, 7)),
        (f"# T\n\n<!-- {SAYS} -->\n- [x] one\n  more\n  - [ ] two\n- [x] three\n", (4, 5)),
        (f"# T\n\n- [x] one <!-- {SAYS} -->\n- [x] two\n", (3, 3)),
        (f"# T\n\n- [x] one\n  <!-- {SAYS} -->\n- [x] two\n", (5, 5)),
        (f"| A |\n|---|\n| a <!-- {SAYS} --> |\n", (3, 3)),
        (f"text <!--\n{SAYS} --> more\n", (1, 2)),
        (f"<!-- a --><!-- {SAYS} -->\ntext\n", (1, 1)),
        (f"text\n\n<!-- {SAYS} -->\n", None),
        (f"\ufeff# T\r\n\r\n<!-- {SAYS} -->\r\ntext\r\n", (4, 4)),
    ],
)
def test_it_covers_its_line_or_else_the_next_block(text: str, lines: tuple[int, int] | None) -> None:
    assert covers("a.md", text) == [lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"a: 1 # {SAYS}\nb: 2\n", (1, 1)),
        (f"items:\n  # {SAYS}\n  - id: A\n    status: done\n\n    owner: x\n  - id: B\n", (3, 6)),
        (f"# {SAYS}\na:\n  b: 1\nc: 2\n", (2, 3)),
        (f"a: 1\n# {SAYS}\n", None),
        (f"a: {{b: 1}} # {SAYS}", (1, 1)),
    ],
)
def test_in_yaml_it_covers_its_line_or_the_next_with_what_is_indented(text: str, lines: tuple[int, int] | None) -> None:
    assert covers("a.yml", text) == [lines]


@pytest.mark.parametrize(
    "text", [f'a: "b # {SAYS}"\n', f"a: |\n  # {SAYS}\n", f"a: b#{SAYS}\n", f"a: 'x\n  # {SAYS}'\n"]
)
def test_what_stands_in_a_value_is_no_comment(text: str) -> None:
    assert covers("a.yml", text) == []


def test_the_words_of_a_directive_are_read_by_nobody_else() -> None:
    text = "# Tracker\n\n| ID | Status | Evidence |\n|--|--|--|\n| 1 | Done | `a.md` |\n"
    says = "<!-- gatekeeper: waive EV001 until 2026-12-01 because 3/7 tests of `b.md` are pending -->"
    plain = parse_document("t.md", text.encode())
    row = parse_document("t.md", text.replace("Done", f"Done {says}").encode())
    assert [(one.status, one.title, len(one.evidence)) for one in row.items] == [
        (one.status, one.title, len(one.evidence)) for one in plain.items
    ]
    assert row.claims == plain.claims == ()
    assert says in row.directives[0].line


@given(st.text(alphabet='<!->/"= \n`spct', max_size=200))
def test_no_text_raises_and_every_comment_stands_in_order(markdown: str) -> None:
    end = 0
    for comment in iter_markdown_comments(markdown):
        assert end <= comment.start < comment.end <= len(markdown)
        assert markdown[comment.start : comment.start + 4] == "<!--"
        end = comment.end


@pytest.mark.parametrize(
    "unit",
    [
        "<!-- ",
        '<a "',
        "<script>",
        "<!-- x --> ",
        "</",
        "<!",
        f"<!-- {SAYS} -->\n",
        f"<!-- {SAYS} -->\n- [x] a\n",
        "<div>\n<!--",
        "- ",
    ],
)
def test_hostile_markdown_takes_linear_time(unit: str) -> None:
    text = f"# Tracker\n\n- [x] a gatekeeper: b\n\n{unit * (300_000 // len(unit))}"
    begin = time.perf_counter()
    parse_document("a.md", text.encode())
    assert time.perf_counter() - begin < 6
