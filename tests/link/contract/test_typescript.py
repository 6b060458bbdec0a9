"""Values, unions and strings of TypeScript and JavaScript, with their places."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from gatekeeper.link.contract.code.literal import AbsentError, UnreadError
from gatekeeper.link.contract.code.typescript.file import TypeScriptFile
from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.text import SourceText

COMPUTED = DataKind.COMPUTED


def file(text: str, path: str = "a.ts") -> TypeScriptFile:
    return TypeScriptFile(SourceText(path, text))


def value(text: str, name: str = "A", path: str = "a.ts") -> DataNode:
    found = file(text, path).constant(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("export const A = 1_000;", 1000),
        ("const A = -1;", -1),
        ("const A = .5;", 0.5),
        ("const A = 0x1F;", 31),
        ("const A = 0b101;", 5),
        ("const A = 10n;", 10),
        ("const A = 1e-2;", 0.01),
        ("const A = -(+(2));", -2),
        ("const A = 'a\\u0041\\n\\x42\\u{43}\\q';", "aA\nBCq"),
        ("const A = `plain`;", "plain"),
        ("const A = 'a' + \"b\" + `c`;", "abc"),
        ("const A = null;", None),
        ("let A = true;", True),
        ("export default { q: 1 };\nconst A = 2;", 2),
        ("const A = <const>{ a: [1, 'b'] };", {"a": [1, "b"]}),
        ("const A = Object.freeze({ 'x-y': 1, 2: 3, [`k`]: 4 });", {"x-y": 1, "2": 3, "k": 4}),
        ("const A: X = { a: { b: 1 } } as const satisfies X;", {"a": {"b": 1}}),
        ("const A = { a: 1, a: 2 };", {"a": 2}),
        ("const A = new Set(['a']);", ["a"]),
        ("const B = 3; const A = { B, c: B };", {"B": 3, "c": 3}),
        ("const B = { c: { d: 4 } }; const A = B.c.d;", 4),
        ("enum A { X = 'x', Y = 'y' }", {"X": "x", "Y": "y"}),
        ("class A { static readonly x: number = 5; y = 'z'; }", {"x": 5, "y": "z"}),
        ("const A = z.object({ s: z.enum(['a', 'b']).optional() });", {"s": ["a", "b"]}),
        ("declare namespace N { const B = 1; }\nconst A = 2;", 2),
    ],
)
def test_what_anybody_can_read_is_read(text: str, expected: object) -> None:
    assert value(text).plain() == expected


@pytest.mark.parametrize(
    "text",
    [
        "const A = f();",
        "const A = 60 * 1000;",
        "const A = `x${y}`;",
        "const A = imported;",
        "const A = other.value;",
        "const A = x ? 1 : 2;",
        "const A = () => 1;",
        "let A = 1; A = 2;",
        "var A = 1; function f() { A++; }",
        "var A = 1; var A = 2;",
        "const A = B, B = A;",
        "const A = 010;",
        "const A = undefined;",
        "function A() {}",
    ],
)
def test_what_only_running_tells_is_computed(text: str) -> None:
    assert value(text).kind is COMPUTED


def test_spreads_hide_keys_and_replace_what_stands_before_them() -> None:
    node = value("const A = { a: 1, ...base, b: 2 };")
    assert [key.kind for key, _ in node.pairs] == [DataKind.STRING, COMPUTED, DataKind.STRING]
    a, b = node.find("a"), node.find("b")
    assert a is not None
    assert b is not None
    assert (a.kind, b.scalar) == (COMPUTED, 2)
    assert [entry.is_many for entry in value("const A = [1, ...rest];").entries] == [False, True]


def test_places_count_characters_also_behind_others_than_ascii() -> None:
    text = "const é = '→';\nconst A = { ключ: '😀', b: 7 };\n"
    node = value(text)
    b = node.find("b")
    assert b is not None
    assert text[b.span.start : b.span.end] == "7"
    assert node.plain() == {"ключ": "😀", "b": 7}


@pytest.mark.parametrize("path", ["a.js", "a.mjs", "a.cjs", "a.jsx"])
def test_javascript_with_its_exports(path: str) -> None:
    text = "const x = <div/>;\n" * (path == "a.jsx") + "module.exports = { a: 1 };\nexports.A = { b: [2] };\n"
    assert value(text, path=path).plain() == {"b": [2]}
    assert value(text, "module.exports.a", path).scalar == 1


def test_tsx_and_names_with_dots() -> None:
    text = (
        "export const V = () => <p>{x}</p>;\nexport const A = { b: { c: 3 } };\nnamespace N { export const Z = 1; }\n"
    )
    assert value(text, "A.b.c", "a.tsx").scalar == 3
    assert value(text, "N.Z", "a.tsx").scalar == 1
    assert file(text, "a.tsx").constant("B") is None
    with pytest.raises(AbsentError, match=r"no `x`"):
        file(text, "a.tsx").constant("A.x")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("type T = \"a\" | 'b' | null | undefined;", "T", ["a", "b"]),
        ('type T = U | "c"; type U = ("a" | "b");', "T", ["a", "b", "c"]),
        ('interface I { code?: | "x" | "y"; n: { m: "z" } }', "I.code", ["x", "y"]),
        ('interface I { code: "x"; n: { m: "z" } }', "I.n.m", ["z"]),
        ('const H = ["p", "q"] as const; type T = (typeof H)[number];', "T", ["p", "q"]),
        ("const H = { p: 1, q: 2 }; type T = keyof typeof H;", "T", ["p", "q"]),
        ('const H = { P: "p" } as const; type T = (typeof H)[keyof typeof H];', "T", ["p"]),
        ('const Z = z.enum(["a", "b"]); type T = z.infer<typeof Z>;', "T", ["a", "b"]),
        ('const Z = z.enum(["a", "b"]);', "Z", ["a", "b"]),
        ('const Z = z.union([z.literal("a"), z.literal("b")]);', "Z", ["a", "b"]),
        ('enum E { A = "a", B = "b" }\ntype T = E | "c";', "T", ["a", "b", "c"]),
        ('const S = "a"; type T = "b";', "S", ["a"]),
    ],
)
def test_unions(text: str, name: str, expected: list[str]) -> None:
    found = file(text).union(name)
    assert found is not None
    assert [entry.scalar for entry in found.entries] == expected


def test_a_union_with_a_type_from_elsewhere_is_open() -> None:
    found = file('type T = "a" | Far | `x${string}`;').union("T")
    assert found is not None
    assert [entry.is_many for entry in found.entries] == [False, True, True]


def test_strings_leave_out_imports_and_comments() -> None:
    code = file('import a from "mod";\n// "no"\nconst A = { "k": `v`, n: `x${1}` };\nfunction f() { return "w"; }\n')
    every, some = code.strings("*"), code.strings("A")
    assert every is not None
    assert some is not None
    assert [entry.scalar for entry in every.entries] == ["k", "v", "w"]
    assert [entry.scalar for entry in some.entries] == ["k", "v"]
    assert code.strings("B") is None


def test_a_syntax_error_is_told_where_it_may_hide_what_is_looked_for() -> None:
    broken = "const A = { a: 1 };\nexport const = {;\n"
    assert value(broken).plain() == {"a": 1}
    with pytest.raises(UnreadError, match="syntax error"):
        file(broken).constant("B")


@pytest.mark.parametrize(
    "text",
    [
        "const A = " + "[" * 50_000,
        "const A = " + "{a:" * 50_000,
        "type A = " + '"a" | ' * 20_000,
        "a<" * 50_000,
        "`${" * 50_000,
    ],
)
def test_hostile_text_is_no_crash(text: str) -> None:
    for ask in (TypeScriptFile.constant, TypeScriptFile.union, TypeScriptFile.strings):
        with suppress(AbsentError):
            ask(file(text), "A")


def test_many_variables_that_are_assigned_again_cost_one_look() -> None:
    names = [f"v{n}" for n in range(3_000)]
    text = "".join(f"let {name} = 1; {name} = 2;\n" for name in names) + f"const A = {{ {', '.join(names)} }};\n"
    start = time.process_time()
    assert all(one.kind is COMPUTED for _, one in value(text).pairs)
    assert time.process_time() - start < 5


def test_values_that_lie_too_deep_or_are_too_many_are_refused() -> None:
    with pytest.raises(UnreadError, match="deeper"):
        file("const A = " + "[" * 100 + "]" * 100 + ";").constant("A")
    with pytest.raises(UnreadError, match="more than"):
        file("const A = [" + "1," * 30_000 + "];").constant("A")
