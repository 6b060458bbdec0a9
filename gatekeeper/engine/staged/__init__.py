"""A change alone: what it says, and what it breaks elsewhere."""
