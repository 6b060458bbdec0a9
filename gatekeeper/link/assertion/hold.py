"""Assertions and a project: of which things each is not true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec.structs import replace

from gatekeeper.link.assertion.count import check_count
from gatekeeper.link.assertion.expression import (
    INSTALL,
    ROUNDS_LIMIT,
    CelEvaluator,
    Evaluator,
    Expression,
    NotInstalledError,
)
from gatekeeper.link.assertion.selection import Matcher, Selection
from gatekeeper.link.assertion.things import Form, Thing, head_of
from gatekeeper.link.contract.demand.fault import find_schema_fault
from gatekeeper.link.contract.demand.judge import Judge, Objection, TooCostlyError
from gatekeeper.link.contract.demand.schema import expected_of, short
from gatekeeper.model.assertion.fact import AssertionFact, Breach
from gatekeeper.model.assertion.law import Assertion, What
from gatekeeper.model.errors import ConfigError, PolicyError
from gatekeeper.model.project import Project

STEPS, STEPS_MORE = 60_000, 6
"""Steps that a schema may take in a run, and as many more for each value of what it is held against: linear, and soon spent by harm."""

COST, COST_MORE = 3_000_000, 100
"""The same for an expression, in values that it looks at."""

_DETAILS_LIMIT = 3
_PROBED_LIMIT = 50
_CHANGES: tuple[object, ...] = (None, "", "zzz", 0, [], {})
_HEAVY_TEXT = 16


def verify_assertions(assertions: Sequence[Assertion], matcher: Matcher, evaluator: Evaluator | None = None) -> None:
    """Sees to it that every selector, schema and expression can be used; see `hold_assertions`.

    Raises:
        PolicyError: one cannot; it names the place.
    """
    for assertion in assertions:
        fault = find_schema_fault(assertion.schema) if assertion.schema is not None else ""
        if fault:
            message = f"the schema of {assertion.code} is not taken {fault}"
            hint = "write a JSON Schema of draft 2020-12 that stands on its own"
            raise PolicyError(message, hint, _where(assertion, "schema"))
        Held(assertion, matcher, evaluator or CelEvaluator())


def hold_assertions(
    assertions: Sequence[Assertion], project: Project, matcher: Matcher, evaluator: Evaluator | None = None
) -> tuple[AssertionFact, ...]:
    """What became of each assertion, in their order.

    Args:
        assertions: those that are in force.
        project: documents and what is known of them.
        matcher: makes gitignore patterns a function.
        evaluator: evaluates expressions; None for CEL.

    Raises:
        PolicyError: an assertion cannot be held, or asks for more steps than it has.
    """
    return tuple(Held(assertion, matcher, evaluator or CelEvaluator()).fact(project) for assertion in assertions)


class Held:
    """One assertion made ready."""

    def __init__(self, assertion: Assertion, matcher: Matcher, evaluator: Evaluator) -> None:
        self._assertion = assertion
        try:
            self._selection = Selection(assertion.select, matcher)
        except (ConfigError, ValueError) as error:
            hint = "write paths as in .gitignore and patterns as RE2 takes them"
            raise PolicyError(f"{assertion.code} selects nothing: {error}", hint, _where(assertion, "select")) from None
        self._expression = _compile(assertion, evaluator) if assertion.cel else None

    def fact(self, project: Project) -> AssertionFact:
        """What became of it."""
        assertion = self._assertion
        things = list(self._selection.find(project))
        judge, meter = self._means()
        breaches = [one for thing in things for one in self._breach(thing, judge, meter)]
        if assertion.count is not None:
            breaches += check_count(assertion.count, things, list(self._selection.around(project)))
        return AssertionFact(assertion, len(things), tuple(breaches))

    def find_change(self, project: Project) -> str:
        """A field whose change makes it object to something that it takes as it is; "" where there is none.

        Each field of the first things is taken away, emptied and made another in turn.
        """
        judge, meter = self._means()
        for thing in islice(self._selection.find(project), _PROBED_LIMIT):
            form = thing.form
            for name, change in ((name, change) for name in form for change in _CHANGES):
                changed = replace(thing, make=lambda name=name, change=change, form=form: {**form, name: change})
                if any(self._breach(changed, judge, meter)):
                    return name
        return ""

    def _means(self) -> tuple[Judge | None, _Meter]:
        assertion = self._assertion
        return None if assertion.schema is None else Judge(assertion.schema, STEPS), _Meter(assertion)

    def _breach(self, thing: Thing, judge: Judge | None, meter: _Meter) -> Iterator[Breach]:
        """What is wrong with one thing, told once."""
        size, longest = _measure(thing.form)
        details = [] if judge is None else _object_to(self._assertion, thing, judge, size)
        is_sure = True
        if self._expression is not None:
            meter.spend(size, longest, self._expression)
            verdict = self._expression.judge(_values(thing))
            is_sure = isinstance(verdict, bool) or bool(details)
            if verdict is not True:
                details.append(_told(self._assertion.cel, verdict))
        if details:
            more = f" and {len(details) - _DETAILS_LIMIT} more" if len(details) > _DETAILS_LIMIT else ""
            detail = "; ".join(details[:_DETAILS_LIMIT]) + more
            yield Breach(detail, thing.form, thing.spot(), thing.label, is_sure)


class _Meter:
    """What the expression of an assertion may still look at."""

    def __init__(self, assertion: Assertion) -> None:
        self._assertion = assertion
        self._left = COST

    def spend(self, size: int, longest: int, expression: Expression) -> None:
        """Counts one evaluation.

        Raises:
            PolicyError: nothing is left.
        """
        self._left += size * COST_MORE
        self._left -= size * min(ROUNDS_LIMIT, max(longest, expression.width) ** expression.rounds)
        if self._left < 0:
            raise _too_costly(self._assertion, "cel", "expression")


def _measure(form: Form) -> tuple[int, int]:
    """How many values a thing has, long texts counted as several; and the length of its longest list."""
    size, longest, stack = 0, 1, [form]
    while stack:
        one: Any = stack.pop()
        size += 1 + (len(one) // _HEAVY_TEXT if isinstance(one, str) else 0)
        if isinstance(one, dict | list):
            longest = max(longest, len(one))
            stack.extend(one.values() if isinstance(one, dict) else one)
    return size, longest


def _too_costly(assertion: Assertion, key: str, what: str) -> PolicyError:
    message = f"the {what} of {assertion.code} takes too many steps over what it selects"
    return PolicyError(message, f"make the {what} simpler, or select less", _where(assertion, key))


def _object_to(assertion: Assertion, thing: Thing, judge: Judge, size: int) -> list[str]:
    judge.grant(size * STEPS_MORE)
    try:
        return [_words(objection, thing.form) for objection in judge.object_to(thing.form)]
    except TooCostlyError:
        raise _too_costly(assertion, "schema", "schema") from None


def _words(objection: Objection, form: Form) -> str:
    """What a schema has against a thing: what was read, and what was expected."""
    value: Any = form
    for part in objection.path:
        value = value[part]
    label = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in objection.path)
    name = f"`{label.removeprefix('.')}`" if label else "it"
    if objection.word in ("required", "dependentRequired"):
        return f"{name} has no `{objection.subject}`"
    if objection.word == "additionalProperties":
        return f"{name} has `{objection.subject}`, which is not expected"
    return f"{name} is {_shown(value)}, expected {expected_of(objection)}"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"a list of {len(value)} {'entry' if len(value) == 1 else 'entries'}" if value else "an empty list"
    return (
        f"a mapping of {len(value)} keys" if isinstance(value, dict) else "not given" if value is None else short(value)
    )


def _told(text: str, verdict: bool | str) -> str:
    if verdict is False:
        return f"`{' '.join(text.split())}` is not true"
    return f"it cannot be told whether `{' '.join(text.split())}`: {verdict}"


def _values(thing: Thing) -> dict[str, object]:
    return {What.DOCUMENT.value: head_of(thing.document), thing.what.value: thing.form}


def _compile(assertion: Assertion, evaluator: Evaluator) -> Expression:
    """The expression of an assertion.

    Raises:
        PolicyError: it is none, asks for a field that there is not, or nothing is installed that evaluates it.
    """
    what, where = assertion.select.what, _where(assertion, "cel")
    names = tuple(dict.fromkeys((what.value, What.DOCUMENT.value)))
    try:
        return evaluator.compile(assertion.cel, names)
    except NotInstalledError:
        message = f"the expression of {assertion.code} needs cel-expr-python, which is not installed"
        raise PolicyError(message, f"install it: {INSTALL}", where) from None
    except ValueError as error:
        hint = f"write an expression of CEL about {' and '.join(names)} that is true or false"
        raise PolicyError(f"the expression of {assertion.code} is not taken: {error}", hint, where) from None


def _where(assertion: Assertion, key: str) -> str:
    return assertion.places.get(key, assertion.where)
