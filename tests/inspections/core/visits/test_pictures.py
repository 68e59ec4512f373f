"""Photos: known by their first bytes, kept up to 8 MB, and whole."""

from __future__ import annotations

import pytest

from inspections.core.visits.pictures import PHOTO_LIMIT_BYTES, picture_refusals, picture_type

JPEG = b"\xff\xd8\xff\xe0" + bytes(20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
WEBP = b"RIFF\x00\x00\x00\x00WEBP" + bytes(20)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (WEBP, "image/webp"),
        (b"%PDF-1.7", ""),
        (b"", ""),
        (b"<svg xmlns=", ""),
    ],
)
def test_a_picture_is_what_its_first_bytes_say(data: bytes, expected: str) -> None:
    assert picture_type(data) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (PHOTO_LIMIT_BYTES, []),
        (PHOTO_LIMIT_BYTES + 1, ["visit.photo_too_large"]),
    ],
)
def test_a_photo_is_kept_up_to_eight_megabytes(size: int, expected: list[str]) -> None:
    data = JPEG + bytes(size - len(JPEG))
    found = picture_refusals(data, digest="a" * 64, stated_digest="a" * 64)
    assert [one.code for one in found] == expected


def test_a_photo_damaged_on_its_way_is_asked_for_again() -> None:
    found = picture_refusals(JPEG, digest="a" * 64, stated_digest="b" * 64)
    assert [one.code for one in found] == ["visit.photo_digest_differs"]
    assert picture_refusals(JPEG, digest="a" * 64, stated_digest="") == []
