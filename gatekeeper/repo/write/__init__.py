"""Writing into a work tree: each file whole or not at all, never through a link, never over what nothing else holds."""
