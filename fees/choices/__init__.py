"""The words of escrow accounts, by code."""
