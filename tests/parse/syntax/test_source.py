"""Bytes to text: what was decoded, what was wrong with it, and the identity of the bytes."""

from __future__ import annotations

import hashlib
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatekeeper.model.document import ProblemKind
from gatekeeper.model.text import Newline
from gatekeeper.parse.syntax.source import decode_source, find_mojibake, repair

BOM = b"\xef\xbb\xbf"
quick = settings(derandomize=True, database=None, deadline=None, max_examples=100)


def kinds(data: bytes) -> list[ProblemKind]:
    """What was wrong with some bytes."""
    return [problem.kind for problem in decode_source("a.md", data)[1]]


def twice(text: str, codec: str) -> str:
    """The text as UTF-8 that was read as Windows text."""
    letters = []
    for byte in text.encode():
        try:
            letters.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            letters.append(chr(byte))
    return "".join(letters)


@quick
@given(st.binary(max_size=60))
def test_any_bytes_decode_and_keep_their_identity(data: bytes) -> None:
    source, problems = decode_source("a.md", data)
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.blob_id == hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    assert all(problem.span.end <= len(source.text) for problem in problems)


@quick
@given(st.text(max_size=40), st.booleans())
def test_utf8_comes_back_as_it_was_written(text: str, bom: bool) -> None:
    text = text.lstrip("\ufeff")
    source, _ = decode_source("a.md", (BOM if bom else b"") + text.encode())
    assert (source.text, source.bom, source.encoding) == (text, bom, "utf-8")


@pytest.mark.parametrize("data", [b"", b"a\n", b"a\r\nb", BOM + b"a", b"\x00\xff", "\u00e9\U0001f534".encode()])
def test_the_blob_id_is_gits(data: bytes) -> None:
    done = subprocess.run(
        ["git", "hash-object", "--no-filters", "--stdin"], input=data, capture_output=True, check=True
    )
    assert decode_source("a.md", data)[0].blob_id == done.stdout.decode().strip()


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("", Newline.NONE),
        ("a", Newline.NONE),
        ("a\nb\n", Newline.LF),
        ("a\r\nb\r\n", Newline.CRLF),
        ("a\rb\r", Newline.CR),
        ("a\r\nb\n", Newline.MIXED),
        ("a\rb\n", Newline.MIXED),
        ("a\n\rb", Newline.MIXED),
        ("a\r\r\nb", Newline.MIXED),
    ],
)
def test_the_line_ends_in_use_are_known(text: str, newline: Newline) -> None:
    assert decode_source("a.md", text.encode())[0].newline is newline


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", BOM])
def test_neither_line_ends_nor_a_byte_order_mark_shift_a_place(newline: str, bom: bytes) -> None:
    source, _ = decode_source("a.md", bom + newline.join(["one", "t\u00fco", "three"]).encode())
    place = source.position(source.text.index("three"))
    assert (place.line, place.column) == (3, 1)
    assert [source.slice(source.line_span(line)) for line in (1, 2, 3)] == ["one", "t\u00fco", "three"]


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("caf\u00e9 \u2013 ok".encode("cp1252"), "cp1252", "caf\u00e9 \u2013 ok"),
        ("caf\u00e9".encode("utf-16"), "utf-16", "caf\u00e9"),
        ("caf\u00e9".encode("utf-16-be").join([b"\xfe\xff", b""]), "utf-16", "caf\u00e9"),
        (b"a\x81b", "cp1252", "a\ufffdb"),
        (b"\xff\xfea", "utf-16", "\ufffd"),
    ],
)
def test_what_is_not_utf8_is_read_all_the_same_and_said(data: bytes, encoding: str, text: str) -> None:
    source, problems = decode_source("a.md", data)
    assert (source.encoding, source.text) == (encoding, text)
    assert [problem.kind for problem in problems] == [ProblemKind.NOT_UTF8]


def test_the_first_byte_that_is_not_utf8_is_pointed_at() -> None:
    source, (problem,) = decode_source("a.md", b"one\ntw\xf6 three")
    assert source.position(problem.span.start).line == 2
    assert source.slice(problem.span) == "\u00f6"
    assert "0xf6 at offset 6" in problem.detail


@pytest.mark.xfail(strict=True, reason="after a byte order mark the text holds the mark and the span counts without it")
def test_the_first_bad_byte_is_pointed_at_after_a_byte_order_mark_too() -> None:
    source, (problem,) = decode_source("a.md", BOM + b"one\ntw\xf6 three")
    assert source.slice(problem.span) == "\u00f6"


@pytest.mark.parametrize("codec", ["cp1252", "cp1254"])
@pytest.mark.parametrize(
    "text", ["\u2705 Done", "caf\u00e9 cr\u00e8me", "a \u2013 b", "\U0001f534", "na\u00efve", "\u2192 next", "\u2019s"]
)
def test_double_encoding_is_seen_pointed_at_and_undone(text: str, codec: str) -> None:
    broken = twice(text, codec)
    source, problems = decode_source("a.md", f"one\n{broken}\n".encode())
    assert source.mojibake
    assert [problem.kind for problem in problems] == [ProblemKind.MOJIBAKE]
    assert source.position(problems[0].span.start).line == 2
    assert repair(broken) == text
    assert source.text == f"one\n{broken}\n"


@pytest.mark.parametrize(
    "text",
    ["plain", "caf\u00e9", "\u2705 Done", "\u00e2ge", "\u00c2me", "\u00c3o", "S\u00c3O PAULO", "\u0130stanbul \u011f\u00fc\u015f", "\u00a9 2026"]
)  # fmt: skip
def test_honest_text_is_not_taken_for_double_encoded(text: str) -> None:
    assert find_mojibake(text) is None
    assert repair(text) == text
    assert kinds(text.encode()) == []


@pytest.mark.parametrize(
    "text",
    ["\u0433\u043e\u0442\u043e\u0432\u043e", "\u5df2\u5b8c\u6210", "\u5b8c\u4e86", "\u2611 a", "\u2610 a", "\u231b a"],
)
def test_double_encoding_is_seen_in_every_script(text: str) -> None:
    assert kinds(twice(text, "cp1252").encode()) == [ProblemKind.MOJIBAKE]


@quick
@given(st.text(max_size=30))
def test_repairing_twice_changes_no_more_than_once(text: str) -> None:
    assert isinstance(repair(text), str)
    assert repair(text) == text or find_mojibake(text) is not None
