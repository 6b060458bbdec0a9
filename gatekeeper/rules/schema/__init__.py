"""SC: what contracts of the policy rule out."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.schema.contract_broken import ContractBroken
from gatekeeper.rules.schema.not_judged import NotJudged
from gatekeeper.rules.schema.subject_missing import SubjectMissing

RULES: tuple[type[Rule], ...] = (
    ContractBroken,
    SubjectMissing,
    NotJudged,
)
