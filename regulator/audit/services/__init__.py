"""Appending to the chain."""

from regulator.audit.services.append import EventDraft, Subject, append_event, append_events
from regulator.audit.services.marked import MarkedEvent, marked_event

__all__ = ["EventDraft", "MarkedEvent", "Subject", "append_event", "append_events", "marked_event"]
