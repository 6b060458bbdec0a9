"""What the side-by-side run is made of: processes that are timed, peers, cases and the table."""
