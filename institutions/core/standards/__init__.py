"""Setting standards: dated limits for places and staff, and what they say of a place."""
