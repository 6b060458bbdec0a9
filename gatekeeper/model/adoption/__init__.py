"""What is proposed to a repository that adopts the tool."""
