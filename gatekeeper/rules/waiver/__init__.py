"""WV: waivers and the baseline: exceptions that ended, cover nothing, or should not be."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.waiver.baseline_stale import BaselineStale
from gatekeeper.rules.waiver.expired import Expired
from gatekeeper.rules.waiver.expires_soon import ExpiresSoon
from gatekeeper.rules.waiver.malformed import Malformed
from gatekeeper.rules.waiver.self_approved import SelfApproved
from gatekeeper.rules.waiver.too_long import TooLong
from gatekeeper.rules.waiver.unknown_rule import UnknownRule
from gatekeeper.rules.waiver.unused import Unused
from gatekeeper.rules.waiver.unwaivable import Unwaivable

RULES: tuple[type[Rule], ...] = (
    Expired,
    Unused,
    Malformed,
    UnknownRule,
    Unwaivable,
    TooLong,
    SelfApproved,
    ExpiresSoon,
    BaselineStale,
)
