"""Changes that need more than one app."""
