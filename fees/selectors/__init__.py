"""Reads of escrow accounts."""
