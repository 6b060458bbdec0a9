"""Packets: what a sealed one says, and why one is refused."""
