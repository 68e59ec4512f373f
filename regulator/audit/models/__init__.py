"""The chain's two tables."""

from regulator.audit.models.event import Event, Head

__all__ = ["Event", "Head"]
