"""Reads of calendars and settings. `shipped` needs no database."""
