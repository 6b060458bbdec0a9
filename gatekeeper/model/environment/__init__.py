"""The environment of a program: what the law says of its variables, and what files and code do with them."""
