"""Pages of docs/ that are made from the code: rules and commands."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence

import click

from gatekeeper.model.report import RuleInfo
from gatekeeper.render.rules import render_rule
from gatekeeper.render.style import Style

TITLES = {"ai_runtime": "AI runtime", "env": "Environment"}
NOTE = "<!-- Written by tools/generate.py; edit the source, not this page. -->"


def rule_pages(families: Mapping[str, Sequence[RuleInfo]]) -> dict[str, str]:
    """Path -> text of the index of rules and of each rule's page.

    Args:
        families: name of a family -> its cards, by code.
    """
    cards = [info for members in families.values() for info in members]
    pages = {f"docs/rules/{info.code}.md": f"{NOTE}\n\n{render_rule(info, Style())}" for info in cards}
    return {"docs/rules/README.md": "\n".join(_index(families)) + "\n", **pages}


def _index(families: Mapping[str, Sequence[RuleInfo]]) -> Iterator[str]:
    yield f"{NOTE}\n\n# Rules\n"
    yield "`gatekeeper rule` lists them, `gatekeeper rule CODE` shows a page. A policy may change severities."
    for family, members in families.items():
        yield f"\n## {TITLES.get(family, family.capitalize())}\n\n| Code | Name | Severity | Reports |\n|---|---|---|---|"
        for info in members:
            yield f"| [{info.code}]({info.code}.md) | {info.name} | {info.severity.value} | {_cell(info.summary)} |"


def command_page(group: click.Group) -> str:
    """The page of the command line: what every command takes."""
    context = click.Context(group, info_name="gatekeeper", **group.context_settings)
    parts = [NOTE, "# The command line", *_blocks(group.help), *_blocks(group.epilog)]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        inner = click.Context(command, info_name=name, parent=context)
        parts += _command(command, inner)
        if isinstance(command, click.Group):
            for word in command.list_commands(inner):
                member = command.get_command(inner, word)
                assert member is not None, word
                parts += _command(member, click.Context(member, info_name=word, parent=inner))
    return "\n\n".join(parts) + "\n"


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"## `{context.command_path}`"
    yield from _blocks(command.help)
    yield f"```text\n{context.command_path} {usage}\n```"
    options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    if options:
        yield "\n".join(["| Option | Does |", "|---|---|", *(_option(option) for option in options)])
    yield from _blocks(command.epilog)


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
    if option.is_flag or option.count:
        return f"| {names} | {_cell(option.help)} |"
    default = f" Default: `{option.default}`." if isinstance(option.default, str | int) else ""
    return f"| {names} `{_cell(_value(option))}` | {_cell(option.help)}{default} |"


def _value(option: click.Option) -> str:
    if option.metavar:
        return option.metavar.strip("[]")
    if isinstance(option.type, click.Choice):
        return "|".join(str(choice) for choice in option.type.choices)
    return option.type.name.upper()


def _cell(text: str | None) -> str:
    """A text on one line of a Markdown table."""
    return " ".join((text or "").split()).replace("|", "\\|")


def _blocks(text: str | None) -> Iterator[str]:
    """The paragraphs of a help text; click marks those that keep their line ends with a backspace."""
    for block in inspect.cleandoc((text or "").partition("\f")[0]).split("\n\n"):
        if block.startswith("\b\n"):
            yield "```text\n" + block.removeprefix("\b\n") + "\n```"
        elif block:
            yield block
