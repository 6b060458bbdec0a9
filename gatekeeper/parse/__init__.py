"""Bytes to Documents: every item knows its span. Knows no other file, no git, no policy."""
