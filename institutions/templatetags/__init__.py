"""Filters of the institutions' pages and papers."""
