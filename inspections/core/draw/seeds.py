"""Key, readings and seed: what joins the committed frame with the public randomness."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from inspections.core.draw.shapes import HEX64, read_pattern, refuse
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refusal

_RAW_KEY_BYTES = 32
_HEX_KEY = re.compile(rb"\s*([0-9A-Fa-f]{64})\s*")


def read_key(data: bytes) -> str | None:
    """The key of a key file, as 64 lower-case hex digits: the file holds these, or 32 raw bytes."""
    written = _HEX_KEY.fullmatch(data)
    if written:
        return written.group(1).decode("ascii").lower()
    return data.hex() if len(data) == _RAW_KEY_BYTES else None


def seal_of(key: str) -> str:
    """SHA-256 hex of the 32 bytes that 64 hex digits stand for."""
    return sha256_hex(bytes.fromhex(key))


def key_refusals(key: Any, *, seal: str) -> tuple[Refusal, ...]:
    """Why a key is not the one that the frame was sealed with."""
    if not isinstance(key, str) or not HEX64.fullmatch(key):
        return (refuse("key.shape", "key"),)
    return () if seal_of(key) == seal else (refuse("key.seal", "key"),)


def first_match(readings: Sequence[Any], entropy: Mapping[str, Any]) -> str | None:
    """The first reading that is ASCII and fully matches `entropy.format`, or None."""
    pattern = read_pattern(entropy.get("format"))
    for reading in readings:
        if not isinstance(reading, str) or not reading.isascii():
            continue
        if pattern and pattern.fullmatch(reading):
            return reading
    return None


def seed_of(*, commitment: str, key: str, randomness: str) -> str:
    """The seed, SHA-256 hex of `DR1|commitment|key|randomness` (DR1 §2)."""
    return sha256_hex(f"DR1|{commitment}|{key}|{randomness}".encode())
