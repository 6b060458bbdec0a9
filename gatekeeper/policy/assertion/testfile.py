"""Files that test a policy: documents, and the findings that the policy must give on them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, StrictStr

from gatekeeper.model.assertion.law import Example
from gatekeeper.model.errors import PolicyError
from gatekeeper.policy.assertion.section import ExampleEntry
from gatekeeper.policy.faults import Faults
from gatekeeper.policy.rules import KNOWN, RuleName, codes_of
from gatekeeper.policy.section import OR_NO_ENTRIES, Section, fault
from gatekeeper.policy.source.value import Source
from gatekeeper.policy.source.wording import read_model


def _policy(path: str) -> str:
    if not path.endswith((".yml", ".yaml", ".json")) or path.startswith("/") or "\\" in path or ":" in path:
        hint = "write its path relative to this file"
        raise fault("read {read} as a policy, expected a relative path that ends in .yml, .yaml or .json", hint)
    return path


class TestEntry(ExampleEntry):
    """One test."""

    what = "a test"

    only: Annotated[tuple[RuleName, ...], OR_NO_ENTRIES] = Field(
        default=(), description="Rules whose findings are compared, by code or name; without it all of them."
    )


class TestFile(Section):
    """Tests of a policy; a file of them ends in .policy-test.yml."""

    what = "a file of tests"

    policy: Annotated[StrictStr, AfterValidator(_policy)] | None = Field(
        default=None, description="Path of the policy, relative to this file; without it the repository's."
    )
    tests: Annotated[tuple[TestEntry, ...], OR_NO_ENTRIES] = Field(description="The tests.")


def policy_path(source: Source) -> str | None:
    """The policy that a file of tests is about, as a path from the root on; None for the repository's.

    Raises:
        PolicyError: it lies outside of the repository.
    """
    value = source.root and source.root.find("policy")
    if not value or not value.word:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source.name), value.word))
    if path.startswith(("../", "/")) or path == "..":
        raise PolicyError(f"{path} lies outside of the repository", "name a policy inside of it", value.where)
    return path


def read_tests(source: Source, names: Mapping[str, str]) -> tuple[Example, ...]:
    """The tests of a file, in file order.

    Args:
        source: the file.
        names: code -> name of every rule under the policy that it is about.

    Raises:
        PolicyError: the file is none of tests; it tells the first fault and carries all.
    """
    if source.root is None:
        return ()
    faults = Faults()
    model = read_model(TestFile, source.root, faults, {KNOWN: names})
    faults.settle()
    assert model is not None
    codes = codes_of(names)
    tests = source.root.find("tests")
    places = tests.entries if tests else ()
    return tuple(
        entry.build(place.where, [codes.get(word, word) for word in entry.only])
        for entry, place in zip(model.tests, places, strict=True)
    )
