"""A dashboard as one static page of HTML that needs no network and no script of others."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from markupsafe import Markup

from gatekeeper.data import shipped
from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.status import Status
from gatekeeper.model.view.board import ProofState
from gatekeeper.render.board.grid import unit_order
from gatekeeper.render.board.markup.chart import find_panels
from gatekeeper.render.board.markup.template import Plain, show
from gatekeeper.render.board.shapes import CellJson, DashboardJson, ProofJson
from gatekeeper.render.board.words import parted

_PIECES_BUFFERED = 400
_PROOFS_SHOWN = 3
_TEXT_SHOWN = 240
_GRID_COLUMNS, _GRID_ROWS = 60, 120
_GOOD = ("found", "unchecked")
_VERDICTS = (ClaimVerdict.REFUTED, ClaimVerdict.ASSERTED, ClaimVerdict.VERIFIED)


def render_page(data: DashboardJson) -> Iterator[str]:
    """The page, piece by piece."""
    environment = _environment()
    style, script = _read("dashboard.css"), _read("dashboard.js")
    parts: Any = environment.get_template("dashboard-parts.html.j2").module
    stream = environment.get_template("dashboard.html.j2").stream(
        **data,
        style=Markup(style),
        script=Markup(script),
        style_digest=_digest(style),
        script_digest=_digest(script),
        chips={state: parts.chip(state) for state in (*Status, *ProofState)},
        panels=find_panels(data["trend"]),
        gate_at=_numbered([*(gate["name"] for gate in data["gates"]), *(item["gate"] for item in data["items"])]),
        unit_at=_numbered(sorted({item["unit"] for item in data["items"]}, key=unit_order)),
        rules=_rules(data),
        claims_by=[(one.value, [claim for claim in data["claims"] if claim["verdict"] is one]) for one in _VERDICTS],
        grid_columns=_GRID_COLUMNS,
        grid_rows=_GRID_ROWS,
    )
    stream.enable_buffering(_PIECES_BUFFERED)
    yield from stream


@cache
def _environment() -> Plain:
    """The environment of the page, with its templates compiled once."""
    names = ("dashboard.html.j2", "dashboard-parts.html.j2")
    environment = Plain(
        loader=DictLoader({name: _read(name) for name in names}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=show,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        fold=fold,
        parted=parted,
        shade=shade,
        proof_words=proof_words,
        cut=partial(_cut, room=_TEXT_SHOWN),
        room=_TEXT_SHOWN,
    )
    return environment


def fold(proofs: Sequence[ProofJson]) -> tuple[list[ProofJson], list[ProofJson], str]:
    """The pieces of evidence to show at once, what is wrong first; those to fold away; and what is said of these."""
    if len(proofs) <= _PROOFS_SHOWN:
        return list(proofs), [], ""
    ordered = sorted(proofs, key=lambda proof: proof["state"] in _GOOD)
    hidden = ordered[_PROOFS_SHOWN:]
    counts: dict[str, int] = {}
    for proof in hidden:
        counts[proof["state"].value] = counts.get(proof["state"].value, 0) + 1
    return ordered[:_PROOFS_SHOWN], hidden, ", ".join(f"{count} {word}" for word, count in counts.items())


def proof_words(proofs: Sequence[ProofJson]) -> str:
    """The states of pieces of evidence for the filter, parted by blanks; "none" without any."""
    return " ".join(dict.fromkeys(proof["state"] for proof in proofs)) or "none"


def shade(cell: CellJson) -> str:
    """The shade of a cell: "n" where nothing has a status, else "0" to "3" from nothing done to all."""
    known, done = cell["known"], cell["done"]
    if not known:
        return "n"
    return "0" if not done else "3" if done == known else "1" if done * 2 < known else "2"


def _cut(text: str, room: int) -> str:
    """The text where it is shown at once; its beginning where it is long; "" tells nothing apart."""
    return text if len(text) <= room else text[: room // 2]


def _numbered(names: Iterable[str]) -> dict[str, int]:
    """Each name with its number in order of appearance, from 0."""
    return {name: number for number, name in enumerate(one for one in dict.fromkeys(names) if one)}


def _rules(data: DashboardJson) -> list[dict[str, Any]]:
    """The rules that found something, the worst first, each with its findings."""
    found: dict[str, dict[str, Any]] = {}
    for finding in data["findings"]:
        card = found.setdefault(
            finding["code"], {"code": finding["code"], "name": finding["name"], "rank": 0, "findings": []}
        )
        card["findings"].append(finding)
        card["rank"] = max(card["rank"], finding["severity"].rank)
        if finding["severity"].rank == card["rank"]:
            card["severity"] = finding["severity"]
    return sorted(found.values(), key=lambda card: (-card["rank"], card["code"]))


def _read(name: str) -> str:
    """A shipped template with plain line ends: what is hashed is what a browser reads."""
    return shipped("templates", name).read_text("utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    """A source of CSP Level 3, as in `style-src 'sha256-...'`."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
