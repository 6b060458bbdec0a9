"""Assertions: what a policy demands of parsed documents, and what became of it."""
