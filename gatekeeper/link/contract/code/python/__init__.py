"""Python, by the standard library's `ast`."""
