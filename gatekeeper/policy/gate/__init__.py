"""The section of a policy about gates."""
