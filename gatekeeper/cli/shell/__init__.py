"""Completion of command lines: scripts for shells, and what may stand at a place."""
