"""GA: what is wrong with gates and with the order of units of work."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.gate.dependency_not_done import DependencyNotDone
from gatekeeper.rules.gate.earlier_not_passed import EarlierNotPassed
from gatekeeper.rules.gate.id_doubled import IdDoubled
from gatekeeper.rules.gate.id_out_of_order import IdOutOfOrder
from gatekeeper.rules.gate.index_entry_missing import IndexEntryMissing
from gatekeeper.rules.gate.name_differs import NameDiffers
from gatekeeper.rules.gate.not_closed import NotClosed
from gatekeeper.rules.gate.number_skipped import UnitNumberSkipped
from gatekeeper.rules.gate.pack_differs import PackDiffers
from gatekeeper.rules.gate.passed_out_of_order import PassedOutOfOrder
from gatekeeper.rules.gate.passed_unmet import PassedUnmet
from gatekeeper.rules.gate.sign_off_missing import SignOffMissing
from gatekeeper.rules.gate.unit_name_differs import UnitNameDiffers
from gatekeeper.rules.gate.without_owner import WithoutOwner

RULES: tuple[type[Rule], ...] = (
    NameDiffers,
    PassedOutOfOrder,
    EarlierNotPassed,
    DependencyNotDone,
    NotClosed,
    IdOutOfOrder,
    UnitNumberSkipped,
    IdDoubled,
    UnitNameDiffers,
    IndexEntryMissing,
    PassedUnmet,
    PackDiffers,
    SignOffMissing,
    WithoutOwner,
)
