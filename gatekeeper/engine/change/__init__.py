"""What a change would do to the law: what it proposes held against what is in force."""
