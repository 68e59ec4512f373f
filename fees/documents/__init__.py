"""Papers of escrow accounts, set as PDF and as workbooks."""
