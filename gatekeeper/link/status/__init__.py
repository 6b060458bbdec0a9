"""Equal things and their parts: who says what of which unit of work."""
