"""The list of inspection items: what may be published, and what applies to whom."""
