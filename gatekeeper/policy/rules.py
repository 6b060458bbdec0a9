"""The section `rules`: which rules hold, how strictly, with which options and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from msgspec import Struct, field
from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, Tag, ValidationInfo

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import PolicyLine
from gatekeeper.policy.faults import quoted, remedy
from gatekeeper.policy.policy import OFF, RuleSetting
from gatekeeper.policy.section import BY_SHAPE, MAPPING, OR_NO_NAMES, SCALAR, Glob, Section, fault, one_of
from gatekeeper.policy.source.layer import Entry, Layer
from gatekeeper.policy.source.value import KEY

KNOWN = "rules"
"""In the context of a reading: code and name of every rule there is, code -> name; without it any word is a code."""

_HARDEN = "harden-after-days"
_LEVELS = (OFF, *(level.value for level in Severity))


def _off(value: object) -> object:
    """YAML 1.1 and many editors make `false` of a bare `off`."""
    return OFF if value is False else value


Level = Annotated[Literal["off", "error", "warning", "note"], one_of(_LEVELS, "a severity"), BeforeValidator(_off)]


class RuleTable(Section):
    """Severity, options and paths of one rule."""

    what = "a rule's setting"

    severity: Level | None = Field(default=None, description="How bad a finding is; off turns the rule off.")
    options: Annotated[dict[str, Any], OR_NO_NAMES] = Field(
        default={}, description="What the rule's page lists as its options."
    )
    paths: Annotated[dict[Glob, Level], OR_NO_NAMES] = Field(
        default={},
        description="Severity by the path of the document, as gitignore patterns; the last one that matches wins.",
    )
    harden_after_days: Annotated[StrictInt, Field(ge=1)] | None = Field(
        default=None, description="Days after which a finding is one step worse: a note a warning, a warning an error."
    )


RuleEntry = Annotated[Annotated[Level, Tag(SCALAR)] | Annotated[RuleTable, Tag(MAPPING)], BY_SHAPE]


def codes_of(known: Mapping[str, str]) -> dict[str, str]:
    """Code and name of each rule -> its code."""
    return {**{name: code for code, name in known.items()}, **{code: code for code in known}}


def _rule(word: str, info: ValidationInfo) -> str:
    known = (info.context or {}).get(KNOWN)
    codes = None if known is None else codes_of(known)
    if codes is not None and word not in codes:
        hint = remedy(word, codes, "`gatekeeper rule` lists the rules")
        raise fault("{read} is not a rule, expected a code or name", hint)
    return word


def _once(entries: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    codes = codes_of((info.context or {}).get(KNOWN) or {})
    seen: set[str] = set()
    for word in entries:
        code = codes.get(word, word)
        if code in seen:
            raise fault(f"{quoted(word)} sets {code} a second time", "keep one of the two lines", (word, KEY))
        seen.add(code)
    return entries


RuleName = Annotated[str, AfterValidator(_rule)]
"""Code or name of a rule that there is."""

Rules = Annotated[dict[RuleName, RuleEntry], OR_NO_NAMES, AfterValidator(_once)]


class MergedRule(Struct):
    """What the layers say of one rule, later ones over earlier ones.

    Attributes:
        severity: the line that sets it; None where none does.
        options: name -> the line that sets it; `paths` by pattern likewise, in the order in which they are tried.
        harden: the line that says after how many days findings are one step worse; None where none does.
        where: place of the last setting.
    """

    code: str
    severity: PolicyLine | None = None
    harden: PolicyLine | None = None
    options: dict[str, PolicyLine] = field(default_factory=dict)
    paths: dict[str, PolicyLine] = field(default_factory=dict)
    where: str = ""

    def take(self, entry: Entry) -> None:
        """Lets an entry of a later layer win."""
        self.where = entry.name.where
        if not isinstance(entry.model, RuleTable):
            self.severity = PolicyLine(("rules", self.code, "severity"), entry.model, self.where)
            return
        if entry.model.severity is not None:
            self.severity = PolicyLine(
                ("rules", self.code, "severity"), entry.model.severity, entry.origin(("severity",))
            )
        if entry.model.harden_after_days is not None:
            self.harden = PolicyLine(
                ("rules", self.code, _HARDEN), entry.model.harden_after_days, entry.origin((_HARDEN,))
            )
        for part, values in (("options", entry.model.options), ("paths", entry.model.paths)):
            lines = getattr(self, part)
            for word, value in values.items():
                lines.pop(word, None)
                lines[word] = PolicyLine(("rules", self.code, part, word), value, entry.origin((part, word, KEY)))

    def setting(self) -> RuleSetting:
        """As the engine sees it."""
        level = OFF if self.severity is None else self.severity.value
        return RuleSetting(
            severity=None if level == OFF else Severity(str(level)),
            enabled=self.severity is None or level != OFF,
            options={word: line.value for word, line in self.options.items()},
            paths=tuple(
                (glob, None if line.value == OFF else Severity(str(line.value))) for glob, line in self.paths.items()
            ),
            harden_after_days=None if self.harden is None else int(str(self.harden.value)),
            where=self.where,
        )

    def lines(self) -> list[PolicyLine]:
        """Its settings with their places; one without a value where the rule is only named."""
        single = [line for line in (self.severity, self.harden) if line is not None]
        named = [*single, *self.options.values(), *self.paths.values()]
        return named or [PolicyLine(("rules", self.code), {}, self.where)]


def merge_rules(layers: Iterable[Layer], codes: Mapping[str, str]) -> dict[str, MergedRule]:
    """The rules that the layers speak of, by code; `codes` is code and name of each rule -> its code."""
    found: dict[str, MergedRule] = {}
    for layer in layers:
        for entry in layer.entries("rules"):
            code = codes.get(entry.word, entry.word)
            found.setdefault(code, MergedRule(code)).take(entry)
    return found


def rule_lines(rules: Mapping[str, MergedRule]) -> Iterator[PolicyLine]:
    """Every setting of every rule with its place, by code."""
    for code in sorted(rules):
        yield from rules[code].lines()
