"""What references point at, by their spelling alone: one line a spelling."""

from __future__ import annotations

import pytest

from gatekeeper.model.document import EvidenceKind
from gatekeeper.parse.words.reference import Target, has_extension, is_command, parse_target

K = EvidenceKind
# spelling, kind, and path, anchor, lines, test as far as there are any
CODE: list[tuple[str, Target | None]] = [
    ("src/a.py", Target(K.PATH, "src/a.py")),
    ("a.md", Target(K.PATH, "a.md")),
    ("./a.md", Target(K.PATH, "a.md")),
    ("../docs/a.md", Target(K.PATH, "../docs/a.md")),
    ("/docs/a.md", Target(K.PATH, "/docs/a.md")),
    ("docs/a", Target(K.PATH, "docs/a")),
    ("bot chat/a.md", Target(K.PATH, "bot chat/a.md")),
    ("docs/my%20file.md", Target(K.PATH, "docs/my file.md")),
    ("src/app/(auth)/page.tsx", Target(K.PATH, "src/app/(auth)/page.tsx")),
    (".github/workflows/ci.yml", Target(K.PATH, ".github/workflows/ci.yml")),
    (".env.example", Target(K.PATH, ".env.example")),
    ("package.json", Target(K.PATH, "package.json")),
    ("Makefile", Target(K.PATH, "Makefile")),
    ("Dockerfile", Target(K.PATH, "Dockerfile")),
    ("LICENSE", Target(K.PATH, "LICENSE")),
    ("a.md#intro", Target(K.PATH, "a.md", "intro")),
    ("a.md#L3", Target(K.PATH, "a.md", None, (3, 3))),
    ("a.md#L3-L9", Target(K.PATH, "a.md", None, (3, 9))),
    ("a.py:12", Target(K.PATH, "a.py", None, (12, 12))),
    ("a.py:12-40", Target(K.PATH, "a.py", None, (12, 40))),
    ("a.py:12\u201340", Target(K.PATH, "a.py", None, (12, 40))),
    ("a.py:L12-L40", Target(K.PATH, "a.py", None, (12, 40))),
    ("a.py:12:5", Target(K.PATH, "a.py", None, (12, 12))),
    ("tests/test_a.py::test_b", Target(K.PATH, "tests/test_a.py", None, None, "test_b")),
    ("docs/", Target(K.DIRECTORY, "docs/")),
    ("/docs/", Target(K.DIRECTORY, "/docs/")),
    ("docs/a/b/", Target(K.DIRECTORY, "docs/a/b/")),
    ("docs/**/*.md", Target(K.GLOB, "docs/**/*.md")),
    ("docs/*", Target(K.GLOB, "docs/*")),
    ("src/{a,b}.ts", Target(K.GLOB, "src/{a,b}.ts")),
    ("docs/{run_id}.json", Target(K.PATTERN, "docs/{run_id}.json")),
    ("out/<id>.json", Target(K.PATTERN, "out/<id>.json")),
    ("logs/YYYY-MM-DD.md", Target(K.PATTERN, "logs/YYYY-MM-DD.md")),
    ("reports/$RUN/a.json", Target(K.PATTERN, "reports/$RUN/a.json")),
    ("https://a.example/b", Target(K.URL)),
    ("http://a.example", Target(K.URL)),
    ("mailto:a@b.example", Target(K.URL)),
    ("GET /metrics", Target(K.ENDPOINT)),
    ("POST /v1/items/{id}", Target(K.ENDPOINT)),
    ("GET/POST /items", Target(K.ENDPOINT)),
    ("/metrics", Target(K.ENDPOINT)),
    ("/v1/items", Target(K.ENDPOINT)),
    ("npm run ci", Target(K.COMMAND)),
    ("CI=1 npm test", Target(K.COMMAND)),
    ("pytest tests/a.py", Target(K.COMMAND)),
    ("./scripts/a.sh --fast", Target(K.COMMAND)),
    ("scripts/a.sh --check", Target(K.COMMAND)),
    ("docker compose up", Target(K.COMMAND)),
    ("git rev-parse HEAD", Target(K.COMMAND)),
    *((words, None) for words in (
        "policy_denied", "F1-E1-S1", "AI-7", "make", "pytest", "true", "null", "0.5", "50%", "x", "", "   ", "?", "*",
        "Node.js", "next.js", "v1.2.3", "1.2.3", "3.11", "says/does", "and/or", "read/write", "TCP/IP", "CI/CD", "N/A", "12/14",
        "2026/01/02", "application/json", "origin/main", "feature/login", "127.0.0.1:8080", "localhost:3000", "user@host.org",
        "@scope/pkg", "--flag", "$HOME", "foo()", "run(a, b)", "a=b", "e.g.", "i.e.", "etc.", "foo.bar", "sha256:abc", "abc1234",
        "True/False", "console.log", "some words and then docs/a.md", "docs/a.md, docs/b.md", "docs/a.md -> docs/b.md", "a\nb.md", "a" * 1001 + ".md",
    )),
]  # fmt: skip
# Spellings that are still taken for something else.
WRONG: list[tuple[str, Target | None]] = [
    ("~/notes/a.md", None),
    ("src/a.py src/b.py", None),
]
LINK: list[tuple[str, Target | None]] = [
    ("a.md", Target(K.PATH, "a.md")),
    ("../a.md#the-end", Target(K.PATH, "../a.md", "the-end")),
    ("a%20b.md", Target(K.PATH, "a b.md")),
    ("src/a.py#L10-L20", Target(K.PATH, "src/a.py", None, (10, 20))),
    ("src/a.py?raw=1", Target(K.PATH, "src/a.py")),
    ("docs/", Target(K.DIRECTORY, "docs/")),
    ("LICENSE", Target(K.PATH, "LICENSE")),
    ("notes", Target(K.PATH, "notes")),
    ("says/does", Target(K.PATH, "says/does")),
    ("/guide", Target(K.PATH, "/guide")),
    ("#the-end", Target(K.ANCHOR, anchor="the-end")),
    ("#%C3%A9t%C3%A9", Target(K.ANCHOR, anchor="\u00e9t\u00e9")),
    ("https://a.example/b.md", Target(K.URL)),
    ("mailto:a@b.example", Target(K.URL)),
    ("runs/{id}.json", Target(K.PATTERN, "runs/{id}.json")),
    ("", None),
]
MISREAD = pytest.mark.xfail(strict=True, reason="taken for something else")


@pytest.mark.parametrize(("text", "target"), [*CODE, *(pytest.param(*case, marks=MISREAD) for case in WRONG)])
def test_a_code_span_points_at(text: str, target: Target | None) -> None:
    assert parse_target(text) == target


@pytest.mark.parametrize(("text", "target"), LINK)
def test_a_links_destination_points_at(text: str, target: Target | None) -> None:
    assert parse_target(text, is_link=True) == target


@pytest.mark.parametrize("text", [text for text, target in CODE if target and target.kind.is_path_like])
def test_blanks_around_a_path_do_not_count(text: str) -> None:
    assert parse_target(f"  {text} ") == parse_target(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("npm test", True),
        ("npm", False),
        ("npm ", False),
        ("A=1 B=2 make x", True),
        ("./run.sh now", True),
        ("./run now", True),
        ("word and more", False),
        ("bin/check.py -v", True),
        ("bin/check.py a.py", False),
        ("", False),
    ],
)
def test_a_command_has_a_program_and_an_argument(text: str, expected: bool) -> None:
    assert is_command(text) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.md", True), ("a.MD", True), ("a.b/c", False), ("a.zzz", False), ("a", False), (".env", True), ("a.", False)],
)
def test_an_extension_is_one_that_is_known(path: str, expected: bool) -> None:
    assert has_extension(path) is expected
