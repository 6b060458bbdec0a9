"""Runs that need not be made, and documents that need not be parsed again."""
