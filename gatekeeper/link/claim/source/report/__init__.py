"""Machine-made reports and what they say: tests, coverage, findings, values."""
