"""Portraits: a picture that came from outside, made into a small JPEG that holds nothing else.

Re-encoding drops what a camera writes beside the picture (place, time, device) and whatever a
file may hide behind it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

MOST_BYTES = 2 * 1024 * 1024
_MOST_PIXELS = 24_000_000
_LEAST_SIDE = 100
_BOX = (480, 640)
_QUALITY = 85


class UnusablePicture(Exception):
    """No portrait: `too_large`, `unreadable`, `too_many_pixels` or `too_small`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def portrait_jpeg(data: bytes) -> bytes:
    """The picture as a JPEG of at most 480 x 640, upright. Raises UnusablePicture."""
    if len(data) > MOST_BYTES:
        raise UnusablePicture("too_large")
    try:
        with warnings.catch_warnings(), _whole_pictures():
            warnings.simplefilter("error")
            return _encoded(data)
    except UnusablePicture:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as error:
        raise UnusablePicture("unreadable") from error


@contextmanager
def _whole_pictures() -> Iterator[None]:
    """Refuse a picture that was cut off: WeasyPrint, once imported, has Pillow accept such ones."""
    accepted = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = accepted


def _encoded(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise UnusablePicture("too_many_pixels")
        if min(opened.size) < _LEAST_SIDE:
            raise UnusablePicture("too_small")
        upright = ImageOps.exif_transpose(opened)
        picture = _on_white(upright)
    picture.thumbnail(_BOX)
    kept = io.BytesIO()
    picture.save(kept, format="JPEG", quality=_QUALITY, optimize=True)
    return kept.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA", "P"):
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGB", layered.size, "white")
    ground.paste(layered, mask=layered.getchannel("A"))
    return ground
