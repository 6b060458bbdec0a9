"""SSH signatures of the manifest (OpenSSH PROTOCOL.sshsig), made and checked by `ssh-keygen`: git's own keys and lists of signers serve."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from gatekeeper.model.errors import ConfigError
from gatekeeper.model.packet.content import Signature
from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.names import SSH_SIGNATURE

NAMESPACE = "gatekeeper-packet"
"""What a signature is for; one that was made for something else does not serve."""

_TIMEOUT_SECONDS = 60
_ARMOR = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/]{70}\n)*[A-Za-z0-9+/]{1,70}={0,2}\n)-----END SSH SIGNATURE-----\n"
)
_LINE = 70
_FINGERPRINT = re.compile(r"key (SHA256:[A-Za-z0-9+/=]+)")


def sign_ssh(data: bytes, key: Path) -> bytes:
    """The armored signature of some bytes.

    Args:
        data: what is signed.
        key: a private key, or a public one whose private half an agent holds.

    Raises:
        ConfigError: the key cannot sign.
    """
    code, output, error = _run(["-Y", "sign", "-f", str(key), "-n", NAMESPACE, "-q"], data)
    if code or not _ARMOR.fullmatch(output):
        hint = "name a private key of OpenSSH, or a public one whose private half ssh-agent holds"
        raise ConfigError(f"ssh-keygen could not sign: {_last_line(error)}", hint, str(key))
    return output


def check_ssh(data: bytes, signature: bytes, signers: Path | None) -> Signature:
    """Who signed some bytes.

    Args:
        data: what was signed.
        signature: armored, as ssh-keygen writes it.
        signers: a file as `gpg.ssh.allowedSignersFile` of git; None to check only that the signature is one of its own key.

    Raises:
        Refused: the signature is not one of these bytes, or its key is not in the list for this namespace and today.
        ConfigError: ssh-keygen is not there, or the list cannot be read.
    """
    _check_armor(signature)
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "signature"
        held.write_bytes(signature)
        code, output, _ = _run(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(held)], data)
        if code:
            raise Refused(Reason.BAD_SIGNATURE, f"{SSH_SIGNATURE} is not a signature of this manifest")
        match = _FINGERPRINT.search(output.decode("utf-8", "replace"))
        fingerprint = match[1] if match else "a key"
        if signers is None:
            return Signature("ssh", fingerprint, is_known=False)
        for name in _principals(held, signers):
            arguments = ["-Y", "verify", "-f", str(signers), "-I", name, "-n", NAMESPACE, "-s", str(held)]
            if _run(arguments, data)[0] == 0:
                return Signature("ssh", name, is_known=True)
    raise Refused(
        Reason.UNKNOWN_SIGNER, f"the packet is signed by {fingerprint}, which {signers} does not name for this"
    )


def _principals(signature: Path, signers: Path) -> list[str]:
    if not signers.is_file():
        raise ConfigError(
            "there is no such file of allowed signers", "write one as git's gpg.ssh.allowedSignersFile", str(signers)
        )
    _, output, _ = _run(["-Y", "find-principals", "-f", str(signers), "-s", str(signature)], b"")
    return output.decode("utf-8", "replace").splitlines()


def _check_armor(signature: bytes) -> None:
    """Refuses every way to write a signature but ssh-keygen's."""
    match = _ARMOR.fullmatch(signature)
    if match is not None:
        body = match[1].replace(b"\n", b"")
        try:
            encoded = base64.b64encode(base64.b64decode(body, validate=True))
        except ValueError:
            encoded = b""
        lines = [encoded[at : at + _LINE] + b"\n" for at in range(0, len(encoded), _LINE)]
        if b"".join(lines) == match[1]:
            return
    raise Refused(Reason.BAD_SIGNATURE, f"{SSH_SIGNATURE} is not a signature as ssh-keygen writes it")


def _run(arguments: list[str], data: bytes) -> tuple[int, bytes, str]:
    """The exit code and both streams of ssh-keygen."""
    program = shutil.which("ssh-keygen")
    if program is None:
        raise ConfigError("there is no ssh-keygen", "install OpenSSH, 8.2 or newer")
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        ended = subprocess.run(
            [program, *arguments], input=data, capture_output=True, env=environment, timeout=_TIMEOUT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"ssh-keygen did not run: {error}", "try it by hand", program) from None
    return ended.returncode, ended.stdout, ended.stderr.decode("utf-8", "replace")


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else "it gave no reason"
