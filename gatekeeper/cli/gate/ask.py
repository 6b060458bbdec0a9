"""A run for a command about gates, and the gate that somebody names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.model.gate.verdict import Gate


def run(options: Options, exclude: tuple[str, ...], today: str) -> tuple[Gate, ...]:
    """The gates of the repository.

    Raises:
        GatekeeperError: the root, the policy or the tree cannot be used.
    """
    from gatekeeper import __version__
    from gatekeeper.cli.workspace import open_workspace, reading
    from gatekeeper.engine import session
    from gatekeeper.engine.gate.verdicts import find_gates

    workspace = open_workspace(options, (), exclude)
    with reading(options) as (parse, progress):
        settings = session.RunSettings((), today, __version__, workspace.policy, parse=parse)
        _, project, settlement = session.survey(workspace.tree, settings, progress)
    return find_gates(project, settlement, workspace.policy, workspace.tree, today)


def pick(gates: Sequence[Gate], name: str, param: str) -> Gate:
    """The gate of that name, alias or unit; letter case and blanks make no difference.

    Raises:
        BadParameter: there is none, or several.
    """
    from gatekeeper.engine.gate.names import named

    found, near = named(gates, name)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(repr(gate.name) for gate in found)
        raise click.BadParameter(f"{name!r} may be {names}", param_hint=param)
    question = f"; did you mean {near!r}?" if near else ""
    raise click.BadParameter(f"there is no gate {name!r}{question}", param_hint=param)


def tell_no_gates() -> None:
    """Says that there is no gate, and how there would be one."""
    from gatekeeper.cli.stream.output import complain

    complain(
        "there is no gate: no document names one, and the policy has no section `gates`",
        "name one in .gatekeeper.yml, such as `gates: {Release: {requires: {items: [Sprint 1]}}}`; docs/gates.md of gatekeeper has more",
    )
