"""Commands that look back in git."""
