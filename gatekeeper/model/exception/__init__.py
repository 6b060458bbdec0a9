"""Findings that are accepted for a time, and what a run comes to with them."""
