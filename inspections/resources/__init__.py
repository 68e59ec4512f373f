"""Workbooks of inspections."""
