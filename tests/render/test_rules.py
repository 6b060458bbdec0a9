"""The list of rules, a rule's page, and both as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from gatekeeper.data import shipped
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.render.layout.columns import columns
from gatekeeper.render.rules import render_rule, render_rules, render_rules_json
from gatekeeper.render.style import Style

Rules = tuple[RuleInfo, ...]
Golden = Callable[[str, str], None]


def test_list_of_rules(rules: Rules, golden: Golden) -> None:
    golden("rules.txt", render_rules(rules, Style()))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_list_fits_its_width_and_loses_no_word(rules: Rules, width: int) -> None:
    text = render_rules(rules, Style(width=width))
    assert max(map(columns, text.splitlines())) <= width
    for info in rules:
        assert info.summary in " ".join(text.split())


def test_a_rule_that_is_not_stable_says_so(rules: Rules) -> None:
    line = next(line for line in render_rules(rules, Style(width=120)).splitlines() if line.startswith("ST003"))
    assert line == "ST003  error    status-contradicted      (preview) Two places give one item two statuses."


def test_page_is_markdown_without_color(rules: Rules, golden: Golden) -> None:
    golden("rule.txt", render_rule(rules[0], Style()))
    assert render_rule(rules[0], Style(color=True, unicode=False)) == render_rule(rules[0], Style())


def test_page_is_typeset_with_color(rules: Rules) -> None:
    text = render_rule(rules[0], Style(color=True, width=60))
    assert "## " not in text
    assert "**" not in text
    assert "\x1b[" in text
    assert "nothing" in text


def test_a_page_of_a_stranger_cannot_move_the_cursor() -> None:
    info = RuleInfo("XX001", "x", Severity.NOTE, "1", page="Bad.\n\n\x1b[2J\u202e")
    assert r"\x1b[2J\u202e" in render_rule(info, Style())
    assert "\x1b[2J" not in render_rule(info, Style(color=True))
    assert "\u202e" not in render_rule(info, Style(color=True))


def test_rules_as_json_are_valid(rules: Rules, golden: Golden) -> None:
    text = render_rules_json(rules)
    schema = json.loads(shipped("schemas", "rules.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(text))
    golden("rules.json", text)
    assert json.loads(text)["rules"][0]["page"] == rules[0].page


def test_no_renderer_imports_a_heavy_library() -> None:
    code = (
        "import sys, gatekeeper.render.terminal, gatekeeper.render.json_report, gatekeeper.render.json_documents,"
        " gatekeeper.render.documents, gatekeeper.render.rules as r; from gatekeeper.render.style import Style;"
        " r.render_rules([], Style(color=True));"
        " print(sorted({'rich', 'pygments', 'click', 'jinja2', 'pydantic', 'jsonschema'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
