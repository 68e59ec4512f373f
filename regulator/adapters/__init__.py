"""The world outside: PDF engine, file storage; later geocoding, banks, messages."""
