"""Contracts: takes the facts that a contract names out of a file and holds them against what it demands."""
