"""One byte form of a JSON value (RFC 8785), and its SHA-256."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import orjson
import rfc8785


def canonical_bytes(value: Any) -> bytes:
    """The RFC 8785 canonical JSON bytes of strings, integers, lists and dicts."""
    return rfc8785.dumps(value)


def canonical_row_bytes(rows: Any) -> bytes:
    """The same bytes for rows of texts, written by orjson: some hundred times as fast.

    Only for lists and dicts of texts and small whole numbers whose keys lie in the basic plane:
    there RFC 8785 and orjson escape alike, and code points sort as UTF-16 does.
    """
    try:
        return orjson.dumps(rows, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a number beyond 64 bits
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def canonical_digest(value: Any) -> str:
    """SHA-256 hex of a value's canonical bytes."""
    return sha256_hex(canonical_bytes(value))
