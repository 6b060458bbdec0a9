"""The section `assertions`, and files that test a policy."""
