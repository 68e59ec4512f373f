"""Pure rules of inspections: no framework, clock, randomness, I/O or logging."""
