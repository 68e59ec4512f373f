"""What a reconciliation may find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """Something that is not as the postings say: what, where, what is stored, what they say."""

    code: str
    division: str
    institution: str
    account: str
    stored: str
    computed: str
