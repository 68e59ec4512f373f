"""Escrow accounts as files."""
