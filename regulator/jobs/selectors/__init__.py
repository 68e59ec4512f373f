"""Reads of jobs, scoped to who may see them."""
