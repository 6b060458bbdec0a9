"""Signatures of a packet: by SSH keys, and as DSSE envelopes."""
