"""Commands for the first day: a policy proposed, past findings accepted."""
