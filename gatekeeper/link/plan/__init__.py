"""What documents plan together: the names of units of work, and lists of numbered folders."""
