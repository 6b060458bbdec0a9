"""Files of assignments: what counts as one, where it stands, and that no place shows a value."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.link.environment.dotenv import EnvText, parse_env
from gatekeeper.model.text import SourceText


def read(text: str) -> EnvText:
    return parse_env(SourceText(".env.example", text))


def pairs(text: str) -> list[tuple[str, str, int, int]]:
    found = read(text).assignments
    return [(one.name, one.value, one.location.start.line, one.location.start.column) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1\nB=2\n", [("A", "1", 1, 1), ("B", "2", 2, 1)]),
        ("\n\n  export  A = 'x y' # z\n", [("A", "x y", 3, 11)]),
        ('A="one\ntwo"\nB=3\n', [("A", "one\ntwo", 1, 1), ("B", "3", 3, 1)]),
        ("A=1\r\nB=\r\n", [("A", "1", 1, 1), ("B", "", 2, 1)]),
        ("'A'=1\n", [("A", "1", 1, 2)]),
        ("A=a=b#c\nB=${A}\n", [("A", "a=b#c", 1, 1), ("B", "${A}", 2, 1)]),
        ("# A=1\nA=2\n", [("A", "2", 2, 1)]),
        ("A=1", [("A", "1", 1, 1)]),
        ("", []),
    ],
)
def test_assignments_are_what_python_dotenv_takes_for_one(text: str, expected: list[tuple[str, str, int, int]]) -> None:
    assert pairs(text) == expected


def test_a_comment_that_assigns_is_kept_apart() -> None:
    found = read("# A=1\n  ## export B = two words\n# note: C\n#D==\n")
    assert [(one.name, one.location.start.line, one.location.start.column) for one in found.commented] == [
        ("A", 1, 3),
        ("B", 2, 13),
        ("D", 4, 2),
    ]
    assert read("# Set HARBOR_URL with HARBOR_USER, not Harbor_X.\n").documented == {"HARBOR_URL", "HARBOR_USER"}


def test_a_line_that_is_no_assignment_is_told_without_its_words() -> None:
    found = read("A=1\n sk-canary\nexport B\nC='never closed\nD: 4\n")
    assert [(one.start.line, one.start.column, one.excerpt) for one in found.malformed] == [
        (2, 2, ""),
        (3, 1, ""),
        (4, 1, ""),
        (5, 1, ""),
    ]


def test_lines_of_a_key_without_quotes_name_no_variables() -> None:
    found = read("K=-----BEGIN KEY-----\nMIIBVwIBADANBgkqhkiG9w0=\nMIIBVwIBADANBgkqh=\n-----END KEY-----\nB=1\n")
    assert [one.name for one in found.assignments] == ["K", "B"]
    assert not found.malformed
    assert [one.name for one in read("aB3dE5fG7hJ9kL==\naB3dE5fG7hJ9kLmN1pQ3rS5tU7=x\n").assignments] == []


def test_no_place_and_no_repr_shows_a_value() -> None:
    found = read("A=canary # canary\nexport B='canary\ncanary'\n# C=canary canary\ncanary\nD=\n")
    places = [one.location for one in (*found.assignments, *found.commented)] + list(found.malformed)
    assert [place.excerpt for place in places[:2]] == ["A=***", "       B=***"]
    assert "canary" not in repr(places)
    assert "canary" not in repr(found)
    assert "canary" not in repr(found.assignments)


def test_what_cannot_be_read_says_why() -> None:
    assert read("A=\0").problem == "it is binary"
    assert "2,000 blanks" in read("A=1" + " " * 3000 + "x").problem


@given(st.text(alphabet="AB=#'\"\\ \n\r\texport_1é", max_size=200))
def test_every_text_gives_places_inside_of_it(text: str) -> None:
    source = SourceText("x.env", text)
    found = parse_env(source)
    for one in found.assignments:
        start = source.line_starts()[one.location.start.line - 1] + one.location.start.column - 1
        assert text[start : start + len(one.name)] == one.name


@pytest.mark.parametrize(
    "text",
    [
        "A=" + " x" * 100_000,
        "A='" * 60_000,
        'A="\\' * 60_000,
        "#" * 200_000,
        "A=1\n" * 50_000,
        "# A" * 60_000,
        "=" * 200_000,
    ],
)
def test_hostile_files_take_little_time(text: str) -> None:
    begin = time.process_time()
    read(text[: 1 << 18])
    assert time.process_time() - begin < 3
