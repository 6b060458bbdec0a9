"""The group of commands: each is loaded when it is called, and every ending has its exit code."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from gatekeeper import __version__
from gatekeeper.cli.exits import Exit
from gatekeeper.cli.stream.output import complain, prepare_streams, reason_of, show, silence_stdout, terminal_width
from gatekeeper.model.errors import GatekeeperError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "init": ("gatekeeper.cli.adopt.init:init", "Propose a .gatekeeper.yml for this repository."),
    "check": ("gatekeeper.cli.check:check", "Hold status documents against the repository."),
    "fix": ("gatekeeper.cli.fix.command:fix", "Mend what has one right answer."),
    "gates": ("gatekeeper.cli.gate.gates:gates", "Show the gates, and whether each may be passed."),
    "plan": ("gatekeeper.cli.gate.plan:plan", "List everything that would turn a gate green."),
    "parse": ("gatekeeper.cli.parse:parse", "Show what is understood of each document."),
    "dashboard": ("gatekeeper.cli.board.dashboard:dashboard", "Show gates, items, evidence and claims on one page."),
    "packet": ("gatekeeper.cli.packet.group:packet", "Build, verify, inspect and compare sealed packets."),
    "policy": ("gatekeeper.cli.policy:policy", "Check a policy file, or show the law in force."),
    "validate-ai-runtime": (
        "gatekeeper.cli.validate.ai_runtime:validate_ai_runtime",
        "Hold an AI runtime's guard rails against the policy.",
    ),
    "validate-env": (
        "gatekeeper.cli.validate.env:validate_env",
        "Hold the environment against the policy.",
    ),
    "waivers": ("gatekeeper.cli.waivers:waivers", "List the waivers, by the day on which they end."),
    "baseline": ("gatekeeper.cli.adopt.baseline:baseline", "Accept today's findings once."),
    "history": ("gatekeeper.cli.past.history:history", "Tell when statuses moved, from git."),
    "diff": ("gatekeeper.cli.past.diff:diff", "Show what changed between two commits."),
    "rule": ("gatekeeper.cli.rule:rule", "List the rules, or explain one."),
    "completion": ("gatekeeper.cli.shell.completion:completion", "Print a shell's completion script."),
}
ALIASES = {"verify": "gatekeeper.cli.packet.verify:verify"}
"""Short names of commands of groups, which no list shows."""

EPILOG = """\b
Exits: 0 pass, 1 findings, 2 usage, 3 nothing checked, 4 a bug, 5 refused."""

# Columns of a help text.
_NARROWEST, _WIDEST = 50, 80


class Door(click.Group):
    """The group; its commands stand in `COMMANDS` and are not imported to be listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported; None when there is none."""
        place = COMMANDS[cmd_name][0] if cmd_name in COMMANDS else ALIASES.get(cmd_name)
        if place is None:
            return None
        from importlib import import_module

        module, _, function = place.partition(":")
        command = getattr(import_module(module), function)
        assert isinstance(command, click.Command)
        if ctx.resilient_parsing:
            from gatekeeper.cli.shell.words import teach

            teach(command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, without loading any, and the options."""
        from click.shell_completion import CompletionItem

        named = [CompletionItem(name, help=summary) for name, (_, summary) in COMMANDS.items()]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*(item for item in named if item.value.startswith(incomplete)), *options]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names, with what follows it."""
        name = args[0]
        if name in COMMANDS or name in ALIASES or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(name, COMMANDS, 1)
        question = f"; did you mean `gatekeeper {near[0]}`?" if near else ""
        raise click.UsageError(f"there is no command {name!r}{question}", ctx)

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Runs a command line and exits; every error becomes one message and a code."""
        arguments = sys.argv[1:] if args is None else list(args)
        prepare_streams()
        sys.exit(_run(self, arguments))


def _run(group: Door, arguments: list[str]) -> int:
    try:
        width = max(_NARROWEST, min(terminal_width(), _WIDEST) - 2)
        with group.make_context("gatekeeper", list(arguments), terminal_width=width) as context:
            return int(group.invoke(context) or Exit.PASS)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        return _refuse_usage(error, arguments)
    except GatekeeperError as error:
        return _refuse(error)
    except (KeyboardInterrupt, click.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return Exit.PASS
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
            complain(reason_of(fault), "make room on the disk, or write elsewhere")
            return Exit.USER
        return _confess(fault, debug="--debug" in arguments)


def _refuse(error: GatekeeperError) -> int:
    # Not above: no command that ends well needs the words for why a packet is refused.
    from gatekeeper.model.packet.refusal import Refused

    if isinstance(error, Refused):
        complain(error.message, error.hint, error.where, f"refused[{error.reason.value}]")
        return Exit.REFUSED
    complain(error.message, error.hint, error.where)
    return Exit.USER


def _refuse_usage(error: click.ClickException, arguments: list[str]) -> int:
    context = getattr(error, "ctx", None)
    # click does not always say whose usage was wrong.
    command = context.command_path if context else " ".join(["gatekeeper", *COMMANDS.keys() & arguments[:1]])
    complain(error.format_message().rstrip("."), f"`{command} --help` shows what it takes", command)
    return Exit.USER


def _confess(fault: Exception, debug: bool) -> int:
    """Tells of a bug of ours."""
    if debug:
        import traceback

        show("".join(traceback.format_exception(fault)).splitlines())
    hint = "this is a bug of gatekeeper's: please report it with the output of the same command with --debug"
    complain(f"{type(fault).__name__}: {fault}", hint, f"gatekeeper {__version__}")
    return Exit.INTERNAL


@click.command(
    cls=Door, epilog=EPILOG, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, "-V", "--version", message="gatekeeper %(version)s")
@click.pass_context
def gatekeeper(context: click.Context) -> int:
    """Holds what status documents say against the repository."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        return Exit.USER
    return Exit.PASS
