"""`gatekeeper packet build`: the sealed packet of a gate, of several, or of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.flags import date_of, shared, today_flag, trust_flag

if TYPE_CHECKING:
    from gatekeeper.cli.options import Options
    from gatekeeper.packet.seal import Signers

EPILOG = """\b
Examples:
  gatekeeper packet build --gate "Release gate" -o launch.zip
  gatekeeper packet build --all --sign-ssh ~/.ssh/id_ed25519 -o gates.zip
  gatekeeper packet build --gate "Release gate" --report html -o launch.html

\b
Exits: 0 built, 2 usage or policy, 3 no gate, 4 a bug, 5 refused (a secret)."""


@click.command(epilog=EPILOG)
@shared(("text", "json"))
@click.option("--gate", "gates", multiple=True, metavar="NAME", help="A gate that it is about; may be given again.")
@click.option("--all", "everything", is_flag=True, help="All gates.")
@click.option("--ref", metavar="COMMIT", help="The commit to pack.  [default: HEAD]")
@click.option("--worktree", is_flag=True, help="Pack the files as they stand on disk.")
@click.option("--no-embed", is_flag=True, help="Name the files by digest, without their bytes.")
@click.option("--folder", is_flag=True, help="Write a folder instead of an archive.")
@click.option("--report", type=click.Choice(["html", "md"]), metavar="[html|md]", help="The report alone, unsealed.")
@click.option("--sign-ssh", metavar="KEY", help="Sign with an SSH key, through ssh-keygen.")
@click.option("--sign-key", metavar="PEM", help="Sign with an Ed25519 or ECDSA key, as DSSE.")
@today_flag
@trust_flag
def build(
    options: Options,
    gates: tuple[str, ...],
    everything: bool,
    ref: str | None,
    worktree: bool,
    no_embed: bool,
    folder: bool,
    report: str | None,
    sign_ssh: str | None,
    sign_key: str | None,
    today: str | None,
    trust_ref: str | None,
) -> int:
    """Seal what was claimed, what was found, under which law and at which commit.

    What is packed is what the commit holds, read from git's objects. The day is --today's, else SOURCE_DATE_EPOCH's, else the clock's. Secrets are
    blanked out before anything is hashed. The manifest tells of all that.
    """
    from gatekeeper.cli.packet.making import Wishes, make_packet, make_report
    from gatekeeper.cli.packet.subject import opened_subject

    if bool(gates) == everything:
        raise click.UsageError("name the gate with --gate, or take all of them with --all")
    if worktree and ref is not None:
        raise click.UsageError("--worktree packs the files as they stand, and --ref a commit's: give one of them")
    if report is None and options.output in (None, "-"):
        raise click.UsageError("name the file to write with -o")
    signers = _signers(sign_ssh, sign_key)
    with opened_subject(
        options, None if worktree else ref or "HEAD", date_of(today or _epoch_day()), trust_ref
    ) as subject:
        chosen = subject.choose(gates)
        if not chosen:
            from gatekeeper.cli.gate.ask import tell_no_gates

            tell_no_gates()
            return Exit.NOTHING
        if report is not None:
            make_report(options, subject, chosen, report)
        else:
            make_packet(options, subject, chosen, Wishes(not no_embed, folder, signers))
    return Exit.PASS


def _epoch_day() -> str | None:
    """The day that SOURCE_DATE_EPOCH names (reproducible-builds.org); None without it.

    Raises:
        UsageError: it is no count of seconds.
    """
    import os
    from datetime import UTC, datetime

    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return None
    try:
        return datetime.fromtimestamp(int(given), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {given!r}, which is no count of seconds since 1970") from None


def _signers(ssh: str | None, key: str | None) -> Signers:
    from functools import partial
    from pathlib import Path

    from msgspec.structs import replace

    from gatekeeper.packet.seal import Signers

    signers = Signers()
    if ssh is not None:
        from gatekeeper.packet.sign.ssh import sign_ssh

        signers = replace(signers, ssh=partial(sign_ssh, key=Path(ssh).absolute()))
    if key is not None:
        from gatekeeper.packet.sign.dsse import sign_dsse

        signers = replace(signers, dsse=partial(sign_dsse, key=Path(key)))
    return signers
