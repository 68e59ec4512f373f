"""Long work with progress: the row is the truth, the broker a wake-up call."""
