"""Packets in words and as JSON."""
