"""Pure: the states of an escrow account, and what an account number is."""
