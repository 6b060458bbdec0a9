"""Contracts: what a file must say by the policy, and what became of that."""
