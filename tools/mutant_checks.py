"""Whether a case, or an example on a page, notices that a module of the rules has become another."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from gatekeeper.rules.base import Rule

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "gatekeeper" / "rules"
# Rules about documents, which look at one document or at the project; the others look at what these found.
FAMILIES = ("claim", "document", "evidence", "gate", "log", "status")
LIMIT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class _Check:
    """A case, or the example of a page, with its documents linked: rules are pure functions of that.

    Attributes:
        what: the case; for an example whether it is the bad one.
    """

    code: str
    what: Any
    linked: Any

    def run(self, rules: Sequence[type[Rule]]) -> None:
        """Raises AssertionError when these rules do not find what is expected of them."""
        own = [rule for rule in rules if rule.info.code == self.code]
        if self.what is True:
            harness().check_bad_example(own[0], self.linked, own)
        elif self.what is False:
            harness().check_good_example(own[0], self.linked, own)
        else:
            harness().check_case(self.what, self.code, self.linked, rules if self.what.is_whole else own)


def modules() -> list[Path]:
    """Every rule file and family helper of these families, in order."""
    files = (path for family in FAMILIES for path in sorted((RULES / family).glob("*.py")))
    return [path for path in files if path.name != "__init__.py"]


def is_noticed(path: Path, code: CodeType) -> bool:
    """Whether a check of a rule that uses the module fails, or takes too long, when the module is this code."""
    try:
        with _time_limit(), _loaded(path, code) as rules:
            for check in _checks(frozenset(rule.info.code for rule in rules)):
                check.run(rules)
    except Exception:
        return True
    return False


@cache
def harness() -> Any:
    """The module of tests that reads and checks case files."""
    spec = importlib.util.spec_from_file_location("case_files", ROOT / "tests" / "rules" / "test_cases.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["case_files"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raises TimeoutError in what takes too long; for the main thread of a system with alarms."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _loaded(path: Path, code: CodeType) -> Iterator[list[type[Rule]]]:
    """The rules that use the module, made anew with this code in its place; the real modules are back afterwards."""
    codes = {_name(path): code} | {_name(user): _code(user) for user in _users(path)}
    real = {name: importlib.import_module(name) for name in codes}
    try:
        for name, one in codes.items():
            sys.modules[name] = ModuleType(name)
            exec(one, vars(sys.modules[name]))
        made = [value for name in codes for value in vars(sys.modules[name]).values()]
        kinds = [one for one in made if isinstance(one, type) and issubclass(one, Rule) and one.__module__ in codes]
        yield [kind for kind in dict.fromkeys(kinds) if "info" in vars(kind)]
    finally:
        sys.modules.update(real)


@cache
def _users(path: Path) -> tuple[Path, ...]:
    """The modules of the rules that import a module, those that are imported by others first."""
    found: dict[Path, None] = {}
    for other in modules():
        if other != path and _name(path) in _imports(other):
            found |= dict.fromkeys((other, *_users(other)))
    return tuple(sorted(found, key=lambda one: len(_users(one)), reverse=True))


@cache
def _imports(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))


@cache
def _code(path: Path) -> CodeType:
    return compile(path.read_text("utf-8"), str(path), "exec")


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def _checks(codes: frozenset[str]) -> list[_Check]:
    """Every check of these rules; of a case that lists all findings, what it lists of theirs."""
    return [_restricted(check, codes) for code in sorted(codes) for check in _checks_of(code)]


def _restricted(check: _Check, codes: frozenset[str]) -> _Check:
    if isinstance(check.what, bool):
        return check
    expected: list[str] = []
    is_kept = False
    for line in check.what.expected:
        is_kept = is_kept if line.startswith("  ") else harness().LINE.match(line)["code"] in codes
        expected += [line] if is_kept else []
    return replace(check, what=replace(check.what, expected=expected))


@cache
def _checks_of(code: str) -> list[_Check]:
    tests = harness()
    rule = tests.find_rule(code)
    found = [_Check(code, name == "Bad", tests.examples(rule, name).linked()) for name in ("Bad", "Good")]
    (path,) = (path for path in tests.CASES if path.stem == code)
    for title, text in tests.iter_sections(path.read_text("utf-8")):
        case = tests.parse_case(title, text)
        found.append(_Check(code, case, case.repository.linked()))
    return found
