"""PO: changes that weaken the law by which they are judged; only with a trusted commit."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.policy.baseline_grown import BaselineGrown
from gatekeeper.rules.policy.rule_weakened import RuleWeakened
from gatekeeper.rules.policy.scope_changed import ScopeChanged
from gatekeeper.rules.policy.setting_changed import SettingChanged
from gatekeeper.rules.policy.waiver_added import WaiverAdded

RULES: tuple[type[Rule], ...] = (
    RuleWeakened,
    SettingChanged,
    WaiverAdded,
    BaselineGrown,
    ScopeChanged,
)
