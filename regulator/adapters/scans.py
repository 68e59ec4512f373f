"""Scans and photos of paper: their pages as small pictures, and the QR codes that stand on them.

What came from outside is never trusted: kinds are told by their bytes, sizes are bounded before
anything is unpacked, and a page that cannot be drawn is one unreadable page, not a failed file.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, ImageFile, ImageFilter, ImageOps, UnidentifiedImageError

MOST_BYTES = 50 * 1024 * 1024
MOST_PAGES = 300
MOST_PIXELS = 80_000_000
_DOTS_PER_INCH = 200
_LONGEST_SIDE = 3_400  # pixels of the picture in which codes are looked for
_KEPT_SIDE = 1_700  # pixels of the picture that is kept to be looked at
_QUALITY = 75
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_MAGIC = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))


class UnusableScan(Exception):
    """No scan: `too_large`, `kind`, `too_many_pages`, `too_many_pixels`, `locked` or `broken`."""

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class ScanPage:
    """One page: its place from 1, a JPEG to look at, and the different texts of its codes.

    `jpeg` is empty where the page could not be drawn at all.
    """

    position: int
    jpeg: bytes
    codes: tuple[str, ...]


def scan_kind(data: bytes) -> str:
    """The media type by its first bytes. Raises UnusableScan."""
    if len(data) > MOST_BYTES:
        raise UnusableScan("too_large", limit_mb=MOST_BYTES >> 20)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    raise UnusableScan("kind")


def count_pages(data: bytes) -> int:
    """How many pages a scan has; a photo has one. Raises UnusableScan."""
    if scan_kind(data) != PDF:
        with _opened(data):
            return 1
    with _document(data) as document:
        return len(document)


def read_pages(data: bytes, *, after: int = 0) -> Iterator[ScanPage]:
    """The pages beyond the first `after`, one by one. Raises UnusableScan."""
    if scan_kind(data) != PDF:
        if after == 0:
            with _opened(data) as picture:
                yield _page(1, picture)
        return
    with _document(data) as document:
        for index in range(after, len(document)):
            yield _page(index + 1, _drawn(document, index))


@contextmanager
def _document(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnusableScan("locked" if locked else "broken") from error
    try:
        if len(document) > MOST_PAGES:
            raise UnusableScan("too_many_pages", limit=MOST_PAGES)
        if len(document) == 0:
            raise UnusableScan("broken")
        yield document
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, index: int) -> Image.Image | None:
    """A page in grey, no side longer than the limit whatever size it says it has."""
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return None
    try:
        longest = max(page.get_size())
        if longest <= 0:
            return None
        scale = min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / longest)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            return bitmap.to_pil().convert("L")
        finally:
            bitmap.close()
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
        return None
    finally:
        page.close()


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """A photo in grey and upright; its size is looked at before it is unpacked."""
    accepted = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise UnusableScan("too_many_pixels", limit=MOST_PIXELS // 1_000_000)
                opened.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))
                picture = ImageOps.exif_transpose(opened).convert("L")
    except Image.DecompressionBombError as error:
        raise UnusableScan("too_many_pixels", limit=MOST_PIXELS // 1_000_000) from error
    except Image.DecompressionBombWarning as error:
        raise UnusableScan("too_many_pixels", limit=MOST_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as error:
        raise UnusableScan("broken") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = accepted
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    yield picture


def _page(position: int, picture: Image.Image | None) -> ScanPage:
    if picture is None:
        return ScanPage(position, b"", ())
    codes = _codes_on(picture)
    kept = picture.copy()
    kept.thumbnail((_KEPT_SIDE, _KEPT_SIDE))
    file = io.BytesIO()
    kept.save(file, format="JPEG", quality=_QUALITY, optimize=True)
    return ScanPage(position, file.getvalue(), codes)


def _codes_on(picture: Image.Image) -> tuple[str, ...]:
    """The texts of the QR codes, by the first of several preparations that shows any."""
    for prepared in _prepared(picture):
        found = zxingcpp.read_barcodes(
            prepared,
            formats=_QR,
            try_rotate=True,
            try_downscale=True,
            try_invert=False,
        )
        texts = tuple(dict.fromkeys(one.text for one in found if one.valid and one.text))
        if texts:
            return texts
    return ()


def _prepared(picture: Image.Image) -> Iterator[Image.Image]:
    """As it is, then with more contrast, without speckles, and larger."""
    yield picture
    evened = ImageOps.autocontrast(picture, cutoff=2)
    yield evened
    yield evened.filter(ImageFilter.MedianFilter(3))
    doubled = evened.resize((evened.width * 2, evened.height * 2), Image.Resampling.BICUBIC)
    yield doubled.filter(ImageFilter.GaussianBlur(1.5))
    yield doubled.filter(ImageFilter.UnsharpMask(radius=4, percent=200))
