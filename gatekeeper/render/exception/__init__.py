"""Exceptions as text: the list of waivers, and the baseline."""
