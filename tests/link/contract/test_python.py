"""Values, unions and strings of Python, with their places."""

from __future__ import annotations

import pytest

from gatekeeper.link.contract.code.literal import AbsentError, UnreadError
from gatekeeper.link.contract.code.python.file import PythonFile
from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.text import SourceText


def file(text: str) -> PythonFile:
    return PythonFile(SourceText("a.py", text))


def value(text: str, name: str = "A") -> DataNode:
    found = file(text).constant(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A: Final = -1_000", -1000),
        ("A = +.5", 0.5),
        ("A = 'a' \"b\" + 'c'", "abc"),
        ("A = f'plain'", "plain"),
        ("A = {'a': [1, (2, None)], 3: {True}}", {"a": [1, [2, None]], "3": [True]}),
        ("A = dict(a=1)", {"a": 1}),
        ("A = frozenset({'a'})", ["a"]),
        ("A = MappingProxyType({'a': 1})", {"a": 1}),
        ("A = Path('docs/a.md')", "docs/a.md"),
        ("B = 2\nA = {'b': B}", {"b": 2}),
        ("class B:\n    c = 4\nA = B.c", 4),
        ("class A(StrEnum):\n    X = 'x'\n    def f(self): ...", {"X": "x"}),
        ("if TYPE_CHECKING:\n    A = 3", 3),
        ("A = {'a': 1, 'a': 2}", {"a": 2}),
    ],
)
def test_what_anybody_can_read_is_read(text: str, expected: object) -> None:
    assert (
        {str(k): v for k, v in node.items()} == expected
        if isinstance(node := value(text).plain(), dict)
        else node == expected
    )


@pytest.mark.parametrize(
    "text",
    [
        "A = f()",
        "A = 60 * 60",
        "A = f'{x}'",
        "A = imported",
        "A = os.sep",
        "A = 1\nA = 2",
        "A = []\nA += [1]",
        "A, B = 1, 2",
        "A = [x for x in y]",
        "A = b'x'",
        "A = 1 if x else 2",
        "A = B\nB = A",
        "A = 1e999",
        "def A(): ...",
    ],
)
def test_what_only_running_tells_is_computed(text: str) -> None:
    assert value(text).kind is DataKind.COMPUTED


def test_defaults_and_bases_may_hold_more_keys() -> None:
    for text in ("A = Limits(a=1)", "class A(Base):\n    a = 1", "A = {**base, 'a': 1}"):
        node = value(text)
        assert node.pairs[0][0].kind is DataKind.COMPUTED
        assert (found := node.find("a")) is not None
        assert found.scalar == 1
        with pytest.raises(UnreadError):
            file(text).constant("A.b")


def test_places_count_characters() -> None:
    text = '"""Été."""\r\nA = {"clé": "→", "b": 7}\r\n'
    found = value(text).find("b")
    assert found is not None
    assert text[found.span.start : found.span.end] == "7"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("T = Literal['a', 'b'] | None", "T", ["a", "b"]),
        ("U = Literal['a']\nT = Union[U, Literal['b']]", "T", ["a", "b"]),
        ("class E(str, Enum):\n    A = 'a'\n    B = 'b'", "E", ["a", "b"]),
        ("class M(BaseModel):\n    code: Annotated[Literal['m'], Field()] = 'm'", "M.code", ["m"]),
        ("class E(Enum):\n    A = 'a'\nclass M:\n    e: E | None", "M.e", ["a"]),
        ("T = ('a', 'b')", "T", ["a", "b"]),
    ],
)
def test_unions(text: str, name: str, expected: list[str]) -> None:
    found = file(text).union(name)
    assert found is not None
    assert [entry.scalar for entry in found.entries] == expected


def test_a_long_union_is_read_whole() -> None:
    text = "T = " + " | ".join(f"Literal['m{n}']" for n in range(300))
    found = file(text).union("T")
    assert found is not None
    assert [entry.scalar for entry in found.entries] == [f"m{n}" for n in range(300)]


def test_what_is_no_union_says_so() -> None:
    with pytest.raises(UnreadError, match="a call"):
        file("T = f()").union("T")
    open_one = file("T = Literal['a'] | str").union("T")
    assert open_one is not None
    assert open_one.entries[-1].is_many
    assert file("T = 1").union("U") is None


def test_strings_leave_out_documentation_and_comments() -> None:
    code = file('"""No."""\n# "no"\nA = {"k": "v"}\ndef f():\n    "No."\n    return "w"\n')
    every, some = code.strings("*"), code.strings("A")
    assert every is not None
    assert some is not None
    assert [entry.scalar for entry in every.entries] == ["k", "v", "w"]
    assert [entry.scalar for entry in some.entries] == ["k", "v"]


@pytest.mark.parametrize(
    "text", ["(" * 100_000, "-" * 100_000 + "1", "A = 'é", "A = = 1", "a" + ".a" * 100_000, "A = '\0'"]
)
def test_hostile_text_is_told_and_no_crash(text: str) -> None:
    with pytest.raises(AbsentError) as told:
        file(text).constant("A")
    assert told.value.message
