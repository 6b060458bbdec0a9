"""The report of a packet as one page of HTML that is made for print: each gate begins a sheet of paper."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape

from gatekeeper.data import shipped
from gatekeeper.render.packet.sheets import Report, Sheet, Table
from gatekeeper.render.sink import spelled


def render_report_html(report: Report) -> str:
    """The page, without script, address or anything else from outside; secrets are masked in the report."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    # With plain line ends: what is hashed is what a browser reads.
    style = shipped("templates", "packet-report.css").read_text("utf-8").replace("\r\n", "\n")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">'
    yield f'<link rel="icon" href="data:,">\n<title>{_text(report.title)}: gates and evidence</title>'
    yield f"<style>{style}</style>\n</head>\n<body>\n<main>"
    yield f'<header>\n<p class="kind">Gates and evidence</p>\n<h1>{_words(report.title)}</h1>'
    yield from _facts(report.facts)
    yield from _contents(report)
    yield "</header>"
    for number, sheet in enumerate(report.sheets, 1):
        yield from _sheet(number, len(report.sheets), sheet)
    yield '<section class="annex">'
    for table in report.annex:
        yield from _table(table, "h2")
    yield "</section>\n</main>\n</body>\n</html>"


def _contents(report: Report) -> Iterator[str]:
    """The verdicts, each gate with the way to its sheet."""
    yield "<h2>Verdicts</h2>\n<table>\n<thead><tr>"
    yield "".join(f'<th scope="col">{head}</th>' for head in report.gates.heads) + "</tr></thead>\n<tbody>"
    for number, (name, state, lacking) in enumerate(report.gates.rows, 1):
        link = f'<a href="#gate-{number}">{_words(name)}</a>'
        yield f'<tr><th scope="row">{link}</th><td>{_chip(state)}</td><td>{_words(lacking)}</td></tr>'
    yield "</tbody>\n</table>"


def _sheet(number: int, count: int, sheet: Sheet) -> Iterator[str]:
    yield f'<section class="sheet" id="gate-{number}" aria-labelledby="name-{number}">'
    yield f'<p class="kind">Gate {number} of {count}</p>\n<h2 id="name-{number}">{_words(sheet.name)} {_chip(sheet.state)}</h2>'
    yield from _facts(sheet.facts)
    for table in sheet.tables:
        yield from _table(table, "h3")
    yield "</section>"


def _facts(facts: tuple[tuple[str, str], ...]) -> Iterator[str]:
    if facts:
        yield "<dl>"
        yield from (f"<div><dt>{label}</dt><dd>{_words(words)}</dd></div>" for label, words in facts)
        yield "</dl>"


def _table(table: Table, level: str) -> Iterator[str]:
    yield f"<{level}>{table.title}</{level}>"
    if not table.rows:
        yield f'<p class="none">{table.none}</p>'
        return
    yield "<table>\n<thead><tr>" + "".join(f'<th scope="col">{head}</th>' for head in table.heads)
    yield "</tr></thead>\n<tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(_cell(table, number, words) for number, words in enumerate(row))}</tr>"
    yield "</tbody>\n</table>"


def _cell(table: Table, number: int, words: str) -> str:
    if number in table.states:
        return f"<td>{_chip(words)}</td>"
    return f"<td><code>{_text(words)}</code></td>" if words and number in table.codes else f"<td>{_words(words)}</td>"


def _chip(state: str) -> str:
    """A state; its class is its first word, and its own word is there for paper without color."""
    return f'<span class="chip {escape(state.partition(" ")[0])}">{escape(state)}</span>'


def _words(text: str) -> str:
    return f"<bdi>{_text(text)}</bdi>" if text else ""


def _text(text: str) -> str:
    return escape(spelled(text))
