"""The PDF engine: WeasyPrint, without the network."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

from regulator.adapters.pdf_codes import codes_named, draw_codes
from regulator.kernel.outcomes import AdapterError

# The place of a product file on the disk, by its address below `static:`; None where none is.
Find = Callable[[str], object]


def _product_file(url: str, find: Find) -> tuple[bytes, str]:
    """Bytes and media type of a `static:` file of the product; everything else is refused."""
    parts = urlsplit(url)
    found = find(unquote(parts.path)) if parts.scheme == "static" else None
    if not isinstance(found, str):
        raise AdapterError(f"文书模板引用了不允许的地址：{url[:120]}", retryable=False)
    return Path(found).read_bytes(), mimetypes.guess_type(found)[0] or "application/octet-stream"


def _finished(document: Any, pdf: Any) -> None:
    codes = codes_named(document)
    if codes:
        draw_codes(pdf, codes)


def fonts_to_keep() -> Any:
    """A FontConfiguration for `render_pdf`, of a process that renders many documents."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    return FontConfiguration()


def render_pdf(html: str, *, find: Find = finders.find, fonts: Any = None) -> bytes:
    """The PDF of an HTML document; images and styles may only be `static:` files or data URIs.

    Pages get the codes that the document names (`pdf_codes`). `fonts`: a FontConfiguration that a
    process without threads keeps for many documents; otherwise each document loads its own.
    Raises AdapterError for any other address: a document never goes out without its picture.
    """
    # Half a second to import: only the worker that prints pays for it.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import (  # noqa: PLC0415
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class ProductFiles(URLFetcher):
        """Fetches what the product ships, and nothing from the network or the disk."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            body, kind = _product_file(url, find)
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    try:
        source = HTML(string=html, url_fetcher=ProductFiles(fail_on_errors=True))
        pdf: bytes = source.write_pdf(finisher=_finished, font_config=fonts)
    except FatalURLFetchingError as fatal:
        cause = fatal.__cause__
        if isinstance(cause, AdapterError):
            raise cause from fatal
        raise AdapterError(str(fatal), retryable=False) from fatal
    return pdf
