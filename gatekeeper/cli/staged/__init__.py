"""Commands that judge a change before it is made."""
