"""The list of steps that a policy may allow."""

from __future__ import annotations

import pytest

from gatekeeper.model.errors import PolicyError
from gatekeeper.rules.status.transition_not_allowed import TransitionNotAllowed


@pytest.mark.parametrize(
    "step", ["queued", "queued -> ", "-> done", "queued -> finished", "begun -> done", "a -> b", ""]
)
def test_what_is_no_step_is_refused(step: str) -> None:
    with pytest.raises(PolicyError, match="is no transition") as caught:
        TransitionNotAllowed({"transitions": [step]})
    assert "in_progress" in caught.value.hint


def test_states_are_read_as_people_write_them() -> None:
    TransitionNotAllowed({"transitions": ["Queued -> In Progress", "in-progress->DONE"]})
