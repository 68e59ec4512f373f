"""One file per journey: its table and its guards."""
