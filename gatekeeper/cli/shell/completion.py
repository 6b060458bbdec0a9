"""`gatekeeper completion`: what a shell needs to complete the words of a command line."""

from __future__ import annotations

import click

from gatekeeper.cli.exits import Exit

EPILOG = """\b
Examples:
  gatekeeper completion bash >> ~/.bashrc
  gatekeeper completion zsh >> ~/.zshrc
  gatekeeper completion fish > ~/.config/fish/completions/gatekeeper.fish

\b
Exits: 0 printed, 2 usage, 4 a bug."""

VARIABLE = "_GATEKEEPER_COMPLETE"
"""The variable by which a shell asks, as click names it: `bash_source` for the script, `bash_complete` for words."""


@click.command(epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the script that makes a shell complete gatekeeper's words.

    SHELL is bash (4.4 or newer), zsh or fish. Commands, options, rules, gates and files are completed.
    """
    group = context.find_root().command
    assert isinstance(group, click.Group)
    return answer(group, f"{shell}_source")


def answer(group: click.Group, instruction: str) -> int:
    """Does what a shell asks for, such as `zsh_source` or `fish_complete`, and returns the exit code."""
    from click.shell_completion import shell_complete

    known = shell_complete(group, {}, "gatekeeper", VARIABLE, instruction) == 0
    return Exit.PASS if known else Exit.USER
