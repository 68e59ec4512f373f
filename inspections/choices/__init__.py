"""Texts and lists of choices of inspections, by code."""
