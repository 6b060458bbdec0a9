"""Templates of the user's: plain data, a sandbox, and every error told with its line."""

from __future__ import annotations

import pytest

from gatekeeper.model.errors import ConfigError
from gatekeeper.model.view.board import Board
from gatekeeper.render.board.data import board_data
from gatekeeper.render.board.links import Links
from gatekeeper.render.board.markup.template import render_template


def write(board: Board, text: str, name: str = "own.md.j2") -> str:
    return "".join(render_template(board_data(board, Links()), text, name))


def test_the_fields_of_the_data_are_the_variables(board: Board) -> None:
    text = "{{ title }}: {% for gate in gates %}{{ gate.name }} {{ gate.state }}; {% endfor %}{{ items|length }} {{ summary.items.done }}"
    assert write(board, text) == "harbor/boat: Launch gate unmet; Sea gate met; Port gate unknown; 4 1"
    assert write(board, "{{ grid.rows[0].total.items }} {{ items[0].evidence }}") == "2 []"


def test_markup_is_escaped_unless_the_name_says_plain_text(hostile: Board) -> None:
    assert (
        write(hostile, "{{ title }}", "own.html")
        == write(hostile, "{{ title }}", "own")
        == "&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    assert write(hostile, "{{ title }}", "own.txt.j2") == "<script>alert(1)</script>"
    assert write(hostile, "{{ title|markdown }}") == r"\<script\>alert(1)\</script\>"
    assert "\\x1b[2J\\r\\n" in write(hostile, "{% for item in items %}{{ item.title }}{% endfor %}", "own.txt")


ESCAPES = (
    "{{ ''.__class__ }}",
    "{{ title.__class__.__mro__ }}",
    "{{ items.append(1) }}",
    "{{ summary.update(a=1) }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__ }}",
    "{{ '{0.__class__}'.format(title) }}",
    "{{ ('{0.__class__}'|format)(title) }}",
    "{{ title|attr('__class__') }}",
    "{{ range(10000000) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{{ nothing }}",
    "{{ title.nothing }}",
    "{{ 1 / 0 }}",
    "{{ 'a' + 1 }}",
    "{% if %}",
    "{{ title|nothing }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
)


@pytest.mark.parametrize("text", ESCAPES)
def test_nothing_leads_out_and_every_fault_has_its_line(board: Board, text: str) -> None:
    with pytest.raises(ConfigError, match="the template fails") as caught:
        write(board, f"first\n{text}")
    assert caught.value.where.startswith("own.md.j2")
    assert "docs/dashboard.md" in caught.value.hint


def test_the_line_of_a_fault_is_told(board: Board) -> None:
    for text in ("a\nb\n{{ nothing }}", "a\nb\n{% if %}", "a\nb\n{{ 1 / 0 }}"):
        with pytest.raises(ConfigError) as caught:
            write(board, text)
        assert caught.value.where == "own.md.j2:3"


def test_what_writes_too_much_is_stopped(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatekeeper.render.board.markup.template.SIZE_LIMIT", 1000)
    with pytest.raises(ConfigError, match="more than 1,000 characters"):
        write(board, "{% for a in range(99999) %}xxxxxxxx{% endfor %}")
