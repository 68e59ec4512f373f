"""Desk pages of calendars and settings."""
