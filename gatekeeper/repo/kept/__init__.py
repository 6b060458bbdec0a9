"""What outlives a run: bytes by names, documents by their content, patterns, and what a run learned from a tree."""
