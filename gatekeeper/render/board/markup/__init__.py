"""Dashboards as markup: Markdown, a page of HTML, and templates of the users."""
