"""Idempotent receipt: a record that a client sends twice is stored once, with one answer."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from regulator.kernel.canonical import canonical_bytes, sha256_hex


class Receipt(StrEnum):
    """What the server does with a record under a client-made id."""

    FRESH = "fresh"
    SAME = "same"
    DIFFERENT = "different"


def record_digest(kind: str, body: Mapping[str, Any]) -> str:
    """SHA-256 hex of a record: its kind and its body as canonical JSON."""
    return sha256_hex(canonical_bytes({"kind": kind, "body": dict(body)}))


def judge_receipt(known_digest: str | None, digest: str) -> Receipt:
    """Fresh where the id is new; the same answer again where the digest agrees."""
    if known_digest is None:
        return Receipt.FRESH
    return Receipt.SAME if known_digest == digest else Receipt.DIFFERENT
