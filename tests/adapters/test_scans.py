"""Scans and photos: what is read of them, in which state, and what is never unpacked."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image, ImageFilter
from pypdf import PdfReader, PdfWriter

from inspections.documents.checklists import checklist_html
from regulator.adapters import scans
from regulator.adapters.pdf import render_pdf
from regulator.adapters.scans import ScanPage, UnusableScan, count_pages, read_pages
from tests.inspections.documents.papers import facts

CODES = [
    "510116-2026-001/P000001/1/1-QT",
    "510116-2026-001/P000001/2/1-DV",
    "510116-2026-001/P000001/3/1-3W",
    "510116-2026-001/P000001/4/1-ST",
]


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_pdf(checklist_html(facts(items=34)))


def drawn(paper: bytes, page: int, *, dots_per_inch: int = 150) -> Image.Image:
    with pypdfium2.PdfDocument(paper) as document:
        one = document[page - 1]
        bitmap = one.render(scale=dots_per_inch / 72, grayscale=True)
        picture = bitmap.to_pil().copy()
        bitmap.close()
        one.close()
    return picture


def photo(picture: Image.Image, *, quality: int = 60) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def speckled(picture: Image.Image, *, share: float) -> Image.Image:
    """With so many of its pixels black or white at random."""
    chance = random.Random(7)
    noisy = picture.copy()
    for _speck in range(int(picture.width * picture.height * share)):
        place = (chance.randrange(picture.width), chance.randrange(picture.height))
        noisy.putpixel(place, chance.choice((0, 255)))
    return noisy


def shaded(picture: Image.Image) -> Image.Image:
    """As a photo under a lamp: from light to a dark corner."""
    shade = Image.linear_gradient("L").resize(picture.size).point(lambda grey: 90 + grey // 2)
    return Image.composite(picture, Image.new("L", picture.size, 0), shade)


def only(data: bytes) -> ScanPage:
    (page,) = read_pages(data)
    return page


def refused(data: bytes) -> str:
    with pytest.raises(UnusableScan) as caught:
        list(read_pages(data))
    return caught.value.code


def test_every_page_of_a_scanned_pdf_says_which_it_is(paper: bytes) -> None:
    pages = list(read_pages(paper))
    assert [page.position for page in pages] == [1, 2, 3, 4]
    assert [list(page.codes) for page in pages] == [[code] for code in CODES]
    assert all(page.jpeg.startswith(b"\xff\xd8\xff") for page in pages)
    assert count_pages(paper) == 4


def test_reading_goes_on_after_the_pages_that_were_read(paper: bytes) -> None:
    assert [page.position for page in read_pages(paper, after=3)] == [4]
    assert list(read_pages(paper, after=4)) == []


@pytest.mark.parametrize("degrees", [0, 2, 17, 90, 180, 271])
def test_a_photo_is_read_however_it_lies(paper: bytes, degrees: int) -> None:
    turned = drawn(paper, 2).rotate(degrees, expand=True, fillcolor=235)
    assert only(photo(turned)).codes == (CODES[1],)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda picture: picture.filter(ImageFilter.GaussianBlur(1)),
        lambda picture: speckled(picture, share=0.02),
        shaded,
        lambda picture: picture.resize((picture.width * 2 // 3, picture.height * 2 // 3)),
    ],
    ids=["blurred", "speckled", "shaded", "small"],
)
def test_a_photo_of_low_quality_is_read(paper: bytes, spoilt: object) -> None:
    picture = spoilt(drawn(paper, 1))  # type: ignore[operator]
    assert only(photo(picture, quality=30)).codes == (CODES[0],)


def test_a_phone_held_upright_is_turned_by_what_the_camera_says(paper: bytes) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    drawn(paper, 1).rotate(90, expand=True).save(file, "JPEG", exif=exif)
    page = only(file.getvalue())
    assert page.codes == (CODES[0],)
    with Image.open(io.BytesIO(page.jpeg)) as kept:
        assert kept.height > kept.width


def test_a_page_that_cannot_be_read_is_a_page_without_codes(paper: bytes) -> None:
    page = only(photo(drawn(paper, 1).filter(ImageFilter.GaussianBlur(7))))
    assert (page.position, page.codes) == (1, ())
    assert page.jpeg


def test_a_picture_of_two_pages_names_both(paper: bytes) -> None:
    left, right = drawn(paper, 1), drawn(paper, 2)
    both = Image.new("L", (left.width * 2, left.height), 255)
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    assert set(only(photo(both)).codes) == {CODES[0], CODES[1]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "kind"),
        (b"PK\x03\x04 a workbook", "kind"),
        (b"<html>%PDF-1.7", "kind"),
        (b"\x00\x00\x00\x18ftypheic", "kind"),
        (b"%PDF-1.7 nothing more", "broken"),
        (b"\xff\xd8\xff\xe0 cut short", "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
    ],
)
def test_what_is_no_scan_is_told_by_its_bytes(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_file_beyond_the_limit_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_BYTES", 100)
    assert refused(b"%PDF-" + b"0" * 95) == "broken"
    assert refused(b"%PDF-" + b"0" * 96) == "too_large"


def test_a_pdf_of_too_many_pages_is_refused(paper: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_PAGES", 4)
    assert count_pages(paper) == 4
    monkeypatch.setattr(scans, "MOST_PAGES", 3)
    assert refused(paper) == "too_many_pages"


def test_a_locked_pdf_is_said_to_be_locked(paper: bytes) -> None:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(paper)))
    writer.encrypt("geheim", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert refused(file.getvalue()) == "locked"


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has so many pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_that_unpacks_to_too_much_is_never_unpacked() -> None:
    assert refused(bomb(60_000, 60_000)) == "too_many_pixels"
    assert refused(bomb(9_000, 9_000)) == "too_many_pixels"


def test_a_pdf_page_as_large_as_a_field_is_drawn_within_bounds() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=14_000, height=14_000)
    file = io.BytesIO()
    writer.write(file)
    with Image.open(io.BytesIO(only(file.getvalue()).jpeg)) as kept:
        assert max(kept.size) <= 1_700
