"""Pure: the fictional district, and what the desks have to do."""
