"""Pure: how an event is hashed and a chain walked."""
