"""Runs the command line: `python -m gatekeeper`."""

from gatekeeper.cli.main import main

if __name__ == "__main__":
    main()
