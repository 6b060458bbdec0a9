"""The law: turns a parsed policy file into a valid Policy, or says which line is wrong."""
