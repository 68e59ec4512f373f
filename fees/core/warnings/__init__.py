"""Warnings: dated facts, indicators that can be explained, and the tier they lead to."""
