"""What a commit that is being made will hold, and what it changes."""
