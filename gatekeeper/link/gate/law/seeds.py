"""The gates of the law among those that documents know: united by name, alias and unit, and put into the law's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from gatekeeper.link.gate.law.items import unit_key
from gatekeeper.link.gate.law.known import refuse
from gatekeeper.link.gate.seeds import Seed
from gatekeeper.link.order.gates import gate_key
from gatekeeper.link.order.outline import Outline
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import WorkItem
from gatekeeper.model.gate.law import GateLaw, Named


def unite(
    laws: Sequence[GateLaw], seeds: Sequence[Seed], outlines: Mapping[str, Outline]
) -> list[tuple[Seed, GateLaw | None]]:
    """The gates in the order of the law, then those of which it does not speak.

    Raises:
        PolicyError: a unit stands in no document, or a gate that asks for nothing does.
    """
    left = list(seeds)
    found: list[tuple[Seed, GateLaw | None]] = []
    for law in laws:
        meant = [seed for seed in left if _is_meant(law, seed)]
        left = [seed for seed in left if not any(seed is one for one in meant)]
        if not meant and not law.has_requirements:
            names = [seed.name for seed in seeds]
            message = f'no document has a gate "{law.name}", and it asks for nothing itself'
            raise refuse(Named(law.name, law.where), message, names, "name it as documents do, or say what it requires")
        if law.unit is not None and not _has_unit(law.unit, outlines):
            units = {item.id for outline in outlines.values() for item in outline.items if item.id}
            message = f'no document has a unit of work "{law.unit.word}"'
            raise refuse(law.unit, message, units, "name it as documents do, such as Sprint 4")
        found.append((_joined(law, meant, outlines), law))
    return [*found, *((seed, None) for seed in left)]


def _is_meant(law: GateLaw, seed: Seed) -> bool:
    for name in (law.name, *law.aliases):
        if " ".join(name.split()).casefold() in {words.casefold() for words in (seed.name, *seed.spelled)}:
            return True
        key = gate_key(name)
        if (key and key in seed.keys) or (seed.unit and normal_key(name, "gate") == seed.unit):
            return True
    return law.unit is not None and bool(seed.unit) and unit_key(law.unit) == seed.unit and bool(seed.label)


def _has_unit(unit: Named, outlines: Mapping[str, Outline]) -> bool:
    key = unit_key(unit)
    return any(_names(outline, item, key) for outline in outlines.values() for item in outline.items)


def _names(outline: Outline, item: WorkItem, key: str) -> bool:
    return key in (outline.key_of(item), normal_key(item.parent) if item.parent else None)


def _joined(law: GateLaw, meant: Sequence[Seed], outlines: Mapping[str, Outline]) -> Seed:
    """One gate out of all that the law means by its name."""
    keys = tuple(dict.fromkeys(key for seed in meant for key in seed.keys)) or _keys(law)
    unit = unit_key(law.unit) if law.unit is not None else next((seed.unit for seed in meant if seed.unit), "")
    label = law.unit.word if law.unit is not None else next((seed.label for seed in meant if seed.label), "")
    home = {path for seed in meant for path in seed.home}
    if law.unit is not None:
        home |= {
            path for path, outline in outlines.items() if any(outline.key_of(item) == unit for item in outline.items)
        }
    spelled: Counter[str] = sum((seed.spelled for seed in meant), Counter(law.aliases))
    places = [place for seed in meant for place in seed.places]
    return Seed(law.name, keys, unit, label, home, spelled, places)


def _keys(law: GateLaw) -> tuple[tuple[str, ...], ...]:
    return tuple(key for name in (law.name, *law.aliases) if (key := gate_key(name)))
