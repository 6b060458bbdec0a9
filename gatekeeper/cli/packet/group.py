"""`gatekeeper packet`: sealed packets of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import shared
from gatekeeper.cli.packet.build import build
from gatekeeper.cli.packet.verify import verify

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options

EPILOG = """\b
Examples:
  gatekeeper packet build --gate "Release gate" -o gate.zip
  gatekeeper packet verify gate.zip --repo .
  gatekeeper packet inspect gate.zip
  gatekeeper packet diff old.zip new.zip"""
INSPECT_EPILOG = """\b
Examples:
  gatekeeper packet inspect gate.zip
  gatekeeper packet inspect gate.zip -v

\b
Exits: 0 shown, 2 usage, 4 a bug, 5 refused: it cannot be read as a packet."""
DIFF_EPILOG = """\b
Examples:
  gatekeeper packet diff march.zip april.zip

\b
Exits: 0 no difference, 1 differences, 2 usage, 4 a bug, 5 refused."""


@click.group(epilog=EPILOG, invoke_without_command=True)
@click.pass_context
def packet(context: click.Context) -> int:
    """Build, verify, inspect and compare sealed packets of evidence."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        return Exit.USER
    return Exit.PASS


packet.add_command(build)
packet.add_command(verify)


@packet.command(epilog=INSPECT_EPILOG)
@click.argument("file", metavar="FILE")
@shared(("text", "json"), reads=False)
def inspect(options: Options, file: str) -> int:
    """Show what a packet says, without verifying it.

    With -v every file is listed. As JSON it is the manifest.
    """
    from gatekeeper.cli.packet.opening import opened_packet
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.packet.verify import read_unverified
    from gatekeeper.render.packet.text import render_manifest, render_manifest_json

    with opened_packet(file) as store:
        manifest = read_unverified(store)
    style = options.style()
    text = (
        render_manifest_json(manifest) if options.is_data else render_manifest(manifest, file, style, options.verbosity)
    )
    deliver([text], options.output, data=options.is_data, color=style.color)
    return Exit.PASS


@packet.command(epilog=DIFF_EPILOG)
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@shared(("text", "json"), reads=False)
def diff(options: Options, before: str, after: str) -> int:
    """Show what changed from one packet to another: verdicts, files, findings, items.

    Both must hold: each is verified first, signatures apart.
    """
    from gatekeeper.cli.packet.opening import opened_packet
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.packet.difference import find_changes
    from gatekeeper.packet.verify import Expectations, verify_packet
    from gatekeeper.render.packet.text import render_changes, render_changes_json

    manifests = []
    for file in (before, after):
        with opened_packet(file) as store:
            manifests.append(verify_packet(store, Expectations()).manifest)
    changes = find_changes(*manifests)
    style = options.style()
    text = render_changes_json(changes) if options.is_data else render_changes(changes, style)
    deliver([text], options.output, data=options.is_data, color=style.color)
    return Exit.FINDINGS if changes else Exit.PASS
