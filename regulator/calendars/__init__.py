"""School years, statutory holidays, working days and a division's dated settings."""
