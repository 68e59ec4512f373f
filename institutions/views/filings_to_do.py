"""What an institution has to do about its classes, the most pressing first."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Institution
from institutions.selectors.filings import PortalFigures, uploads_of
from institutions.selectors.materials import returned_material_count


def filing_items(
    institution: Institution, figures: PortalFigures, *, drafts: int
) -> list[dict[str, Any]]:
    """Lines for `components/todo.html`: sent back, to be corrected, to be handed in, begun."""
    found = (
        *_to_correct(institution, figures),
        _materials(institution),
        *_to_hand_in(institution, figures),
        _drafts(drafts),
    )
    return [item for item in found if item]


def to_do_item(
    count: int, title: str, text: str, url: str, *, state: str = "todo"
) -> dict[str, Any]:
    """A line of the list; nothing when there is nothing to do."""
    if not count:
        return {}
    return {"title": title % {"n": count}, "text": text, "url": url, "state": state}


def _to_correct(
    institution: Institution, figures: PortalFigures
) -> tuple[dict[str, Any], dict[str, Any]]:
    returned = to_do_item(
        figures.returned,
        ngettext("%(n)d 个备案被退回", "%(n)d 个备案被退回", figures.returned),
        _("看退回理由，改正后重新提交；改正前不得招生、上课。"),
        f"{reverse('filings:portal')}?state=returned",
    )
    rows = to_do_item(
        figures.rows_to_correct,
        ngettext("%(n)d 个班要改正", "%(n)d 个班要改正", figures.rows_to_correct),
        _("上传的表里有填写错误或违规项，改好才能提交。"),
        _open_upload(institution, "to_correct_count", "correct") if figures.rows_to_correct else "",
    )
    return returned, rows


def _materials(institution: Institution) -> dict[str, Any]:
    count = returned_material_count(institution)
    return to_do_item(
        count,
        ngettext("%(n)d 份培训材料被退回", "%(n)d 份培训材料被退回", count),
        _("看退回理由，修改后重新审核；之前不得使用。"),
        f"{reverse('materials:portal')}?state=returned",
    )


def _to_hand_in(
    institution: Institution, figures: PortalFigures
) -> tuple[dict[str, Any], dict[str, Any]]:
    rows = to_do_item(
        figures.rows_ready,
        ngettext("%(n)d 个班可以提交", "%(n)d 个班可以提交", figures.rows_ready),
        _("已核对，还没有提交。提交以后主管部门才会审核。"),
        _open_upload(institution, "ready_count", "ready") if figures.rows_ready else "",
    )
    waiting = to_do_item(
        figures.waiting_uploads,
        ngettext("%(n)d 个文件正在核对", "%(n)d 个文件正在核对", figures.waiting_uploads),
        _("可以离开，核对会继续。"),
        reverse("filings:portal"),
        state="current",
    )
    return rows, waiting


def _drafts(count: int) -> dict[str, Any]:
    return to_do_item(
        count,
        ngettext("%(n)d 份备案草稿没有提交", "%(n)d 份备案草稿没有提交", count),
        _("接着填，或者丢弃用不到的。"),
        reverse("filings:drafts"),
    )


def _open_upload(institution: Institution, figure: str, part: str) -> str:
    """The newest upload in which such rows are left."""
    upload = uploads_of(institution).filter(**{f"{figure}__gt": 0}).first()
    if upload is None:
        return reverse("filings:portal")
    return f"{reverse('filings:upload', args=[upload.public_id])}?part={part}"
