"""What a tree for measuring holds: words, and the documents of an area."""
