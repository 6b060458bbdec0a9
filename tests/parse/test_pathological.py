"""Reading is linear, and gives up with a problem: texts made to be slow, each held against itself four times as long.

Most follow the pathological inputs of CommonMark's test suites; the others aim at our own recognizers.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from math import isqrt

import pytest

from gatekeeper.model.document import Document, ProblemKind
from gatekeeper.parse.reader import BYTES_LIMIT, parse_document

# How much longer four times the text may take, and what is left to the clock's noise.
RATIO, NOISE_SECONDS = 6.0, 0.012
LONGEST_SECONDS = 2.0
TRIES = 5

Make = Callable[[int], str]
HEAD = "| Item | Status | Evidence |\n|---|---|---|\n"
PLAN = "| Id | Status |\n|---|---|\n"


def cell(words: str) -> str:
    """A table with one row whose evidence cell holds the words."""
    return f"{HEAD}| a | Done | {words} |\n"


def lines(template: str, count: int) -> str:
    """The template's text for each number below `count`."""
    return "".join(template.replace("#N", str(number)) for number in range(count))


# name -> how many, and the text of that many
MARKDOWN: dict[str, tuple[int, Make]] = {
    # CommonMark's family
    "open brackets": (8000, lambda n: "[" * n),
    "nested brackets": (4000, lambda n: "[" * n + "a" + "]" * n),
    "open images": (5000, lambda n: "![" * n),
    "link heads": (4000, lambda n: "[a](" * n),
    "links that never close": (4000, lambda n: "[a](b" * n),
    "links": (1000, lambda n: "[x](a.md) " * n),
    "reference links": (1000, lambda n: "[a] " * n + "\n\n[a]: b.md\n"),
    "reference definitions": (400, lambda n: lines("[a#N]: b#N.md\n", n) + "\n" + lines("- [x][a#N]\n", n)),
    "openers of emphasis": (5000, lambda n: "*a " * n),
    "emphasis without blanks": (5000, lambda n: "*a" * n),
    "two kinds of emphasis": (4000, lambda n: "*a_ " * n),
    "strong and weak": (2500, lambda n: "**a *b " * n),
    "stars": (10000, lambda n: "*" * n),
    "bold that opens": (5000, lambda n: "**" * n + "a"),
    "underscores": (10000, lambda n: "_" * n),
    "quotes in quotes": (1500, lambda n: ">" * n + "a"),
    "quoted lines": (3000, lambda n: "> a\n" * n),
    "backticks": (10000, lambda n: "a" + "`" * n),
    "backticks, each run longer": (10000, lambda n: "".join("e" + "`" * i for i in range(isqrt(n)))),
    "code spans": (2000, lambda n: "`a` " * n),
    "backticks that open": (5000, lambda n: "`a " * n),
    "uneven backticks": (400, lambda n: "`` ` " * n),
    "comments that never close": (3500, lambda n: "a <!--" * n),
    "tags that never close": (5000, lambda n: "a <b " * n),
    "processing instructions": (5000, lambda n: "a <?" * n),
    "CDATA": (2000, lambda n: "a <![CDATA[" * n),
    "declarations": (4000, lambda n: "a <!A " * n),
    "ampersands": (10000, lambda n: "&" * n),
    "backslashes": (10000, lambda n: "\\" * n),
    "list in list on one line": (1500, lambda n: "- " * n + "a"),
    "numbered list on one line": (1500, lambda n: "1. " * n + "a"),
    "fence that never closes": (5000, lambda n: "```\n" + "a\n" * n),
    "fence of shorter fences": (4000, lambda n: "```\n" + "``\n" * n),
    "fences": (600, lambda n: "```\na\n```\n" * n),
    "fences in a list": (600, lambda n: "- ```\n" * n),
    "indented code": (2000, lambda n: "    a\n\n" * n),
    "paragraph under a rule": (1500, lambda n: "a\n" * n + "===\n"),
    "headings by rules": (500, lambda n: "a\n---\n" * n),
    # runs of one character
    "blank lines": (15000, lambda n: "\n" * n),
    "lines of one blank": (8000, lambda n: " \n" * n),
    "carriage returns": (8000, lambda n: "\r" * n),
    "lines of 200 blanks": (15, lambda n: (" " * 200 + "a\n") * n),
    "tabs": (150, lambda n: "\t" * n + "a"),
    "blanks in a heading": (300, lambda n: "# a" + " " * n + "b"),
    "blanks in a bold line": (60, lambda n: "**a" + " " * n + "b**"),
    "blanks in a key line": (45, lambda n: "Status:" + " " * n + "Done" + " " * n + "now"),
    "blanks in an item": (300, lambda n: "- [x] a" + " " * n + "b"),
    "blanks in a label": (45, lambda n: "# Phase 1\n\nab" + " " * n + "`src/a.py`"),
    "blanks in a cell": (500, lambda n: PLAN + "| a | b" + " " * n + "c |\n"),
    "blanks in a legend": (500, lambda n: "Legend: a = done," + " " * n + "b = planned"),
    "blanks in a log entry": (500, lambda n: "# Log\n\n- 2026-01-02" + " " * n + "a"),
    "dashes": (20000, lambda n: "-" * n),
    "dashes with blanks": (4000, lambda n: "# a " + "- " * n),
    "dashes after a status": (1500, lambda n: "# a - done" + " - " * n),
    "colons": (10000, lambda n: ":" * n),
    "equal signs": (10000, lambda n: "=" * n),
    "bars": (8000, lambda n: "|" * n),
    "digits": (8000, lambda n: "1" * n),
    "numbers": (3000, lambda n: "12 " * n),
    "one word": (20000, lambda n: "a" * n),
    "emoji": (3000, lambda n: "\U0001f534" * n),
    "brackets in a heading": (300, lambda n: "# a " + "(x) " * n),
    "open brackets in a heading": (2000, lambda n: "# a " + "(" * n),
    "choices": (1000, lambda n: "**Status:** " + "[ ] A " * n),
    "boxes": (2500, lambda n: "- " + "[ ] " * n),
    # key lines
    "keys on one line": (7000, lambda n: "a: " * n),
    "status keys on one line": (2500, lambda n: "Status: " * n),
    "bold keys on one line": (1400, lambda n: "**Status:** Done " * n),
    "key lines": (800, lambda n: "**Key:** value\n" * n),
    "status lines": (80, lambda n: "**Status:** Done\n" * n),
    "status bullets": (60, lambda n: "- **Status:** Done\n" * n),
    "empty labels": (1200, lambda n: "Owner:\n" * n),
    "labels apart": (700, lambda n: "- Owner:\n\n" * n),
    "labels as long as may be": (300, lambda n: ("a" * 60 + ":\n") * n),
    "a line to fill in": (8000, lambda n: "Owner: " + "_" * n + " x\n"),
    # tables
    "columns": (750, lambda n: "|" + " Status |" * n + "\n|" + "---|" * n + "\n" + ("|" + " Done |" * n + "\n") * 3),
    "rows": (150, lambda n: HEAD + lines("| A-#N | Done | `src/a#N.py` |\n", n)),
    "rows that end early": (300, lambda n: PLAN + "|x\n" * n),
    "rows with too many cells": (250, lambda n: PLAN + lines("| A-#N | Done | x | y |\n", n)),
    "tables": (150, lambda n: (PLAN + "| a | Done |\n\n") * n),
    "a status of many words": (1500, lambda n: PLAN + "| a | " + "done and " * n + " |\n"),
    "a status of many pieces": (2500, lambda n: PLAN + "| a | " + "x; " * n + " |\n"),
    "escaped bars": (4000, lambda n: PLAN + "| a | " + "\\|" * n + " |\n"),
    "an id of many parts": (4000, lambda n: PLAN + "| " + "A1." * n + " | Done |\n"),
    # evidence
    "code spans in a cell": (500, lambda n: cell(lines("`src/a#N.py`, ", n))),
    "links in a cell": (400, lambda n: cell(lines("[a](src/a#N.py), ", n))),
    "bare paths in a cell": (700, lambda n: cell(lines("src/a#N.py, ", n))),
    "tests beside a path": (400, lambda n: cell("`tests/a_test.py` (" + lines("`does #N`, ", n) + "`x`)")),
    "one path of many folders": (6000, lambda n: cell("a/" * n)),
    "one name of many dots": (6000, lambda n: cell("a." * n)),
    "one name of many dashes": (6000, lambda n: cell("a-" * n)),
    "one long name": (10000, lambda n: cell("a" * n)),
    "URLs in an item": (1200, lambda n: "- [x] " + "http://a.b/c, " * n),
    "dots after a URL": (8000, lambda n: "- [x] http://a.b/" + "." * n),
    "assignments before a command": (3000, lambda n: "- [x] `" + "A=1 " * n + "`"),
    "links to see": (900, lambda n: "- [x] " + "see [a](b.md) " * n),
    "files below an item": (700, lambda n: "- [x] a\n" + lines("  - `src/a#N.py`\n", n)),
    "paragraphs below an item": (600, lambda n: "- [x] a\n\n" + lines("  text `src/a#N.py`\n\n", n)),
    # sections
    "units of work": (400, lambda n: lines("## Phase #N\n\n**Status:** Done\n\n", n)),
    "one unit many times": (500, lambda n: "## Phase 1\n\n- [ ] a\n" * n),
    "headings": (600, lambda n: "# a\n" * n),
    "headings with marks": (60, lambda n: lines("## #N thing \u2705\n\ntext\n", n)),
    "sisters with marks": (60, lambda n: "## Thing \u2705\n\n" * n),
    "units below units": (1200, lambda n: "".join("#" * (i % 6 + 1) + f" Phase {i}\n" for i in range(n))),
    "many sections of a unit": (200, lambda n: "# Phase 1\n" + "## a\n\n- [ ] x\n" * n),
    "codes in a heading": (2500, lambda n: "# S0" + ".1" * n),
    "an evidence pack": (250, lambda n: "# Evidence Pack\n\n" + lines("## #N. a\n\n`src/a#N.py`\n\n", n)),
    "an evidence pack of one item": (700, lambda n: "# Evidence Pack\n\n**Status:** Done\n\n" + lines("- `src/a#N.py`\n", n)),
    "commands by gate": (180, lambda n: lines("### G#N\n\n```\nnpm run a#N\n```\n\n", n) + PLAN + lines("| G#N | Done |\n", n)),
    "bold lines for headings": (300, lambda n: "**Phase 3: a - DONE** \u2705\n\n" * n),
    "rules": (1500, lambda n: "---\n\n" * n),
    "front matter": (700, lambda n: "---\n" + lines("k#N: v\n", n) + "status: done\n---\n# a\n"),
    # lists
    "boxes in a list": (250, lambda n: "- [x] a `src/a.py`\n" * n),
    "marks in a list": (700, lambda n: "- \u2705 a\n" * n),
    "statuses that end a line": (350, lambda n: "# Status\n\n" + "- a: done\n" * n),
    "an item of many lines": (2500, lambda n: "- [x] a\n" + "  text\n" * n),
    "deep lists": (2500, lambda n: "".join("  " * i + "- [x] a\n" for i in range(isqrt(n)))),
    "deep lists with files": (2500, lambda n: "".join("  " * i + f"- a `src/a{i}.py`\n" for i in range(isqrt(n)))),
    # legends, logs, claims
    "a legend of many lines": (300, lambda n: "## Legend\n\n" + lines("- T#N: done\n", n)),
    "a legend on one line": (1500, lambda n: "Legend: " + lines("T#N = done, ", n)),
    "many legends": (250, lambda n: "Legend: A = done, B = planned\n\n" * n),
    "a table under a long legend": (200, lambda n: "## Legend\n\n" + lines("- T#N: done\n", n) + "\n## Work\n\n" + PLAN + lines("| A-#N | T#N |\n", n)),
    "words that a long legend does not know": (130,
        lambda n: "## Legend\n\n" + lines("- T#N: done\n", n) + "\n## Work\n\n" + PLAN + lines("| A-#N | w#N |\n", n)),
    "dated sections": (400, lambda n: "# Log\n\n" + lines("## 2026-01-02\n\n- Made `src/a#N.py`\n\n", n)),
    "dated sections that hold items": (200, lambda n: "# Log\n\n" + lines("## 2026-01-02\n\n### Phase #N\n\n- [x] a\n\n", n)),
    "dated bullets": (250, lambda n: "# Log\n\n" + lines("- 2026-01-02: CORE-#N did `src/a#N.py`\n", n)),
    "numbered entries": (150, lambda n: "# Log\n\n" + lines("## Progress Update #N\n\n- made `src/a#N.py`\n- Next:\n  - x\n\n", n)),
    "claims": (350, lambda n: "7/11 passing 20% coverage 12 tests all done\n" * n),
    "claims on one line": (350, lambda n: "7/11 passing 20% coverage 12 tests all done " * n),
    "code spans between claims": (500, lambda n: "word `a` 1/2 passed\n" * n),
    "commits": (2000, lambda n: "deadbeef1 " * n),
    "digests without blanks": (2500, lambda n: "deadbeef1" * n),
    "the word all": (3000, lambda n: "all " * n),
    "commands that passed": (350, lambda n: "`npm test` passed\n" * n),
    "blanks after a command": (6000, lambda n: "`npm test`" + " " * n + "x"),
    "double-encoded words": (2500, lambda n: "\u00e2\u0153\u2026 " * n),
    "half of double-encoded words": (8000, lambda n: "\u00c2" * n),
    "double-encoded rows": (200, lambda n: PLAN + "| a | \u00e2\u0153\u2026 Done |\n" * n),
}  # fmt: skip
YAML: dict[str, tuple[int, Make]] = {
    "keys": (700, lambda n: lines("k#N: done\n", n)),
    "records": (130, lambda n: lines("- id: A#N\n  status: done\n  evidence: [a.py]\n", n)),
    "a status map": (250, lambda n: "development_status:\n" + lines("  1-#N-a: done\n", n)),
    "a status map under a long legend": (
        200,
        lambda n: "# Status:\n" + lines("#   - t#N: done\n", n) + "development_status:\n" + lines("  a#N: t#N\n", n),
    ),
    "comments": (1500, lambda n: "# status\n" * n + "a: b"),
    "hashes in a comment": (2500, lambda n: "# status " * n),
    "a flow list": (1500, lambda n: "[" + "a, " * n + "]"),
    "a quoted text": (5000, lambda n: '"' + "a\n" * n + '"'),
    "anchors": (700, lambda n: lines("a#N: &b#N c\n", n)),
    "documents": (1500, lambda n: "---\na: b\n" * n),
    "a block text": (5000, lambda n: "a: |\n" + "  x\n" * n),
    "blanks": (15000, lambda n: " " * n + "a: b"),
    "keys of keys": (40000, lambda n: "".join(" " * i + f"a{i}:\n" for i in range(isqrt(n)))),
    "dashes": (15000, lambda n: "-" * n),
}
JSON: dict[str, tuple[int, Make]] = {
    "open lists": (20000, lambda n: "[" * n),
    "a list": (1500, lambda n: "[" + ",".join(["1"] * n) + "]"),
    "keys": (600, lambda n: "{" + lines('"k#N":"done",', n) + '"a":1}'),
    "records": (120, lambda n: "[" + lines('{"id":"A#N","status":"done","evidence":["a.py"]},\n', n) + "1]"),
    "files of one record": (
        350,
        lambda n: '{"id":"a","status":"done","files":[' + lines('"src/a#N.py",', n) + '"b.py"]}',
    ),
    "a text": (20000, lambda n: '"' + "a" * n + '"'),
    "a text that never ends": (20000, lambda n: '"' + "a" * n),
    "escapes that never end": (10000, lambda n: '"' + "\\" * n),
    "texts side by side": (8000, lambda n: '"a ' * n),
    "a long number": (20000, lambda n: "1" * n),
    "blanks": (20000, lambda n: "[" + " " * n),
}
CASES = [
    (f"a{suffix}", name, count, make)
    for suffix, table in ((".md", MARKDOWN), (".yml", YAML), (".json", JSON))
    for name, (count, make) in table.items()
]


def seconds(name: str, data: bytes) -> float:
    """How much of the processor one reading takes, so that a busy machine does not count."""
    start = time.process_time()
    parse_document(name, data)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("name", "what", "count", "make"), CASES, ids=[f"{name[2:]}: {what}" for name, what, _, _ in CASES]
)
def test_four_times_the_text_takes_about_four_times_as_long(name: str, what: str, count: int, make: Make) -> None:
    small, large = make(count).encode(), make(4 * count).encode()
    assert max(map(len, large.split(b"\n"))) <= 100_000, "the line limit would answer instead of the parser"
    short = long = LONGEST_SECONDS
    for _ in range(TRIES):
        short, long = min(short, seconds(name, small)), min(long, seconds(name, large))
        if long <= RATIO * short + NOISE_SECONDS:
            break
    assert long < LONGEST_SECONDS
    assert long <= RATIO * short + NOISE_SECONDS, f"{what}: {short * 1e3:.1f} ms, {long * 1e3:.1f} ms"


def read_apart(make: str, name: str, timeout_seconds: float = 3.0) -> subprocess.CompletedProcess[str]:
    """Read a text in an interpreter of its own, for what could end this one or never end; its output is items and problems."""
    program = (
        "from gatekeeper.parse.reader import parse_document\n"
        f"document = parse_document({name!r}, ({make}).encode())\n"
        "print(len(document.items), *sorted({problem.kind.value for problem in document.problems}))\n"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=timeout_seconds)


DEEP = (
    ("a.md", "'- ' * 49_000 + 'a'", ""),
    ("a.md", "'1. ' * 33_000 + 'a'", ""),
    ("a.md", "'>' * 99_000 + 'a'", ""),
    ("a.md", "'> - ' * 24_000 + 'a'", ""),
    ("a.md", "'*a **a ' * 14_000", ""),
    ("a.md", "'[' * 49_000 + ']' * 49_000", ""),
    ("a.md", "''.join(' ' * 2 * i + '- [ ] a\\n' for i in range(1_400))", ""),
    ("a.yml", "'- ' * 49_000 + 'a'", "too-complex"),
    ("a.yml", "'[' * 90_000", "too-complex"),
    ("a.yml", "'{a: ' * 24_000", "too-complex"),
    ("a.yml", "''.join(' ' * i + 'a:\\n' for i in range(2_000))", "too-complex"),
    ("a.yml", "'? ' * 49_000", "too-complex"),
    ("a.json", "'[' * 90_000", "too-complex"),
    ("a.json", "'[\\n' * 900_000", "too-complex"),
    ("a.json", "'{\"a\":' * 19_000", "too-complex"),
    ("a.md", "'---\\na: ' + '[' * 50_000 + '\\n---\\n# a\\n'", "front-matter"),
)


@pytest.mark.parametrize(("name", "make", "problem"), DEEP)
def test_no_depth_ends_the_interpreter(name: str, make: str, problem: str) -> None:
    done = read_apart(make, name)
    assert done.returncode == 0, done.stderr[-400:]
    assert problem in done.stdout.split() or not problem, done.stdout


# Texts of a line or a few kilobytes that once took minutes or longer; the last names what is not mended yet.
NEVER = (
    ("a heading of many capitalized words", "'# ' + 'Big Plan ' * 4000", ""),
    ("a heading of many slashes", "'# ' + 'A/' * 20000", ""),
    ("a heading of many dashes", "'# ' + 'Aa-' * 20000", ""),
    ("blanks before a file name", "'# Phase 1\\n\\nab' + ' ' * 40000 + '`src/a.py`'", ""),
    ("blanks in a heading", "'# a' + ' ' * 40000 + 'b'", ""),
    ("brackets in a heading", "'# a ' + '(x) ' * 20000", ""),
    ("tabs before a word", "chr(9) * 40000 + 'a'", ""),
    ("commits in a paragraph", "'deadbeef1 ' * 9000", ""),
    ("a long list of claims", "'7/11 passing and 12 tests\\n' * 8000", ""),
    ("blanks in a status", "'**Status:** done' + ' ' * 30000 + 'x'", ""),
    ("blanks around a slash", "'**Status:** done' + ' ' * 30000 + '/ open'", ""),
    ("blanks before a bold field", "'**Status:** done' + ' ' * 30000 + '**x'", ""),
    ("blanks in a choice", "'**Status:** [ ] A' + ' ' * 30000 + '/ B'", ""),
    ("blanks in a token", "'Legend: a' + ' ' * 30000 + 'b, c = done'", ""),
    ("blanks in a meaning", "'## Legend\\n\\n- a' + ' ' * 40000 + 'b\\n- Done: c\\n'", ""),
    ("blanks in a bold label", "'# Phase 1\\n\\n**a' + ' ' * 45000 + '**' + ' ' * 45000 + ':x\\n\\n- `src/a.py`'", "proof._LABEL: runs of blanks side by side"),
    ("digits in a heading", "'# Phase 1 ' + '1' * 40000", ""),
    ("blanks in a status cell", "'| a | Status |\\n|---|---|\\n| x | done' + ' ' * 40000 + 'x |'", ""),
    ("blanks in an item", "'- [x] a' + ' ' * 40000 + 'b: done'", ""),
    ("blanks in a bold line", "'**Phase 3' + ' ' * 40000 + '- DONE**'", ""),
    ("blanks in a key", "'**a' + ' ' * 40000 + ':** b'", ""),
    ("blanks in a legend", "'Legend: a = done,' + ' ' * 40000 + 'b = planned'", ""),
    ("dashes in a heading", "'# a' + ' -' * 20000 + ' done'", ""),
    ("numbers in a heading", "'# Phase 1' + '.1' * 20000 + '(x)'", ""),
)  # fmt: skip


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(make, id=what, marks=[pytest.mark.xfail(strict=True, reason=why)] if why else [])
        for what, make, why in NEVER
    ],
)
def test_no_short_text_takes_forever(make: str) -> None:
    done = read_apart(make, "a.md", timeout_seconds=2.5)
    assert done.returncode == 0, done.stderr[-400:]


def kinds(document: Document) -> set[ProblemKind]:
    """What a document could not be read for."""
    return {problem.kind for problem in document.problems}


GIVEN_UP = (
    ("a.md", "a" * 2_000_000, ProblemKind.LINE_TOO_LONG),
    ("a.md", "a: " * 90_000, ProblemKind.LINE_TOO_LONG),
    ("a.json", '["' + "a" * 2_000_000 + '"]', ProblemKind.LINE_TOO_LONG),
    ("a.md", "a\n" * 1_048_577, ProblemKind.TOO_LARGE),
    ("a.yml", "a: &a b\n" + "- " * 100 + "c", ProblemKind.MALFORMED_DATA),
    ("a.md", "```\n" + "a\n" * 10, ProblemKind.UNCLOSED_FENCE),
    ("a.md", HEAD + "| a | Done | b | c | d |\n", ProblemKind.RAGGED_ROW),
)


@pytest.mark.parametrize(("name", "text", "kind"), GIVEN_UP, ids=lambda value: str(value)[:20])
def test_where_the_parser_gives_up_it_says_so(name: str, text: str, kind: ProblemKind) -> None:
    assert kind in kinds(parse_document(name, text.encode()))


def test_a_table_of_three_thousand_columns_is_read() -> None:
    width = 3000
    text = "| Id | Status |" + " x |" * (width - 2) + "\n|" + "---|" * width + "\n| A-1 | Done |" + " y |" * (width - 2)
    document = parse_document("a.md", text.encode())
    assert [(item.id, item.status.value) for item in document.items] == [("A-1", "done")]
    assert not document.problems


def test_a_ragged_row_and_an_unclosed_fence_keep_their_neighbors() -> None:
    text = f"{PLAN}| A-1 | Done | x |\n| A-2 | Done |\n| A-3 |\n\n- [x] a task\n\n```\n- [x] no task\n"
    document = parse_document("a.md", text.encode())
    assert [item.id or item.title for item in document.items] == ["A-1", "A-2", "A-3", "a task"]
    assert kinds(document) == {ProblemKind.RAGGED_ROW, ProblemKind.UNCLOSED_FENCE}


def test_the_largest_file_that_is_read_is_read() -> None:
    row = "The plan was told to everyone.\n\n"
    data = (row * (BYTES_LIMIT // len(row))).encode()
    assert kinds(parse_document("a.md", data)) == set()
    assert kinds(parse_document("a.md", data + b"a" * len(row))) == {ProblemKind.TOO_LARGE}
