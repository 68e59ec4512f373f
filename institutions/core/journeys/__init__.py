"""Journeys of a licence: one table each, read by one engine. Pure."""
