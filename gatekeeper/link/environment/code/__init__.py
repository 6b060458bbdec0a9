"""Uses of variables in scripts, Python, compose files and workflows: syntax is parsed, so that comments and strings do not count."""
