"""Untrusted text comes out of the sink harmless, whatever it holds."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.render.sink import visible

EVERY_CHARACTER = "".join(map(chr, range(sys.maxunicode + 1)))
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ZERO_WIDTH = set(
    "\u00ad\u034f\u115f\u1160\u180e\u200b\u200c\u200d\u2060\u3164\ufeff\uffa0\U000e0001\U000e0041\U000e0100"
)
# Signs of Arabic, Syriac and Kaithi that Unicode counts as format characters although they are seen.
SEEN_FORMATS = {chr(code) for code in (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x9b31m", r"\x9b31m"),
        ("a\r\nb\tc\0", r"a\r\nb\tc\x00"),
        ("\x7f", r"\x7f"),
        ("gnp.\u202eexe", r"gnp.\u202eexe"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("line\u2028para\u2029", r"line\u2028para\u2029"),
        ("\ud800lone\udfff", r"\ud800lone\udfff"),
        ("\U000e0041tag", r"\U000e0041tag"),
        ("::error::forged\n::warning::", r"::error::forged\n::warning::"),
        ("plain `code` \\n | table", "plain `code` \\n | table"),
        ("多言語 ✅ ⚠️ é 한글 العربية", "多言語 ✅ ⚠️ é 한글 العربية"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_character_of_all_unicode_passes_that_hides_or_moves_text() -> None:
    passed = set(visible(EVERY_CHARACTER))
    assert not passed & BIDI
    assert not passed & ZERO_WIDTH
    hidden = {char for char in passed if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert hidden <= SEEN_FORMATS
    assert len(visible(EVERY_CHARACTER).splitlines()) == 1


def test_letters_digits_marks_and_symbols_of_all_unicode_pass() -> None:
    kept = [
        char for char in EVERY_CHARACTER if unicodedata.category(char) in ("Ll", "Lu", "Nd", "Mc", "Sc", "Sm", "Po")
    ]
    assert all(visible(char) == char for char in kept)


@given(st.text(alphabet=st.characters() | st.sampled_from("\x1b\x9b\u202e\u200d\ud800\\\t\n")))
def test_a_second_pass_changes_nothing_and_the_result_is_encodable(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
    assert once.encode("utf-8")[:0] == b""
    assert len(once) >= len(text)


@given(st.text(alphabet=st.characters()))
def test_ascii_only_is_printable_ascii(text: str) -> None:
    shown = visible(text, ascii_only=True)
    assert shown.isascii()
    assert shown.isprintable()
