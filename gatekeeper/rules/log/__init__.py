"""LG: what is wrong with the course of a log."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.log.change_not_shown import ChangeNotShown
from gatekeeper.rules.log.date_in_future import DateInFuture
from gatekeeper.rules.log.date_out_of_order import DateOutOfOrder
from gatekeeper.rules.log.next_already_done import NextAlreadyDone
from gatekeeper.rules.log.number_doubled import NumberDoubled
from gatekeeper.rules.log.number_skipped import NumberSkipped
from gatekeeper.rules.log.updated_before_completed import UpdatedBeforeCompleted
from gatekeeper.rules.log.verified_before_completed import VerifiedBeforeCompleted

RULES: tuple[type[Rule], ...] = (
    DateOutOfOrder,
    DateInFuture,
    NumberSkipped,
    NumberDoubled,
    VerifiedBeforeCompleted,
    ChangeNotShown,
    NextAlreadyDone,
    UpdatedBeforeCompleted,
)
