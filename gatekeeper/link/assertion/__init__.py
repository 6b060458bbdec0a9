"""Assertions: selects things that documents say, and holds each against what the law demands."""
