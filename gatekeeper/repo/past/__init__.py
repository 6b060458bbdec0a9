"""What git's objects hold: whole commits as trees, the log with what each commit changed, and what was found of them before."""
