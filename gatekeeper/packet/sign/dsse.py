"""DSSE envelopes of the statement (DSSE v1.0.2), with Ed25519 or ECDSA keys, by securesystemslib."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gatekeeper.model.errors import ConfigError
from gatekeeper.model.packet.content import Signature
from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.canon import canonical, parse_canonical
from gatekeeper.packet.names import ENVELOPE
from gatekeeper.packet.statement import PAYLOAD_TYPE

if TYPE_CHECKING:
    from securesystemslib.signer import SSlibKey

_EXTRA = "install it with the extra: pip install 'gatekeeper-docs[sign]'"
_KEY_BYTES_LIMIT = 65_536


def sign_dsse(statement: bytes, key: Path) -> bytes:
    """The envelope of a statement, canonical JSON.

    Args:
        statement: its bytes.
        key: an unencrypted private key in PEM (PKCS #8): Ed25519, or ECDSA on P-256, P-384 or P-521.

    Raises:
        ConfigError: the extra is not installed, or the key cannot be used.
    """
    _need_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import CryptoSigner

    try:
        signer = CryptoSigner(load_pem_private_key(_read(key), None))
        envelope = Envelope(statement, PAYLOAD_TYPE, {})
        envelope.sign(signer)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        hint = "name an unencrypted private key in PEM: Ed25519 or ECDSA"
        raise ConfigError(f"this key cannot sign: {error}", hint, str(key)) from None
    return canonical(envelope.to_dict())


def check_dsse(statement: bytes, data: bytes, keys: list[Path]) -> Signature:
    """Who signed a statement.

    Args:
        statement: the packet's own.
        data: the envelope.
        keys: public keys in PEM, any of which will do.

    Raises:
        Refused: the envelope is not one of this statement, or none of the keys signed it.
        ConfigError: the extra is not installed, or a key cannot be read.
    """
    _need_library()
    from securesystemslib.exceptions import VerificationError

    known = [_public_key(path) for path in keys]
    envelope = _read_envelope(data)
    if envelope.payload != statement or envelope.payload_type != PAYLOAD_TYPE:
        raise Refused(Reason.BAD_SIGNATURE, f"{ENVELOPE} holds another statement than the packet's")
    try:
        accepted = envelope.verify(known, 1)
    except VerificationError:
        if {key.keyid for key in known} & set(envelope.signatures):
            raise Refused(Reason.BAD_SIGNATURE, f"{ENVELOPE} is not a signature of this statement") from None
        raise Refused(Reason.UNKNOWN_SIGNER, "none of the keys given signed the packet") from None
    return Signature("dsse", next(iter(accepted)), is_known=True)


def _read_envelope(data: bytes) -> Any:
    """The envelope that canonical JSON stands for, written in no other way."""
    from securesystemslib.dsse import Envelope

    try:
        envelope = Envelope.from_dict(parse_canonical(data, ENVELOPE))
        again = canonical(envelope.to_dict())
    except (ValueError, KeyError, TypeError, AttributeError):
        again = b""
    if again != data:
        raise Refused(Reason.BAD_SIGNATURE, f"{ENVELOPE} is not an envelope as packets write it")
    return envelope


def _public_key(path: Path) -> SSlibKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from securesystemslib.signer import SSlibKey

    try:
        return SSlibKey.from_crypto(load_pem_public_key(_read(path)))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        hint = "name a public key in PEM: Ed25519 or ECDSA"
        raise ConfigError(f"this is no public key: {error}", hint, str(path)) from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_KEY_BYTES_LIMIT)
    except OSError as error:
        raise ConfigError(f"the key cannot be read: {error.strerror}", "name a file in PEM", str(path)) from None


def _need_library() -> None:
    try:
        import cryptography  # noqa: F401
        import securesystemslib  # noqa: F401
    except ImportError:
        raise ConfigError("securesystemslib and cryptography are not installed", _EXTRA) from None
