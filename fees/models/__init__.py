"""Escrow accounts."""

from fees.models.escrow import EscrowAccount

__all__ = ["EscrowAccount"]
