"""A report in the forms that continuous integration reads."""
