"""What may be kept as a paper of an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regulator.kernel.outcomes import Refusal

_MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class DocumentFile:
    """A file as it came: its own name and its bytes."""

    name: str
    data: bytes


def file_refusals(file: DocumentFile, media_type: str, *, limit_bytes: int) -> Iterator[Refusal]:
    """Why the file may not be kept; `media_type` is what its own bytes say, empty for no kind."""
    size_bytes = len(file.data)
    if size_bytes == 0:
        yield Refusal("escrow.file_empty")
    elif size_bytes > limit_bytes:
        params = {"size": -(-size_bytes // _MEBIBYTE), "limit": limit_bytes // _MEBIBYTE}
        yield Refusal("escrow.file_too_large", params)
    elif not media_type:
        yield Refusal("escrow.file_unreadable")
