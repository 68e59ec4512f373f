"""Tags of inspections."""
