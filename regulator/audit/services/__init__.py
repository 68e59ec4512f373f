"""Appending to the chain."""

from regulator.audit.services.append import EventDraft, Subject, append_event, append_events

__all__ = ["EventDraft", "Subject", "append_event", "append_events"]
