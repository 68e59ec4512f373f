"""The PDF engine: WeasyPrint, without the network."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

from regulator.kernel.outcomes import AdapterError


def _fetch(url: str, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
    """Only `static:` files of the product; everything else is refused."""
    parts = urlsplit(url)
    found = finders.find(unquote(parts.path)) if parts.scheme == "static" else None
    if not isinstance(found, str):
        raise AdapterError(f"文书模板引用了不允许的地址：{url[:120]}", retryable=False)
    kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
    return {"string": Path(found).read_bytes(), "mime_type": kind}


def render_pdf(html: str) -> bytes:
    """The PDF of an HTML document; images and styles may only be `static:` files or data URIs."""
    # Half a second to import: only the worker that prints pays for it.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import default_url_fetcher  # noqa: PLC0415

    def fetch(url: str, *args: Any, **kwargs: Any) -> Any:
        if url.startswith("data:"):
            return default_url_fetcher(url)
        return _fetch(url)

    pdf: bytes = HTML(string=html, url_fetcher=fetch).write_pdf()
    return pdf
