"""What a contract may demand of facts; each demand says in which ways they do not meet it."""
