"""`gatekeeper dashboard`."""
