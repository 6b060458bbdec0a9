"""Every rule, by code, and the look-up by code or name."""

from __future__ import annotations

from gatekeeper.rules import ai_runtime, claim, document, env, evidence, gate, log, policy, schema, status, waiver
from gatekeeper.rules.base import Rule

FAMILIES: dict[str, tuple[type[Rule], ...]] = {
    "ai_runtime": ai_runtime.RULES,
    "claim": claim.RULES,
    "document": document.RULES,
    "env": env.RULES,
    "evidence": evidence.RULES,
    "gate": gate.RULES,
    "log": log.RULES,
    "policy": policy.RULES,
    "schema": schema.RULES,
    "status": status.RULES,
    "waiver": waiver.RULES,
}
"""Folder of a family -> its table."""

RULES: tuple[type[Rule], ...] = tuple(
    sorted((rule for table in FAMILIES.values() for rule in table), key=lambda rule: rule.info.code)
)
"""Every rule, by code."""


def find_rule(code_or_name: str) -> type[Rule] | None:
    """The rule with this code or name, letter case forgiven; None when there is none."""
    wanted = code_or_name.strip().lower()
    return next((rule for rule in RULES if wanted in (rule.info.code.lower(), rule.info.name)), None)


def rule_page(rule: type[Rule]) -> str:
    """The rule's page in Markdown: its summary line, then its sections."""
    return rule.info.page
