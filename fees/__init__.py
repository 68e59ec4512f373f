"""预收费监管: escrow accounts. The ledger stands on these records."""
