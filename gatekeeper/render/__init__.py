"""Turns a Report or Documents into words and colors; decides no verdicts and opens no files."""
