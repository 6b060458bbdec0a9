"""Dialects: recognizers that turn blocks into items, one shape each, and decide a document's kind."""
