"""AI: what contracts about the AI runtime rule out."""

from __future__ import annotations

from gatekeeper.rules.ai_runtime.alert_code import AlertCodeMissing
from gatekeeper.rules.ai_runtime.dashboard import DashboardRenamed
from gatekeeper.rules.ai_runtime.playbook_section import PlaybookSectionMissing
from gatekeeper.rules.ai_runtime.registry import RegistryBroken
from gatekeeper.rules.ai_runtime.runbook import RunbookMissing
from gatekeeper.rules.ai_runtime.stage_threshold import StageLoosens
from gatekeeper.rules.ai_runtime.states import StatesDiffer
from gatekeeper.rules.ai_runtime.taxonomy_item import TaxonomyItemMissing
from gatekeeper.rules.ai_runtime.threshold import ThresholdOutOfRange
from gatekeeper.rules.base import Rule

RULES: tuple[type[Rule], ...] = (
    ThresholdOutOfRange,
    DashboardRenamed,
    AlertCodeMissing,
    RunbookMissing,
    PlaybookSectionMissing,
    TaxonomyItemMissing,
    StageLoosens,
    StatesDiffer,
    RegistryBroken,
)
