"""Visits: states, answers, categories and receipts, without Django."""
