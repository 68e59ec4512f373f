"""Forms of escrow accounts."""
