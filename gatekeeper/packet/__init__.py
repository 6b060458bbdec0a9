"""Seals a report and the bytes it stands on under digests, and checks a sealed packet years later."""
