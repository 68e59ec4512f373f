"""What a photo or a signature must be to be kept."""

from __future__ import annotations

from regulator.kernel.outcomes import Refusal

PHOTO_LIMIT_BYTES = 8 * 1024 * 1024
_BYTES_PER_MB = 1024 * 1024
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def picture_type(data: bytes) -> str:
    """`image/jpeg`, `image/png` or `image/webp` by the file's own first bytes, else empty."""
    for start, media_type in _STARTS:
        if data.startswith(start):
            return media_type
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return "image/webp" if is_webp else ""


def picture_refusals(data: bytes, *, digest: str, stated_digest: str) -> list[Refusal]:
    """Every reason why the bytes cannot be kept; `stated_digest` is the device's, empty if none."""
    found: list[Refusal] = []
    if len(data) > PHOTO_LIMIT_BYTES:
        params = {
            "size_mb": f"{len(data) / _BYTES_PER_MB:.1f}",
            "limit_mb": PHOTO_LIMIT_BYTES // _BYTES_PER_MB,
        }
        found.append(Refusal("visit.photo_too_large", params))
    if not picture_type(data):
        found.append(Refusal("visit.photo_not_a_picture"))
    if stated_digest and stated_digest != digest:
        found.append(Refusal("visit.photo_digest_differs"))
    return found
