"""Papers as PDF, from their frozen facts."""
