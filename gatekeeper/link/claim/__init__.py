"""Claims held against lists, other figures, files, scripts, history and reports."""
