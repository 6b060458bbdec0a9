"""Counting tests and lines."""

from __future__ import annotations

import pytest

from gatekeeper.link.claim.source.measures import count_tests

PYTHON = {
    "functions": ("def test_a(): ...\nasync def test_b(): ...\ndef helper(): ...\n", (2, True)),
    "methods": (
        "class TestA:\n    def test_a(self): ...\n    class TestB:\n        def test_b(self): ...\n",
        (2, True),
    ),
    "nested functions are no tests": ("def test_a():\n    def test_b(): ...\n", (1, True)),
    "parametrize": ("import pytest\n@pytest.mark.parametrize('x', [1])\ndef test_a(x): ...\n", (1, False)),
    "hypothesis": ("@given(x)\ndef test_a(x): ...\n", (1, False)),
    "unittest": ("import unittest\nclass A(unittest.TestCase):\n    def test_a(self): ...\n", (1, True)),
    "inherited": ("class A(Base):\n    def test_a(self): ...\n", (1, False)),
}


@pytest.mark.parametrize(("text", "expected"), PYTHON.values(), ids=PYTHON)
def test_python(text: str, expected: tuple[int, bool]) -> None:
    assert count_tests("tests/test_x.py", text) == expected


SCRIPT = {
    "calls": ("it('a', () => {});\ntest(\"b\", f);\ntest.only(`c`, f);\n", (3, True)),
    "comments": ("// it('a')\n/* test('b') */\nit('c')\n", (1, True)),
    "each": ("it.each(t)('a %s', f);\n", (0, False)),
    "loop": ("for (const a of b) { it('a', f); }\n", (1, False)),
    "methods of others": ("regex.test('a'); submit('b'); expect.it('c');\n", (0, True)),
}


@pytest.mark.parametrize(("text", "expected"), SCRIPT.values(), ids=SCRIPT)
def test_script(text: str, expected: tuple[int, bool]) -> None:
    assert count_tests("src/x.test.ts", text) == expected


@pytest.mark.parametrize("path", ["src/x.py", "src/x.ts", "tests/x.go", "README.md"])
def test_other_files_are_not_counted(path: str) -> None:
    assert count_tests(path, "def test_a(): ...\nit('a')\n") is None


def test_what_is_no_python_is_not_counted() -> None:
    assert count_tests("test_x.py", "def test_a(:") is None
    assert count_tests("test_x.py", "(" * 5000) is None
