"""Mending: which fixes are applied, to which bytes, and whether the findings are gone afterwards."""
