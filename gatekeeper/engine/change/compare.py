"""How the law that a change proposes is weaker than the one in force: rules, settings, scope, waivers, baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from gatekeeper.engine.change.looser import is_lower, is_stricter, iter_looser_options, iter_lowered_paths, level_of
from gatekeeper.model.exception.settlement import ChangeKind, LawChange
from gatekeeper.model.exception.waiver import Baseline, BaselineEntry, Waiver, WaiverLaw
from gatekeeper.model.finding import Location
from gatekeeper.model.report import PolicyLine, RuleInfo
from gatekeeper.model.text import Position
from gatekeeper.policy.policy import Policy

Read = Callable[[str], str]
"""The text of a file of the work tree; "" for one that is not there."""

# What these say decides what is looked at and how it is understood.
_SCOPE = ("exclude", "documents", "statuses", "authority", "lanes")
# A section in which an entry that was not there before may take something away, once the section is there.
_ENVIRONMENT = "environment"
_NAMES = ("code", "name", "id", "file", "path")
_SHOWN = 60
_OWN_WORDS = {True: "true", False: "false", None: "nothing"}


class _Setting(Struct, frozen=True):
    """One setting: its value in words, and where it stands."""

    words: str
    where: str


def compare_policies(
    before: Policy, after: Policy, rules: Mapping[RuleInfo, type[Any] | None], read: Read
) -> tuple[LawChange, ...]:
    """How the second policy is weaker than the first, section by section; what is only stricter is left out.

    Where two settings differ and nobody can tell which is looser, the difference is told too.

    Args:
        before: the law in force.
        after: the one that is proposed.
        rules: card of each rule, and its options; None where it has none.
        read: files of the work tree.
    """
    places = _Places(after, read)
    return (
        *_compare_rules(before, after, rules, places),
        *_compare_waiver_laws(before.waivers, after.waivers, places),
        *_compare_settings(_settings(before.lines), _settings(after.lines), places),
        *_compare_baselines(before, after, places),
    )


def describe_waiver(before: Waiver | None, after: Waiver) -> LawChange:
    """The change that adds a waiver, or makes one run longer."""
    until = f"until {after.expires}" if after.expires else "without an end"
    known = f"until {before.expires}" if before else ""
    return LawChange(ChangeKind.WAIVER, f"{after.code} for {after.scope}", known, until, after.location)


def describe_growth(grown: Iterable[BaselineEntry], baseline: Baseline) -> Iterator[LawChange]:
    """The change that lets the baseline accept more, told once for each rule and document."""
    counts: dict[tuple[str, str], tuple[int, Location]] = {}
    for entry in grown:
        count, place = counts.get((entry.code, entry.path), (0, baseline.places[entry.fingerprint]))
        counts[entry.code, entry.path] = count + entry.count, place
    for (code, path), (count, place) in counts.items():
        yield LawChange(ChangeKind.BASELINE, f"{code} in {path}", "", str(count), place)


class _Places:
    """Places of the work tree's law."""

    def __init__(self, policy: Policy, read: Read) -> None:
        self._file = policy.sources[-1].name if policy.sources else ".gatekeeper.yml"
        self._read = read
        self._lines: dict[str, list[str]] = {}
        self._where = {line.path: line.where for line in policy.lines}

    def of(self, way: tuple[str | int, ...]) -> Location:
        """The place of a setting; the policy file's beginning where it is not set."""
        return self.at(self._where.get(way, ""))

    def at(self, where: str = "") -> Location:
        """The place of "path:line:column"; the policy file's beginning for none, and for a place that no file has."""
        path, line, column = where.rsplit(":", 2) if where.count(":") >= 2 else (self._file, "1", "1")
        position = Position(int(line), int(column))
        if path not in self._lines:
            self._lines[path] = self._read(path).splitlines()
        lines = self._lines[path]
        excerpt = lines[position.line - 1] if position.line <= len(lines) else ""
        end = Position(position.line, max(position.column, len(excerpt.rstrip()) + 1))
        return Location(path, position, end, excerpt)


def _compare_rules(
    before: Policy, after: Policy, rules: Mapping[RuleInfo, type[Any] | None], places: _Places
) -> Iterator[LawChange]:
    for info, options in rules.items():
        settings = before.rules.get(info.code), after.rules.get(info.code)
        old, new = (level_of(setting, info) for setting in settings)
        title = f"{info.code} ({info.name})"
        if is_lower(new, old):
            yield LawChange(ChangeKind.RULE, title, old, new, places.at(settings[1].where if settings[1] else ""))
        for glob, was, now in iter_lowered_paths(*settings, info):
            place = places.of(("rules", info.code, "paths", glob))
            yield LawChange(ChangeKind.RULE, f"{title} for {glob}", was, now, place)
        for name, one, other in iter_looser_options(*settings, options) if options is not None else ():
            way = ("rules", info.code, "options", name)
            yield LawChange(ChangeKind.SETTING, ".".join(way), _words(one), _words(other), places.of(way))


def _compare_waiver_laws(before: WaiverLaw, after: WaiverLaw, places: _Places) -> Iterator[LawChange]:
    looser: tuple[tuple[str, object, object, bool], ...] = (
        ("max-days", before.max_days, after.max_days, after.max_days > before.max_days),
        ("require-ticket", True, False, before.require_ticket and not after.require_ticket),
        ("require-approver", True, False, before.require_approver and not after.require_approver),
        ("file", before.file, after.file, before.file != after.file),
    )
    for name, old, new, is_looser in looser:
        if is_looser:
            place = places.of(("waivers", name))
            yield LawChange(ChangeKind.SETTING, f"waivers.{name}", _words(old), _words(new), place)
    if lost := before.unwaivable - after.unwaivable:
        place = places.of(("waivers", "unwaivable"))
        yield LawChange(ChangeKind.SETTING, "waivers.unwaivable", ", ".join(sorted(lost)), "", place)


def _compare_baselines(before: Policy, after: Policy, places: _Places) -> Iterator[LawChange]:
    if before.baseline != after.baseline:
        yield LawChange(
            ChangeKind.SETTING, "baseline.file", before.baseline, after.baseline, places.of(("baseline", "file"))
        )


def _compare_settings(
    before: Mapping[tuple[str, ...], _Setting], after: Mapping[tuple[str, ...], _Setting], places: _Places
) -> Iterator[LawChange]:
    """Settings that differ, are gone, or are new within what was there before; each whole entry that is gone once."""
    kept = {key[:2] for key in after}
    known = {key[:2] for key in before} | {key[0] for key in before}
    for head in dict.fromkeys(key[:2] for key in before if key[:2] not in kept):
        parts = [setting for key, setting in before.items() if key[:2] == head]
        yield from _change(head, parts[0].words if len(parts) == 1 else f"{len(parts)} settings", "", places.at())
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        is_new_entry = new is not None and (key[0] if key[0] == _ENVIRONMENT else key[:2]) not in known
        if old == new or (old and new and old.words == new.words) or (new is None and key[:2] not in kept):
            continue
        words = old.words if old else "", new.words if new else ""
        if (not is_new_entry or key[0] in _SCOPE) and not is_stricter(key, *words, before):
            place = places.at(new.where if new else "")
            yield from _change(key, *words, place)


def _change(key: tuple[str, ...], old: str, new: str, place: Location) -> Iterator[LawChange]:
    """The change of one setting, unless it is one that makes the law stricter for sure."""
    if key[0] == "exclude" and bool(new) == key[-1].startswith("!"):
        return
    kind = ChangeKind.SCOPE if key[0] in _SCOPE else ChangeKind.SETTING
    yield LawChange(kind, ".".join(key), old, new, place)


def _settings(lines: Iterable[PolicyLine]) -> dict[tuple[str, ...], _Setting]:
    """The settings by their way, in file order: entries of lists go by what they are called, not by their number.

    Rules, and what is asked of waivers and of the baseline, are compared by what they mean instead.
    """
    lines = tuple(leaf for line in lines for leaf in _leaves(line))
    names = _entry_names(lines)
    found: dict[tuple[str, ...], _Setting] = {}
    for line in lines:
        if line.path[0] in ("rules", "waivers", "baseline", "extends", "params"):
            continue
        way = tuple(
            names.get(line.path[: depth + 1], _words(line.value)) if isinstance(part, int) else part
            for depth, part in enumerate(line.path)
        )
        found[way] = _Setting(_words(line.value), line.where)
    return found


def _leaves(line: PolicyLine) -> Iterator[PolicyLine]:
    """A line of the law as one line for each scalar in its value; the place is the line's own."""
    value = line.value
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Mapping):
        inner = ((str(name), part) for name, part in value.items())
    elif isinstance(value, list | tuple):
        inner = enumerate(value)
    else:
        yield line
    for name, part in inner:
        yield from _leaves(PolicyLine((*line.path, name), part, line.where))


def _entry_names(lines: Iterable[PolicyLine]) -> dict[tuple[str | int, ...], str]:
    """Way to an entry of a list -> what the entry calls itself, or its number; scalars have none."""
    names: dict[tuple[str | int, ...], str] = {}
    for line in lines:
        for depth, part in enumerate(line.path[:-1]):
            if isinstance(part, int):
                names.setdefault(line.path[: depth + 1], str(part + 1))
    for word in reversed(_NAMES):
        for line in lines:
            if len(line.path) > 1 and line.path[-1] == word and isinstance(line.path[-2], int):
                names[line.path[:-1]] = _words(line.value)
    return names


def _words(value: object) -> str:
    """A value as a message says it: short, on one line."""
    text = _OWN_WORDS[value] if value is None or isinstance(value, bool) else " ".join(str(value).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
