"""The words of calendars and settings, by code."""
