"""`gatekeeper fix`."""
