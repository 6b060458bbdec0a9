"""Words: what a token, a reference or a name means by its spelling."""
