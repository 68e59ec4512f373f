"""Texts of pages that speak of more than one app."""
