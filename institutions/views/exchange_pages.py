"""What the views of importing tables share: crumbs, lines as they are shown, an upload's bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from institutions.choices.exchange import FIELD_LABELS, OUTCOME_BADGES
from institutions.choices.exchange_words import spoken
from institutions.core.exchange.plans import Difference
from institutions.core.exchange.staff import HIDDEN
from institutions.resources.exchange_lines import LineResult


def crumbs(*last: dict[str, Any]) -> list[dict[str, Any]]:
    """The way from the register over importing to a page of it."""
    return [
        {"label": _("机构名册"), "url": reverse("register:list")},
        {"label": _("导入和导出"), "url": reverse("exchange:home")},
        *last,
    ]


def upload_bytes(form: Form) -> bytes | None:
    """The uploaded file; None after saying in the form that it is too large."""
    upload: UploadedFile = form.cleaned_data["file"]
    if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit_mb = settings.UPLOAD_LIMIT_BYTES >> 20
        form.add_error("file", _("文件超过 %(limit)d MB。请分成几个文件。") % {"limit": limit_mb})
        return None
    data: bytes = upload.read()
    return data


def shown_line(result: LineResult) -> dict[str, Any]:
    """A row of a preview: its badge, what changes, what contradicts, why it comes back."""
    return {
        "number": result.number,
        "name": result.name,
        "badge": OUTCOME_BADGES[result.outcome.value],
        "changes": shown_differences(result.differences),
        "conflicts": shown_differences(result.conflicts),
        "reason": result.reason,
    }


def shown_differences(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """Differences in words; a value that nobody is shown is told by its last characters."""
    return [
        {
            "field": FIELD_LABELS.get(one.field, one.field),
            "held": spoken(one.field, one.held),
            "stated": f"**** {one.stated[-4:]}"
            if one.field in HIDDEN
            else spoken(one.field, one.stated),
        }
        for one in differences
    ]
