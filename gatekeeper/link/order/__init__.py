"""What stands before what: gates, runs of numbered units, needs, and the course of logs."""
