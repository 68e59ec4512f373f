"""Pages of escrow accounts: the desk's and the institution's own."""
