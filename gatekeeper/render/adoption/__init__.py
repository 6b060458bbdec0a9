"""A proposed policy file with its reasons, and what comes after it, as text."""
