"""Where the process starts: answers `--version` at once, and opens the group of commands for everything else."""

from __future__ import annotations

import gc
import os
import sys

from gatekeeper import __version__


def main() -> None:
    """Runs the command line and exits with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        _print_version()
        return
    # Loading makes no garbage, and takes a tenth less without looking for it; `flags.shared` looks again.
    gc.disable()
    try:
        # Not above: click takes three times as long to load as Python does to start.
        from gatekeeper.cli.group import gatekeeper

        instruction = os.environ.get("_GATEKEEPER_COMPLETE")
        if instruction:
            from gatekeeper.cli.shell.completion import answer

            sys.exit(answer(gatekeeper, instruction))
        gatekeeper.main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)


def _print_version() -> None:
    try:
        print(f"gatekeeper {__version__}", flush=True)
    except OSError as error:
        from gatekeeper.cli.stream.output import silence_stdout

        silence_stdout()
        if not isinstance(error, BrokenPipeError):
            sys.exit(2)
