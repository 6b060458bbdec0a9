"""Dashboards: everything that one run comes to, as text, Markdown, JSON, and one page of HTML."""
