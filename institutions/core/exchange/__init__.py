"""Taking tables in and giving them out: cells, column mappings, and what a row would change."""
