"""Benchmarks: `make bench`. Each module measures one or more names of the contract."""
