"""Reading the chain."""
