"""Runs over one pack of the law alone: no documents are read."""
