"""Why a packet is refused."""

from __future__ import annotations

from enum import StrEnum

from gatekeeper.model.errors import GatekeeperError


class Reason(StrEnum):
    """The reasons, each with its own word that scripts can rely on."""

    MALFORMED = "malformed"
    TAMPERED = "tampered"
    MISSING = "missing"
    EXTRA = "extra"
    TOO_LARGE = "too-large"
    VERSION = "unknown-version"
    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad-signature"
    UNKNOWN_SIGNER = "unknown-signer"
    OTHER_COMMIT = "other-commit"
    OTHER_REPOSITORY = "other-repository"
    OTHER_POLICY = "other-policy"
    OTHER_GATE = "other-gate"
    NOT_MET = "not-met"
    STALE = "stale"
    SECRET = "secret"


_HINTS = {
    Reason.MALFORMED: "ask whoever handed it over for the file as gatekeeper built it",
    Reason.TAMPERED: "ask whoever handed it over for the file as gatekeeper built it; do not use this one",
    Reason.MISSING: "ask whoever handed it over for the whole packet",
    Reason.EXTRA: "take out what was put in, or ask for the packet as it was built",
    Reason.TOO_LARGE: "build a packet for fewer gates, or with --no-embed",
    Reason.VERSION: "verify it with the version of gatekeeper that knows this format",
    Reason.UNSIGNED: "ask for a packet that is signed, or verify without --require-signature",
    Reason.BAD_SIGNATURE: "ask whoever handed it over for the file as it was signed; do not use this one",
    Reason.UNKNOWN_SIGNER: "add the signer to the file of --allowed-signers if you trust them",
    Reason.OTHER_COMMIT: "ask for a packet of the commit that you expect",
    Reason.OTHER_REPOSITORY: "name the repository that the packet was built from, with its history",
    Reason.OTHER_POLICY: "ask for a packet under the policy that you expect",
    Reason.OTHER_GATE: "ask for a packet of the gate that you expect",
    Reason.NOT_MET: "`gatekeeper packet inspect` shows what is missing",
    Reason.STALE: "ask for a packet that was built later",
    Reason.SECRET: "take the secret out of the repository, then build again",
}


class Refused(GatekeeperError):
    """A packet that is not taken, or not built.

    Attributes:
        reason: the word for why.
    """

    def __init__(self, reason: Reason, message: str, where: str = "", hint: str = "") -> None:
        super().__init__(message, hint or _HINTS[reason], where)
        self.reason = reason
