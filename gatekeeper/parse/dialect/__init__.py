"""Dialects: a whole document: its items settled, its log entries, its proof, what kind it is."""
