"""Which of two settings demands less, where that can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo, RuleStatus
from gatekeeper.policy.policy import OFF, RuleSetting

_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "max"})
_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "min"})
# Below these a schema says what must not be, or what may be instead.
_TURNED = frozenset({"not", "if", "then", "else", "anyOf", "oneOf", "contains"})


def level_of(setting: RuleSetting | None, info: RuleInfo) -> str:
    """A rule's severity where no path says otherwise, or `off`."""
    if info.status is RuleStatus.REMOVED or (setting is not None and not setting.enabled):
        return OFF
    if setting is None:
        return OFF if info.status is RuleStatus.PREVIEW else info.severity.value
    return (setting.severity or info.severity).value


def is_lower(level: str, than: str) -> bool:
    """Whether a severity, or `off`, is less than another."""
    ranks = [-1 if one == OFF else Severity(one).rank for one in (level, than)]
    return ranks[0] < ranks[1]


def iter_lowered_paths(
    before: RuleSetting | None, after: RuleSetting | None, info: RuleInfo
) -> Iterator[tuple[str, str, str]]:
    """Pattern of each path for which a rule comes to hold less strictly, with its severities before and after.

    Patterns are compared as written: one that was not there before, or is gone, has the rule's own severity on that side. Where only the order of
    the same patterns differs, the first one that moved is told if all others are as strict.
    """
    old, new = _paths(before), _paths(after)
    base = level_of(before, info), level_of(after, info)
    lowered = False
    for glob in dict.fromkeys((*new, *old)):
        was, now = old.get(glob, base[0]), new.get(glob, base[1])
        # A pattern without its own word falls with the rule, which is told already.
        if is_lower(now, was) and (glob in old or glob in new):
            lowered = True
            yield glob, was, now
    if not lowered and old.keys() == new.keys():
        for first, second in zip(old, new, strict=True):
            if first != second:
                yield second, f"after {first}", f"before {first}"
                return


def _paths(setting: RuleSetting | None) -> dict[str, str]:
    found = setting.paths if setting is not None else ()
    return {glob: severity.value if severity is not None else OFF for glob, severity in found}


def iter_looser_options(
    before: RuleSetting | None, after: RuleSetting | None, kind: type[Any]
) -> Iterator[tuple[str, object, object]]:
    """Name of each option of a rule that is looser after than before, or of which nobody can tell, with both values.

    Args:
        before: None where the law says nothing of the rule.
        after: likewise.
        kind: the rule's dataclass of options.
    """
    default = kind()
    for one in fields(kind):
        values = [_option(setting, one.name, getattr(default, one.name)) for setting in (before, after)]
        if values[0] != values[1] and not _is_tighter(str(one.metadata.get("looser", "")), values[0], values[1]):
            yield one.name.replace("_", "-"), values[0], values[1]


def _option(setting: RuleSetting | None, name: str, default: object) -> object:
    given = {word.replace("-", "_"): value for word, value in setting.options.items()} if setting is not None else {}
    value = given.get(name, default)
    return tuple(value) if isinstance(value, list) else value


def _is_tighter(looser: str, old: Any, new: Any) -> bool:
    """Whether a new value is stricter than another one, by the direction in which the option gets looser."""
    if type(old) is not type(new):
        return False
    if isinstance(old, tuple):
        return looser == "longer" and set(new) <= set(old)
    return bool((looser == "higher" and new < old) or (looser == "lower" and new > old))


def is_stricter(key: tuple[str, ...], old: str, new: str, before: Mapping[tuple[str, ...], object]) -> bool:
    """Whether a setting of a contract, an assertion or the environment is stricter for sure than it was.

    Args:
        key: the way to it.
        old: its value in words; "" where it was not there.
        new: likewise.
        before: the settings that were there, by their way.
    """
    if _TURNED & set(key):
        return False
    if not old:
        return _only_adds(key, new, before)
    name = key[-1]
    if key[0] == "environment" and name in ("required", "secret"):
        return new == "true"
    try:
        numbers = float(old), float(new)
    except ValueError:
        return False
    return (name in _UPPER and numbers[1] < numbers[0]) or (name in _LOWER and numbers[1] > numbers[0])


def _only_adds(key: tuple[str, ...], new: str, before: Mapping[tuple[str, ...], object]) -> bool:
    """Whether what was not there before asks for more: an entry that must be there, a variable of which nothing was said."""
    if key[:2] == ("environment", "keys"):
        is_known = any(one[:3] == key[:3] for one in before)
        return not is_known and key[3:] != ("secret",)
    if key[:2] == ("environment", "secrets"):
        return True
    return len(key) > 2 and key[-2] in ("required", "includes") and key[0] in ("contracts", "assertions")
