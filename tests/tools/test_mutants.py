"""The tool that breaks the rules on purpose: it sees what is noticed and what is not, and the cases notice nearly all."""

from __future__ import annotations

import ast
import importlib
import signal
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 20
LEAST_PERCENT = 90

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a fault may hang, and only alarms end it")


@pytest.fixture
def mutants(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("mutants")


@pytest.fixture
def checks(mutants: ModuleType) -> ModuleType:
    return importlib.import_module("mutant_checks")


def changes(source: str) -> list[str]:
    mutations = importlib.import_module("mutations")
    tree = ast.parse(source)
    before = ast.dump(tree)
    found = []
    for mutation in mutations.iter_mutations(tree, source):
        assert ast.dump(tree) != before, mutation
        compile(tree, "x.py", "exec")
        found.append(mutation.change)
    assert ast.dump(tree) == before
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if a < 1: pass", ["a < 1 -> True", "a < 1 -> False", "a < 1 -> a <= 1", "a < 1 -> a >= 1", "1 -> 2", "1 -> 0"]),
        ("x = not a", ["not a -> a"]),
        ("x = a and b", ["a and b -> a or b", "a and b -> b", "a and b -> a"]),
        ("x = a in ('b', 'c')", ["a in ('b', 'c') -> a not in ('b', 'c')", "('b', 'c') -> ('c',)", "('b', 'c') -> ('b',)"]),
        ("x = [y for y in z if y]", ["y -> True", "y -> its opposite"]),
        ("x = any(a)", ["any(a) -> all(a)"]),
        ("x = True", ["True -> False"]),
        ("x = 'a b'.split()", ["without the word a", "without the word b"]),
        ("x = Severity.NOTE", ["Severity.NOTE -> Severity.WARNING"]),
        ("x = a.strip()", ["a.strip() -> a"]),
        ("def f(a: int = 1, *, b: str = 'c') -> int:\n    'Docstring of 1.'", ["1 -> 2", "1 -> 0"]),
        ("import a\nfrom b import c", []),
        ("x = f'{a} is {b}'", []),
        ("x = 1\nx = 1", ["1 -> 2", "1 -> 0", "1 -> 2 (2)", "1 -> 0 (2)"]),
        ("x = 1 + 1", ["1 + 1 -> 1 - 1", "1 -> 2", "1 -> 0", "1 -> 2 (2)", "1 -> 0 (2)"]),
        (
            "self.finding(s, p, 'm', help='h')",
            [
                "self.finding(s, p, 'm', help='h') -> pass",
                "self.finding(s, p, 'm', help='h') -> self.finding(s, p, 'm')",
                "self.finding(s, p, 'm', help='h') -> self.finding(s, type(p)(0, 0), 'm', help='h')",
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_planted(mutants: ModuleType, source: str, expected: list[str]) -> None:
    assert changes(source) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"'a|b'", ["the alternative a|", "the alternative |b"]),
        (
            r"r'(?:a|b(?:c|d))\b|e'",
            [
                r"the alternative (?:a|b(?:c|d))\b|",
                "the alternative a|",
                "the alternative |b(?:c|d)",
                "the alternative c|",
                "the alternative |d",
                r"the bound \b",
                "the alternative |e",
            ],
        ),
        (r"r'^[|^$]\|(?!a)$'", ["the anchor ^", "the look-around (?!a)", "the anchor $"]),
        (r"rf'{x}|a{{2}}'", ["the alternative \ue000|", "the alternative |a{2}"]),
    ],
)  # fmt: skip
def test_what_is_cut_out_of_a_pattern(mutants: ModuleType, pattern: str, expected: list[str]) -> None:
    found = [change for change in changes(f"x = re.compile({pattern})") if change.startswith("pattern")]
    assert found == [f"pattern without {what}" for what in expected]


RULE = "gatekeeper/rules/log/verified_before_completed.py"


def altered(old: str, new: str) -> bool:
    """Whether the cases of a rule notice this change of its source."""
    source = (ROOT / RULE).read_text("utf-8")
    assert source.count(old) == 1
    checks = importlib.import_module("mutant_checks")
    noticed: bool = checks.is_noticed(ROOT / RULE, compile(source.replace(old, new), RULE, "exec"))
    return noticed


def test_a_rule_as_it_stands_passes(checks: ModuleType) -> None:
    for path in checks.modules():
        assert not checks.is_noticed(path, compile(path.read_text("utf-8"), str(path), "exec")), path


def test_a_planted_fault_is_killed_and_a_change_of_nothing_survives(checks: ModuleType) -> None:
    assert altered("one.verified_date < one.completed_date", "one.verified_date > one.completed_date")
    assert altered("severity=Severity.WARNING", "severity=Severity.ERROR")
    assert altered("yield self.finding(", "yield self.lost(")
    assert not altered("one.verified_date < one.completed_date", "one.completed_date > one.verified_date")


def test_what_hangs_is_killed_and_the_real_rules_are_back(checks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LIMIT_SECONDS", 0.2)
    before = importlib.import_module("gatekeeper.rules.log.verified_before_completed")
    assert altered("            if one.verified_date", "            while True: pass\n            if one.verified_date")
    assert importlib.import_module("gatekeeper.rules.log.verified_before_completed") is before


def test_a_survivor_is_told_with_its_place_and_the_listed_ones_are_left_out(
    mutants: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A rule of log dates has faults that change nothing: listed they are left out, else they are survivors."""
    paths = mutants.chosen("LG001")
    survivors = [one for one in mutants.run(paths, jobs=1) if one.state == "equivalent"]
    assert [one.mutation.change for one in survivors] == ["entry.date or '' -> entry.date"]
    monkeypatch.setattr(mutants, "EQUIVALENTS", tmp_path / "equivalents.toml")
    mutants.EQUIVALENTS.touch()
    told = mutants.run(paths, jobs=1)
    assert [one.state for one in told].count("survived") == 1
    rows = mutants.table(told)
    assert [row[0] for row in rows] == ["log", "all"]
    assert rows[0][1] == rows[0][2] + 1 == len(told)
    mutants.EQUIVALENTS.write_text(
        f"[['{told[0].path}']]\nline = 'gone'\nchanges = ['a -> b']\nwhy = 'x'\n"
        f"[['{told[0].path}']]\nline = '''{told[0].mutation.text}'''\nchanges = ['''{told[0].mutation.change}''']\nwhy = 'x'\n"
    )
    assert [line.split(": ")[1] for line in mutants.faults_of_list(told)] == ["no such fault", "killed after all"]


def test_every_equivalent_has_a_reason(mutants: ModuleType) -> None:
    for (path, line, change), why in mutants.equivalents().items():
        assert (ROOT / path).is_file(), path
        assert line, path
        assert change, path
        assert len(why) > 20, (path, line)


def test_the_cases_notice_nine_faults_of_ten(mutants: ModuleType) -> None:
    """One fault in twenty, the same ones as long as their lines stay; `make mutants` plants them all."""
    judged = mutants.run(mutants.modules(), share=SAMPLE, seed=1, jobs=1)
    *_, (name, total, killed, _, percent) = mutants.table(judged)
    assert name == "all"
    assert total > 100
    survivors = [f"{one.path}:{one.mutation.line}  {one.mutation.change}" for one in judged if one.state == "survived"]
    assert percent >= LEAST_PERCENT, "\n".join([f"{killed} of {total}", *survivors])
