"""A bureau's own reference tables: their columns, what a row may hold, how two tables differ."""
