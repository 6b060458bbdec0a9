"""A dashboard for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.status import Status
from gatekeeper.model.view.board import ProofState
from gatekeeper.render.board.shapes import (
    DashboardItemJson,
    DashboardJson,
    DashboardSayingJson,
    GateJson,
    RequirementJson,
)
from gatekeeper.render.board.table import grid_lines
from gatekeeper.render.board.words import MARKS, OTHER_MARK, PLAIN_MARKS, lead, needs_a_look, parted, spark
from gatekeeper.render.layout.columns import columns, cut, pad
from gatekeeper.render.layout.lines import pieces, wrap
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style

_LEAST_WIDTH = 40
_STATUS_ROOM = 12
_ITEMS_SHOWN, _CONTRADICTIONS_SHOWN, _SAYINGS_SHOWN = 40, 12, 6
_ROLES = {"✓": "good", "✕": "error", "~": "warning", "!": "warning", "?": "faint", "·": "note"}


def render_text(data: DashboardJson, style: Style, verbosity: int = 0) -> Iterator[str]:
    """The dashboard in blocks, each with a line end; `data` without links.

    Args:
        data: what there is to show.
        style: the terminal's abilities.
        verbosity: below 0 the gates alone; 0 also the items, contradictions and claims that need a look; from 1 on all
            of them, with what would meet each gate.
    """
    writer = _Writer(data, style, verbosity)
    blocks: list[Iterator[str]] = [writer.head(), writer.gates()]
    if verbosity >= 0:
        blocks += [
            writer.grid(),
            writer.items(),
            writer.contradictions(),
            writer.claims(),
            writer.waivers(),
            writer.trend(),
        ]
    gap = ""
    for block in blocks:
        for line in block:
            yield f"{gap}{line}\n"
            gap = ""
        gap = "\n"


class _Writer:
    """Lines of each part; a part with nothing to show has none."""

    def __init__(self, data: DashboardJson, style: Style, verbosity: int) -> None:
        self._data, self._style, self._all = data, style, verbosity > 0
        self._width = max(_LEAST_WIDTH, style.width)

    def head(self) -> Iterator[str]:
        data, show = self._data, self._style.show
        revision = f" at {data['revision'][:9]}" if data["revision"] else ""
        title, *rest = wrap(show(data["title"]), self._width)
        yield self._style.paint("strong", title)
        yield from (self._style.paint("strong", line) for line in rest)
        yield from wrap(f"{data['today']}{revision}", self._width)
        for sentence in lead(data):
            yield from wrap(sentence, self._width, "  ", "")

    def gates(self) -> Iterator[str]:
        gates = self._data["gates"]
        yield self._style.paint("strong", "Gates")
        if not gates:
            yield "  no document and no policy names a gate"
        for number, gate in enumerate(gates, 1):
            yield from self._gate(number, gate)

    def _gate(self, number: int, gate: GateJson) -> Iterator[str]:
        show = self._style.show
        mark, role = self._mark(gate["state"])
        before = f"{number:>4} {mark} {gate['state'].value:<8} "
        unit = f" ({gate['unit']})" if gate["unit"] else ""
        owner = f", {gate['owner']}" if gate["owner"] else ""
        lines = wrap(show(f"{gate['name']}{unit}{owner}"), self._width, " " * 16, before)
        yield self._painted(next(lines), before, role)
        yield from lines
        for one in gate["requirements"]:
            if self._all or one["state"] not in ("met", "waived"):
                yield from self._requirement(one)
        if gate["turn"]:
            turn = gate["turn"]
            yield from self._note(f"{turn['state'].value} from {turn['day']}: {turn['reason']}", 7)

    def _requirement(self, one: RequirementJson) -> Iterator[str]:
        mark, role = self._mark(one["state"])
        before = f"       {mark} "
        reason = f": {one['reason']}" if one["reason"] else ""
        lines = wrap(self._style.show(f"{one['title']}{reason}"), self._width, " " * 9, before)
        yield self._painted(next(lines), before, role)
        yield from lines
        _, named, _, others = parted(one)
        places = others if self._all else others[: 0 if named else 1]
        for place in places:
            shown = self._style.show(f"{place['path']}:{place['line']}")
            yield from (f"{' ' * 9}{piece}".rstrip() for piece in pieces(shown, self._width - 9))
        if len(places) < len(others):
            yield f"{' ' * 9}and {counted(len(others) - len(places), 'more place')}"
        for action in one["actions"] if self._all else ():
            owner = f" ({action['owner']})" if action["owner"] else ""
            yield from self._note(f"{action['text']}{owner}, {action['path']}:{action['line']}", 11, self._style.arrow)
            if action["command"]:
                yield from self._note(f"$ {action['command']}", 13)

    def grid(self) -> Iterator[str]:
        yield from grid_lines(self._data, self._style, self._width)

    def items(self) -> Iterator[str]:
        items = self._data["items"]
        shown = items if self._all else [item for item in items if needs_a_look(item)]
        if not shown:
            return
        scope = f"{len(items)}" if self._all else f"{len(shown)} of {len(items)} need a look"
        yield f"{self._style.paint('strong', 'Items')} ({scope})"
        listed = shown if self._all else shown[:_ITEMS_SHOWN]
        for path, members in groupby(listed, key=lambda item: item["path"]):
            yield from wrap(self._style.show(path), self._width, "    ", "  ")
            for item in members:
                yield from self._item(item)

        if len(listed) < len(shown):
            yield f"  and {len(shown) - len(listed)} more; -v lists all"

    def _item(self, item: DashboardItemJson) -> Iterator[str]:
        style, show = self._style, self._style.show
        status = item["status"].value.replace("_", " ")
        mark, role = self._mark(item["status"].value)
        before = f"{item['line']:>7} {mark} {pad(status if item['status'] is not Status.UNKNOWN else 'no status', _STATUS_ROOM)}"
        raw = item["raw_status"]
        written = f' "{raw}"' if raw and raw.casefold() != status else ""
        codes = f" [{' '.join(item['codes'])}]" if item["codes"] else ""
        name = f"{item['id']} {item['title']}".strip() if item["id"] != item["title"] else item["title"]
        room = self._width - columns(before)
        tail = show(f"{written}{codes}")
        fitted = cut(show(name), max(16, room - columns(tail)), style.ellipsis)
        lines = wrap(f"{fitted}{tail}", self._width, " " * (10 + _STATUS_ROOM), before)
        yield self._painted(next(lines), before, role)
        yield from lines
        for proof in item["evidence"]:
            if self._all or proof["state"] not in (ProofState.FOUND, ProofState.UNCHECKED):
                since = f" ({proof['changed']['date']})" if proof["changed"] else ""
                yield from self._note(f"{proof['state'].value}: {proof['target']}{since}", 10)

    def contradictions(self) -> Iterator[str]:
        found = self._data["contradictions"]
        shown = found if self._all else [one for one in found if one["codes"]]
        if not shown:
            return
        scope = f"{len(shown)} of {len(found)} have findings" if not self._all else f"{len(found)}"
        yield f"{self._style.paint('strong', 'Contradictions')} ({scope})"
        listed = shown if self._all else shown[:_CONTRADICTIONS_SHOWN]
        for one in listed:
            codes = f" [{' '.join(one['codes'])}]" if one["codes"] else ""
            yield from wrap(self._style.show(f"{one['item']}{codes}"), self._width, "    ", "  ")
            told = one["sayings"] if self._all else one["sayings"][:_SAYINGS_SHOWN]
            for saying in told:
                yield from self._note(_said(saying), 4)
            if len(told) < len(one["sayings"]):
                yield f"    and {counted(len(one['sayings']) - len(told), 'more place')}"
        if len(listed) < len(shown):
            yield f"  and {len(shown) - len(listed)} more; -v lists all"

    def claims(self) -> Iterator[str]:
        claims = self._data["claims"]
        shown = claims if self._all else [one for one in claims if one["verdict"] is ClaimVerdict.REFUTED]
        if not shown:
            return
        yield f"{self._style.paint('strong', 'Claims')} ({len(shown)} of {len(claims)})"
        for one in shown:
            mark, role = self._mark(one["verdict"].value)
            before = f"  {mark} {one['verdict'].value:<9}"
            source = f", held against {one['source']}" if one["source"] else ""
            place = f"{one['path']}:{one['line']}"
            lines = wrap(self._style.show(f'"{one["text"]}" {place}{source}'), self._width, " " * 14, f"{before} ")
            yield self._painted(next(lines), before, role)
            yield from lines

    def waivers(self) -> Iterator[str]:
        waivers = self._data["waivers"]
        if waivers:
            yield self._style.paint("strong", "Waivers")
        for one in waivers:
            days = one["days_left"]
            left = f"{counted(days, 'day')} left" if days is not None and days >= 0 else one["standing"].value
            text = f"{one['code']} for {one['scope']}: {left}, until {one['expires'] or 'no day'}"
            owner = f" ({one['owner']})" if one["owner"] else ""
            yield from self._note(f"{text}; {one['reason']}{owner}", 2)

    def trend(self) -> Iterator[str]:
        points = self._data["trend"]
        if len(points) < 2:
            return
        yield self._style.paint("strong", "Trend") + f" ({counted(len(points), 'commit')} to {points[-1]['date']})"
        lines = (
            ("gates met", [point["gates"]["met"] for point in points]),
            ("items done", [point["done"] for point in points]),
            ("errors", [point["errors"] for point in points]),
            ("warnings", [point["warnings"] for point in points]),
        )
        for name, values in lines:
            figures = f"{values[0]} {self._style.arrow} {values[-1]}"
            yield f"  {name:<11}{figures:<16}{spark(values, unicode=self._style.unicode)}"

    def _note(self, text: str, indent: int, mark: str = "") -> Iterator[str]:
        before = " " * indent + (f"{mark} " if mark else "")
        yield from wrap(self._style.show(text), self._width, " " * (columns(before) + 2), before)

    def _mark(self, state: str) -> tuple[str, str]:
        """The mark of a state and the role of its color."""
        mark = MARKS.get(state, OTHER_MARK)
        return (mark if self._style.unicode else PLAIN_MARKS.get(mark, mark)), _ROLES[mark]

    def _painted(self, line: str, before: str, role: str) -> str:
        """A line whose beginning has a color."""
        return self._style.paint(role, line[: len(before)]) + line[len(before) :] if self._style.color else line


def _said(saying: DashboardSayingJson) -> str:
    """What one place says, on one line."""
    who = f", {saying['who']}" if saying["who"] else ""
    since = f", since {saying['since_date']}" if saying["since_date"] else ""
    status = saying["status"].value.replace("_", " ")
    return f'"{saying["raw_status"]}" ({status}{who}) {saying["path"]}:{saying["line"]}{since}'
