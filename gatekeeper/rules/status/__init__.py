"""ST: what is wrong with a status as it is written."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.status.not_in_legend import NotInLegend
from gatekeeper.rules.status.not_understood import NotUnderstood

RULES: tuple[type[Rule], ...] = (NotInLegend, NotUnderstood)
