"""The sheet of a sealed envelope with a draw's key: printed once, kept nowhere."""

from __future__ import annotations

from textwrap import wrap

import segno
from django.template.loader import render_to_string
from django.utils import translation

from inspections.models import Draw, KeyCopy
from regulator.adapters.pdf import render_pdf


def key_sheet_html(draw: Draw, copy: KeyCopy, key: str) -> str:
    """Outside what may be seen, below the fold what may not: the key in groups and as a code."""
    context = {
        "draw": draw,
        "copy": copy,
        "groups": wrap(key, 8),
        "commitment": wrap(draw.commitment, 8),
        "qr": segno.make(key, error="m", micro=False).svg_data_uri(scale=4, border=4),
    }
    with translation.override("zh-hans"):
        return render_to_string("documents/key_sheet.html", context)


def key_sheet_pdf(draw: Draw, copy: KeyCopy, key: str) -> bytes:
    """The sheet as PDF."""
    return render_pdf(key_sheet_html(draw, copy, key))
