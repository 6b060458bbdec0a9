"""Shapes: one recognizer a way of writing status: tables, lists, headings, key lines, legends, data trees."""
