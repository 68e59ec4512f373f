"""Reads across more than one app."""
