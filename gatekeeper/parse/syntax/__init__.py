"""Syntax: bytes to text, text to blocks, data files to nodes. Knows nothing of statuses."""
