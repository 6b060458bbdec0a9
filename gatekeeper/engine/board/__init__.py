"""What a dashboard shows of a run."""
