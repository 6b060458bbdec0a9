"""The door: reads arguments, walks the corridor, prints, exits."""
