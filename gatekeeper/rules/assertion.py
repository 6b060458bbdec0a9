"""The one rule of all assertions: an assertion is data, its code is a rule's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gatekeeper.model.assertion.fact import Breach, Spot
from gatekeeper.model.assertion.law import Assertion
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.text import Position
from gatekeeper.rules.base import ProjectRule, quoted

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PACK = "pack:"
_LISTED_LIMIT = 5


class AssertionRule(ProjectRule):
    """Something of which an assertion of the policy is not true."""

    def __init__(self, assertion: Assertion, options: Mapping[str, object] | None = None) -> None:
        """The rule of one assertion.

        Raises:
            PolicyError: there are options, of which it has none.
        """
        self.info = card_of(assertion)
        super().__init__(options)

    def check(self, project: Project) -> Iterator[Finding]:
        """A finding for each thing of which the assertion is not true."""
        for fact in project.assertions:
            if fact.assertion.code == self.info.code:
                yield from (self._tell(breach, fact.assertion) for breach in fact.breaches)

    def _tell(self, breach: Breach, assertion: Assertion) -> Finding:
        info, law = self.info, _law(assertion)
        location = _located(breach.spot) if breach.spot else law or Location.whole(assertion.file)
        related = tuple(_located(spot) for spot in breach.related)
        finding = Finding(
            info.code,
            info.name,
            info.severity,
            _message(breach, assertion),
            location,
            help=_help(assertion),
            subject=breach.subject,
            related=(*related, *([law] if law and breach.spot else [])),
        )
        # What cannot be told must not be called wrong.
        return (
            finding if breach.is_sure or info.severity is Severity.NOTE else replace(finding, severity=Severity.WARNING)
        )


def card_of(assertion: Assertion) -> RuleInfo:
    """The card of an assertion's rule, with its page in Markdown."""
    return RuleInfo(assertion.code, assertion.name, assertion.severity, "", page=_page(assertion))


def _page(assertion: Assertion) -> str:
    select, count = assertion.select, assertion.count
    chosen = {
        "what": select.what.value,
        "path": list(select.paths),
        "document": list(select.documents),
        "kind": list(select.kinds),
        "status": list(select.statuses),
        **select.patterns,
    }
    demands = [
        ("Selects", json.dumps({name: one for name, one in chosen.items() if one}, ensure_ascii=False)),
        ("Schema", "" if assertion.schema is None else json.dumps(assertion.schema, indent=2, ensure_ascii=False)),
        ("Expression", assertion.cel),
        ("Count", "" if count is None else json.dumps({"min": count.least, "max": count.most, "per": count.per})),
    ]
    first = assertion.message or f"An assertion of the policy, {assertion.name}, is not true."
    parts = [" ".join(first.split()), f"It stands at {assertion.where}."]
    parts += [f"## {title}\n\n~~~~\n{text}\n~~~~" for title, text in demands if text]
    return "\n\n".join(parts)


def _message(breach: Breach, assertion: Assertion) -> str:
    """The policy's own words with what the thing says in them, then what was read and what was expected."""
    said = _PLACEHOLDER.sub(lambda match: _shown(breach.fields.get(match[1])), " ".join(assertion.message.split()))
    if not said:
        named = f"{quoted(breach.subject)} is not as `{assertion.name}` asks" if breach.subject else assertion.name
        return f"{named}: {breach.detail}"
    return f"{said.rstrip('.')}: {breach.detail}"


def _shown(value: object) -> str:
    if value is None or value in ("", [], {}):
        return "nothing"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        words = [one.get("target", one.get("title", "")) if isinstance(one, dict) else one for one in value]
        more = f" and {len(words) - _LISTED_LIMIT} more" if len(words) > _LISTED_LIMIT else ""
        return ", ".join(quoted(str(word)) for word in words[:_LISTED_LIMIT]) + more
    return quoted(str(value.get("title", "") if isinstance(value, dict) else value))


def _help(assertion: Assertion) -> str:
    at = f", at {assertion.where}" if assertion.where.startswith(_PACK) else ""
    return f"the policy asks for it (assertion `{assertion.name}`{at}); `gatekeeper rule {assertion.code}` shows it"


def _located(spot: Spot) -> Location:
    return Location.at(spot.source, spot.span, spot.message)


def _law(assertion: Assertion) -> Location | None:
    """The place of an assertion in a policy file; None for a pack, which is no file of the repository."""
    path, line, column = assertion.where.rsplit(":", 2) if assertion.where.count(":") >= 2 else ("", "", "")
    if path.startswith(_PACK) or not line.isdecimal() or not column.isdecimal():
        return None
    position = Position(int(line), int(column))
    return Location(path, position, position, "", f"assertion `{assertion.name}`")
