"""Documents and a tree become a project of facts: every reference resolved, nothing judged."""
