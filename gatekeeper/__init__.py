"""gatekeeper: holds gate evidence and status documents against the repository."""

__version__ = "0.1.0"
