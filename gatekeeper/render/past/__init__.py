"""History and differences as text, Markdown and JSON."""
