"""The escrow ledger's arithmetic: accounts, entries, commands. Double entry in whole fen."""
