"""Rule cards: the list, one page, and both as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from gatekeeper.model.report import RuleInfo, RuleStatus
from gatekeeper.render.json_report import rule_json
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.columns import pad
from gatekeeper.render.shapes import RulesJson
from gatekeeper.render.sink import spelled
from gatekeeper.render.style import Style

_GAP = 2
_SEVERITY = len("warning")
_LEAST_SUMMARY = 28


def render_rules(infos: Sequence[RuleInfo], style: Style) -> str:
    """Code, severity, name and summary of each rule, with a final line end; "" without rules."""
    widest = max((len(style.show(info.name)) for info in infos), default=0)
    return "".join(_entry(info, widest, style) for info in infos)


def render_rule(info: RuleInfo, style: Style) -> str:
    """One rule's page with a final line end: set for a terminal with color and Unicode, else in Markdown as written."""
    page = f"# {info.code} {info.name}\n\n{_card(info)}\n\n{info.page.strip()}"
    harmless = "\n".join(spelled(line, ascii_only=not style.unicode) for line in page.split("\n"))
    return _typeset(harmless, style) if style.color and style.unicode else harmless + "\n"


def render_rules_json(infos: Sequence[RuleInfo]) -> str:
    """The rules with their pages as JSON text with a final line end."""
    rules: RulesJson = {"schema_version": "1", "rules": [{**rule_json(info), "page": info.page} for info in infos]}
    return dump(rules, depth=3, masks=False) + "\n"


def _entry(info: RuleInfo, widest: int, style: Style) -> str:
    code, name = style.show(info.code), style.show(info.name)
    severity = style.paint(info.severity.value, info.severity.value.ljust(_SEVERITY))
    head = f"{style.paint('strong', code)}  {severity}  {pad(name, widest)}"
    status = "" if info.status is RuleStatus.STABLE else f"({info.status.value}) "
    indent = len(code) + _SEVERITY + widest + 3 * _GAP
    below = style.width - indent < _LEAST_SUMMARY
    if below:
        indent = len(code) + _GAP
    lines = textwrap.wrap(status + style.show(info.summary), max(_LEAST_SUMMARY, style.width - indent))
    summary = f"\n{' ' * indent}".join(lines)
    return f"{head.rstrip()}\n{' ' * indent}{summary}\n" if below else f"{head}  {summary}\n"


def _card(info: RuleInfo) -> str:
    if not info.since:
        return f"Severity {info.severity.value}; an assertion of the policy."
    return f"Severity {info.severity.value}; {info.status.value}; since version {info.since}."


def _typeset(markdown: str, style: Style) -> str:
    # Slow to import, and needed for nothing else.
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    console = Console(
        force_terminal=True,
        color_system="standard",
        width=style.width,
        legacy_windows=False,
        theme=Theme({"markdown.code": "bold cyan"}),
        _environ={},
    )
    with console.capture() as capture:
        console.print(Markdown(markdown, code_theme="ansi_dark", hyperlinks=False))
    return "\n".join(line.rstrip() for line in capture.get().rstrip().split("\n")) + "\n"
