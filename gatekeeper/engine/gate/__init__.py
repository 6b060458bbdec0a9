"""Verdicts of gates: facts, settled findings and exceptions brought together."""
