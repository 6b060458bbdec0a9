"""Gates and plans as text: for people and for scripts."""
