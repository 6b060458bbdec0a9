"""What was mended, or would be, as text, as a unified diff and as JSON."""
