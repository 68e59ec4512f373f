"""Public ids: UUIDv7, sortable by time, safe in a URL and made by offline clients too."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_public_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562)."""
    return uuid7()
