"""Names of tests in the text of a file."""

from __future__ import annotations

import pytest

from gatekeeper.link.named_tests import iter_missing_names

SCRIPT = r"""
describe("Sign-in", () => {
  it('doesn\'t take a bad password', () => {});
  it("takes a good
      one", () => {});
  test.each(rows)("adds %i and %i to a sum", () => {});
  test(`opens the ${page} page`, () => {});
});
class TestSignOut:
    def test_clears_the_session(self): ...
"""


@pytest.mark.parametrize(
    "name",
    [
        "doesn't take a bad password",
        "takes a good one",
        "Takes A Good One",
        "Sign-in > takes a good one",
        "TestSignOut::test_clears_the_session",
        "TestSignOut.test_clears_the_session",
        "test_clears_the_session[chrome]",
        "test_clears_the_session()",
        "takes a ... one",
        "adds 1 and 2 to a sum",
        "opens the start page",
    ],
)
def test_a_name_that_stands_there(name: str) -> None:
    assert list(iter_missing_names(SCRIPT, [name])) == []


@pytest.mark.parametrize(
    "name",
    ["takes a bad password", "one ... takes", "TestSignOut::test_other", "adds 1 and 2", "opens the start screen"],
)
def test_a_name_that_does_not(name: str) -> None:
    assert list(iter_missing_names(SCRIPT, [name])) == [name]


def test_only_the_missing_names_come_back_in_their_order() -> None:
    assert list(iter_missing_names("def test_a(): ...", ["test_c", "test_a", "test_b"])) == ["test_c", "test_b"]
