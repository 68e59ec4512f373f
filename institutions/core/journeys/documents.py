"""What may be handed in as a document: its kind, its size, and what its first bytes say it is."""

from __future__ import annotations

from dataclasses import dataclass

from institutions.core.journeys.shape import JourneyTable
from regulator.kernel.outcomes import Refusal

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class DocumentFacts:
    """A file before it is kept; `media_type` is empty where its bytes are none we take."""

    kind: str
    size_bytes: int
    media_type: str
    limit_bytes: int


def document_media_type(data: bytes) -> str:
    """`application/pdf`, `image/jpeg` or `image/png` by the file's own first bytes, else empty."""
    for start, media_type in _SIGNATURES:
        if data.startswith(start):
            return media_type
    return ""


def upload_refusals(table: JourneyTable, facts: DocumentFacts) -> tuple[Refusal, ...]:
    """Every reason why the file may not be kept."""
    found = []
    if facts.kind not in table.documents:
        found.append(Refusal("journey.document_unasked", {"journey_document": facts.kind}))
    if facts.size_bytes == 0:
        found.append(Refusal("journey.file_empty"))
    elif facts.size_bytes > facts.limit_bytes:
        params = {
            "size": round_up(facts.size_bytes),
            "limit": facts.limit_bytes // _MEBIBYTE,
        }
        found.append(Refusal("journey.file_too_large", params))
    elif not facts.media_type:
        found.append(Refusal("journey.file_unreadable"))
    return tuple(found)


def round_up(size_bytes: int) -> int:
    """Whole mebibytes, rounded up."""
    return -(-size_bytes // _MEBIBYTE)
