"""Commands that hold one pack of the law alone."""
