"""How much room text takes on a terminal, and what is shown of a line that takes more."""
