"""Whether an assertion can object at all to what is there."""

from __future__ import annotations

from gatekeeper.link.assertion.expression import CelEvaluator, Evaluator
from gatekeeper.link.assertion.hold import Held
from gatekeeper.link.assertion.selection import Matcher
from gatekeeper.model.assertion.law import Assertion
from gatekeeper.model.project import Project


def find_objection(assertion: Assertion, project: Project, matcher: Matcher, evaluator: Evaluator | None = None) -> str:
    """A change of one of the things that are selected to which the assertion would object, in words; "" for none.

    Raises:
        PolicyError: see `hold_assertions`.
    """
    count = assertion.count
    if count is not None and (count.least or count.most is not None):
        return "another number of things"
    field = Held(assertion, matcher, evaluator or CelEvaluator()).find_change(project)
    return f"another value of `{field}`" if field else ""
