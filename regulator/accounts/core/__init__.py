"""Pure: roles, actions, and the one policy over them."""
