"""Where a command's words go, and what the terminal there can do."""
