"""`gatekeeper packet`: build, verify, inspect and compare sealed packets."""
