"""What a page says of itself as a whole: where its work stands, what is left of it, how it ended."""
