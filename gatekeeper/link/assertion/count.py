"""How many things of a sort there are, all together or for each gate, owner and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.link.assertion.things import Thing
from gatekeeper.model.assertion.fact import Breach, Spot
from gatekeeper.model.assertion.law import Count

_RELATED_LIMIT = 20


def check_count(count: Count, things: Sequence[Thing], around: Sequence[Thing]) -> Iterator[Breach]:
    """A breach for each group that is too small or too large.

    Args:
        count: the bounds.
        things: what is selected.
        around: everything of the sort in the documents that are meant: what groups there are.
    """
    groups: dict[str, list[Thing]] = {"": []} if not count.per else {}
    firsts: dict[str, Thing] = {}
    for thing in around:
        name = _group(thing, count.per)
        if name is not None:
            groups.setdefault(name, [])
            firsts.setdefault(name, thing)
    for thing in things:
        name = _group(thing, count.per)
        if name is not None:
            groups[name].append(thing)
    for name, members in groups.items():
        yield from _check(count, name, members, firsts.get(name))


def _check(count: Count, name: str, members: Sequence[Thing], first: Thing | None) -> Iterator[Breach]:
    number = len(members)
    group = f" of {count.per} `{name}`" if count.per else ""
    fields = {"count": number, "per": name or None, "min": count.least, "max": count.most}
    if count.least is not None and number < count.least:
        detail = f"read {number}{group}, expected {count.least} or more"
        spot = first.spot() if first and count.per else None
        yield Breach(detail, fields, spot, name, related=_related(members))
    if count.most is not None and number > count.most:
        detail = f"read {number}{group}, expected {count.most} or fewer"
        surplus = members[count.most]
        others = [one for one in members if one is not surplus]
        yield Breach(detail, fields, surplus.spot(), name, related=_related(others))


def _related(things: Sequence[Thing]) -> tuple[Spot, ...]:
    return tuple(one.spot(f"`{one.label}`") for one in things[:_RELATED_LIMIT])


def _group(thing: Thing, per: str) -> str | None:
    """The group that a thing belongs to; None for one that has no such value."""
    if not per:
        return ""
    if per == "document":
        return thing.document.path
    if per == "kind":
        return thing.kind or None
    value = None if thing.item is None else getattr(thing.item, per)
    if value is None and per == "owner":
        value = thing.form.get("owner")
    return None if value is None else " ".join(str(value).split())
