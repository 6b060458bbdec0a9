"""`gatekeeper verify` and `gatekeeper packet verify`: whether a sealed packet still holds."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import shared

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.model.packet.content import Verified
    from gatekeeper.packet.verify import CheckSignature, Expectations

EPILOG = """\b
Examples:
  gatekeeper verify gate.zip
  gatekeeper verify gate.zip --repo . --expect-gate "Release gate"
  gatekeeper verify gate.zip --allowed-signers signers --require-signature

\b
Exits: 0 verified, 2 usage, 4 a bug, 5 refused."""


@click.command(epilog=EPILOG)
@click.argument("file", metavar="FILE")
@shared(("text", "json"), reads=False)
@click.option("--repo", metavar="DIR", help="Hold every file against a repository's objects.")
@click.option("--allowed-signers", metavar="FILE", help="SSH signers, as git's gpg.ssh.allowedSignersFile.")
@click.option(
    "--key", "keys", multiple=True, metavar="PEM", help="Public key of a DSSE signature; any of several will do."
)
@click.option("--require-signature", is_flag=True, help="Refuse it without a signature by a known signer.")
@click.option("--expect-commit", default="", metavar="ID", help="Refuse a packet about another commit.")
@click.option("--expect-policy", default="", metavar="SHA256", help="Refuse a packet under another law.")
@click.option(
    "--expect-gate", "gates", multiple=True, metavar="NAME", help="Refuse it unless this gate is met or waived."
)
@click.option("--not-before", default="", metavar="DATE", help="Refuse a packet that tells of an earlier day.")
def verify(
    options: Options,
    file: str,
    repo: str | None,
    allowed_signers: str | None,
    keys: tuple[str, ...],
    require_signature: bool,
    expect_commit: str,
    expect_policy: str,
    gates: tuple[str, ...],
    not_before: str,
) -> int:
    """Check a sealed packet: its signatures, every byte, and what you expect of it.

    FILE is a packet, or a folder that one was unpacked to. Nothing is extracted, and nothing is run but ssh-keygen.
    """
    from gatekeeper.cli.flags import date_of
    from gatekeeper.packet.verify import Expectations

    expected = Expectations(
        check_ssh=_ssh_checker(Path(allowed_signers)) if allowed_signers is not None else None,
        check_dsse=_dsse_checker([Path(key) for key in keys]) if keys else None,
        needs_signature=require_signature,
        commit=expect_commit.lower(),
        gates=gates,
        policy=expect_policy.lower(),
        oldest=date_of(not_before) if not_before else "",
        find_blobs=partial(_blobs_of, repo) if repo is not None else None,
    )
    return _tell(options, file, expected)


def _ssh_checker(signers: Path) -> CheckSignature:
    # Loaded where it is asked for: most packets are checked without.
    from gatekeeper.packet.sign.ssh import check_ssh

    return partial(check_ssh, signers=signers)


def _dsse_checker(keys: list[Path]) -> CheckSignature:
    from gatekeeper.packet.sign.dsse import check_dsse

    return partial(check_dsse, keys=keys)


def _blobs_of(repo: str, commit: str) -> dict[str, str] | None:
    """Path -> blob id of a commit's files; None where the repository does not hold it."""
    from gatekeeper.model.errors import TreeError
    from gatekeeper.repo.worktree import open_tree

    with open_tree(str(Path(repo).resolve()), str(Path.cwd())).open_past() as past:
        try:
            known = past.find(commit)
        except TreeError:
            return None
        return past.tree(known).blobs()


def _tell(options: Options, file: str, expected: Expectations) -> int:
    from gatekeeper.cli.stream.output import deliver
    from gatekeeper.model.packet.refusal import Refused
    from gatekeeper.render.packet.text import render_verified, render_verified_json

    style = options.style()
    verified: Verified | None = None
    try:
        verified = _verify(file, expected)
    except Refused as refusal:
        if not options.is_data:
            raise
        deliver([render_verified_json(None, refusal)], options.output, data=True)
        return Exit.REFUSED
    text = render_verified_json(verified, None) if options.is_data else render_verified(verified, file, style)
    deliver([text], options.output, data=options.is_data, color=style.color)
    return Exit.PASS


def _verify(file: str, expected: Expectations) -> Verified:
    from gatekeeper.cli.packet.opening import opened_packet
    from gatekeeper.packet.verify import verify_packet

    with opened_packet(file) as store:
        return verify_packet(store, expected)
