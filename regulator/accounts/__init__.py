"""Users, departments, divisions, desks, and who may do what."""
