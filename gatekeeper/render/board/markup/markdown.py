"""A dashboard in Markdown, for the summary of a job: as much of it as GitHub takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.finding import Severity
from gatekeeper.model.view.board import ProofState
from gatekeeper.render.board.markup.escape import code_span, escape_markdown
from gatekeeper.render.board.shapes import (
    DashboardClaimJson,
    DashboardContradictionJson,
    DashboardFindingJson,
    DashboardItemJson,
    DashboardJson,
    DashboardSayingJson,
    DashboardWaiverJson,
    GateJson,
    RequirementJson,
)
from gatekeeper.render.board.words import MARKS, OTHER_MARK, cell_text, column_labels, lead, needs_a_look, parted, spark
from gatekeeper.render.layout.words import counted

# GitHub refuses a step's summary above 1 MiB (docs.github.com, "Workflow commands", "Step isolation and limits").
_BYTES_LIMIT = 1_000_000
# What a part other than the items may take, so that all parts are there.
_PART_LIMIT = 120_000
_TEXT_LIMIT = 600
_COLUMNS_SHOWN = 30
_PROOFS_SHOWN = 5

_T = TypeVar("_T")


def render_markdown(data: DashboardJson) -> str:
    """The dashboard as GitHub Flavored Markdown, below GitHub's limit; what was left out is said, with a line end."""
    before = [*_head(data), *_gates(data), *_grid(data)]
    after = [*_findings(data), *_contradictions(data), *_claims(data), *_waivers(data), *_trend(data), *_foot(data)]
    room = _BYTES_LIMIT - sum(_size(line) for line in (*before, *after))
    return "\n".join([*before, *_items(data, room), *after]) + "\n"


def _size(line: str) -> int:
    """The bytes that a line takes with its line end."""
    return len(line.encode("utf-8", "backslashreplace")) + 1


def _fitting(things: Sequence[_T], write: Callable[[_T], str], room: int, noun: str) -> Iterator[str]:
    """A line for each thing as long as there is room, then a sentence about those left out."""
    for at, thing in enumerate(things):
        line = write(thing)
        room -= _size(line)
        if room < 0:
            left = counted(len(things) - at, noun)
            yield ""
            yield f"_{left} of {len(things)} left out: GitHub shows at most 1 MiB. The HTML and JSON outputs hold all._"
            return
        yield line


def _head(data: DashboardJson) -> Iterator[str]:
    yield f"# {_text(data['title'])}"
    yield ""
    revision = f" at {code_span(data['revision'][:9])}" if data["revision"] else ""
    yield f"{data['today']}{revision}"
    yield ""
    for sentence in lead(data):
        yield f"- {sentence}"


def _gates(data: DashboardJson) -> Iterator[str]:
    yield from _title("Gates", data["gates"] or ["none"])
    if not data["gates"]:
        yield "No document and no policy names a gate."
        return
    yield "| # | Gate | Verdict | What is missing |"
    yield "|---:|---|---|---|"
    rows = list(enumerate(data["gates"], 1))
    yield from _fitting(rows, _gate, _PART_LIMIT, "gate")


def _gate(numbered: tuple[int, GateJson]) -> str:
    number, gate = numbered
    beside = ", ".join(_text(word) for word in (gate["unit"], gate["owner"]) if word)
    turn = gate["turn"]
    forecast = f"<br>{turn['state'].value} from {turn['day']}: {_text(turn['reason'])}" if turn else ""
    lacking = [_requirement(one) for one in gate["requirements"] if one["state"] not in ("met", "waived")]
    name = f"{_text(gate['name'])}{f' ({beside})' if beside else ''}"
    return f"| {number} | {name} | {_marked(gate['state'].value)}{forecast} | {'<br>'.join(lacking)} |"


def _requirement(one: RequirementJson) -> str:
    before, named, after, others = parted(one)
    link = _at(named["path"], named["line"], named["url"]) if named else ""
    shown = [] if named else [_at(place["path"], place["line"], place["url"]) for place in others[:1]]
    more = [f"and {len(others) - len(shown)} more"] if len(others) > len(shown) else []
    reason = f": {_text(before)}{link}{_text(after)}" if one["reason"] else ""
    return " ".join([f"{_marked(one['state'].value)} {_text(one['title'])}{reason}", *shown, *more])


def _grid(data: DashboardJson) -> Iterator[str]:
    grid = data["grid"]
    if not grid["rows"]:
        return
    yield from _title(f"Units by {grid['across']}", grid["rows"])
    labels = column_labels(grid, [gate["name"] for gate in data["gates"]])
    names = grid["columns"][:_COLUMNS_SHOWN]
    heads = [labels[name] if grid["across"] == "gate" else _text(name.replace("_", " ")) for name in names]
    more = len(grid["columns"]) - len(names)
    numbered = " Columns are gates by their number above." if grid["across"] == "gate" else ""
    left_out = f" {counted(more, 'column')} left out." if more > 0 else ""
    yield f"Done of all items with a status; `!` where items have findings or lack evidence.{numbered}{left_out}"
    yield ""
    yield f"| Unit | All | {' | '.join(heads)} |"
    yield f"|---|---:|{'---:|' * len(heads)}"
    for row in grid["rows"][:100]:
        cells = [cell_text(cell) for cell in (row["total"], *row["cells"][:_COLUMNS_SHOWN])]
        yield f"| {_text(row['unit'])} | {' | '.join(cells)} |"
    if len(grid["rows"]) > 100:
        yield ""
        yield f"_{counted(len(grid['rows']) - 100, 'unit')} left out._"


def _items(data: DashboardJson, room: int) -> Iterator[str]:
    """Those that need a look, then the others, folded."""
    looked_at = [item for item in data["items"] if needs_a_look(item)]
    others = [item for item in data["items"] if not needs_a_look(item)]
    for title, members, is_folded in (("Items that need a look", looked_at, False), ("All other items", others, True)):
        if not members:
            continue
        lines = [*_title(title, members), *(["<details><summary>Show</summary>", ""] if is_folded else []), *_ITEM_HEAD]
        closing = ["", "</details>"] if is_folded else []
        # Room for the sentence about what is left out stays free.
        room -= sum(map(_size, (*lines, *closing))) + 400
        rows = list(_fitting(members, _item, room, "item"))
        room -= sum(map(_size, rows))
        yield from (*lines, *rows, *closing)


_ITEM_HEAD = (
    "| Item | Status | Unit and gate | Evidence | Owner | Changed | Findings |",
    "|---|---|---|---|---|---|---|",
)


def _item(item: DashboardItemJson) -> str:
    name = " ".join(_text(word) for word in dict.fromkeys((item["id"], item["title"])) if word)
    written = f" “{_text(item['raw_status'])}”" if item["raw_status"] else ""
    beside = "<br>".join(_text(word) for word in (item["unit"], item["gate"]) if word)
    proofs = sorted(item["evidence"], key=lambda proof: proof["state"] in (ProofState.FOUND, ProofState.UNCHECKED))
    shown = [f"{_marked(proof['state'].value)} {code_span(_cut(proof['target']))}" for proof in proofs[:_PROOFS_SHOWN]]
    if len(proofs) > _PROOFS_SHOWN:
        shown.append(f"and {len(proofs) - _PROOFS_SHOWN} more")
    changed = item["changed"]["date"] if item["changed"] else ""
    place = _at(item["path"], item["line"], item["url"])
    return (
        f"| {name}<br>{place} | {_marked(item['status'].value)}{written} | {beside} | {'<br>'.join(shown)} "
        f"| {_text(item['owner'])} | {changed} | {' '.join(map(_text, item['codes']))} |"
    )


def _findings(data: DashboardJson) -> Iterator[str]:
    errors = [one for one in data["findings"] if one["severity"] is Severity.ERROR]
    if errors:
        yield from _title("Errors", errors)
        yield from _fitting(errors, _finding, _PART_LIMIT, "error")


def _finding(one: DashboardFindingJson) -> str:
    return f"- {_text(one['code'])} {_at(one['path'], one['line'], one['url'])}: {_text(one['message'])}"


def _contradictions(data: DashboardJson) -> Iterator[str]:
    if data["contradictions"]:
        yield from _title("Contradictions", data["contradictions"])
        yield from _fitting(data["contradictions"], _contradiction, _PART_LIMIT, "contradiction")


def _contradiction(one: DashboardContradictionJson) -> str:
    codes = f" ({', '.join(map(_text, one['codes']))})" if one["codes"] else ""
    sayings = "".join(f"\n  - {_saying(saying)}" for saying in one["sayings"][:12])
    more = f"\n  - and {len(one['sayings']) - 12} more" if len(one["sayings"]) > 12 else ""
    return f"- **{_text(one['item'])}**{codes}{sayings}{more}"


def _saying(one: DashboardSayingJson) -> str:
    who = f" {_text(one['who'])}" if one["who"] else ""
    since = f" since {one['since_date']}" if one["since_date"] else ""
    return f"{_marked(one['status'].value)} “{_text(one['raw_status'])}”{who} {_at(one['path'], one['line'], one['url'])}{since}"


def _claims(data: DashboardJson) -> Iterator[str]:
    shown = [claim for claim in data["claims"] if claim["verdict"] is not ClaimVerdict.ASSERTED]
    if data["claims"]:
        yield from _title("Claims", data["claims"])
        shown.sort(key=lambda claim: claim["verdict"] is not ClaimVerdict.REFUTED)
        yield from _fitting(shown, _claim, _PART_LIMIT, "claim")
        rest = len(data["claims"]) - len(shown)
        if rest:
            yield ""
            yield f"{counted(rest, 'claim')} that nothing confirms or denies."


def _claim(one: DashboardClaimJson) -> str:
    source = f", held against {_text(one['source'])}" if one["source"] else ""
    return (
        f"- {_marked(one['verdict'].value)} “{_text(one['text'])}” {_at(one['path'], one['line'], one['url'])}{source}"
    )


def _waivers(data: DashboardJson) -> Iterator[str]:
    if data["waivers"]:
        yield from _title("Waivers", data["waivers"])
        yield "| Rule | For | Days left | Until | Owner | Reason |"
        yield "|---|---|---:|---|---|---|"
        yield from _fitting(data["waivers"], _waiver, _PART_LIMIT, "waiver")


def _waiver(one: DashboardWaiverJson) -> str:
    left = str(one["days_left"]) if one["standing"] == "in force" else one["standing"].value
    cells = (one["code"], one["scope"], left, one["expires"], one["owner"], one["reason"])
    return f"| {' | '.join(map(_text, cells))} |"


def _trend(data: DashboardJson) -> Iterator[str]:
    points = data["trend"]
    if len(points) < 2:
        return
    yield from _title("Trend", points)
    yield "| | First | Last | |"
    yield "|---|---:|---:|---|"
    lines = (
        ("Gates met", [point["gates"]["met"] for point in points]),
        ("Items done", [point["done"] for point in points]),
        ("Errors", [point["errors"] for point in points]),
        ("Warnings", [point["warnings"] for point in points]),
    )
    for name, values in lines:
        yield f"| {name} | {values[0]} | {values[-1]} | `{spark(values)}` |"


def _foot(data: DashboardJson) -> Iterator[str]:
    yield ""
    yield f"Made by gatekeeper {_text(data['tool']['version'])} from {counted(data['summary']['documents'], 'document')}."


def _title(name: str, members: Sequence[object]) -> Iterable[str]:
    count = f" ({len(members)})" if members != ["none"] else ""
    return ("", f"## {name}{count}", "")


def _marked(state: str) -> str:
    return f"{MARKS.get(state, OTHER_MARK)} {state.replace('_', ' ')}"


def _at(path: str, line: int, url: str) -> str:
    place = code_span(f"{_cut(path)}:{line}")
    return f"[{place}](<{url}>)" if url else place


def _text(words: object) -> str:
    return escape_markdown(_cut(str(words)))


def _cut(text: str) -> str:
    """The text, or its beginning where it is so long that it would push out others."""
    return text if len(text) <= _TEXT_LIMIT else text[:_TEXT_LIMIT] + "…"
