"""What the repository says of claims: files, scripts, history and reports."""
