"""Reading users, desks and places."""
