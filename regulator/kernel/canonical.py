"""One byte form of a JSON value (RFC 8785), and its SHA-256."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical_bytes(value: Any) -> bytes:
    """The RFC 8785 canonical JSON bytes of strings, integers, lists and dicts."""
    return rfc8785.dumps(value)


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def canonical_digest(value: Any) -> str:
    """SHA-256 hex of a value's canonical bytes."""
    return sha256_hex(canonical_bytes(value))
