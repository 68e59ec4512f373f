"""The portal's front page: what the institution has to do, in plain words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Institution
from institutions.selectors.filings import (
    PortalFigures,
    own_filings,
    own_institution,
    portal_figures,
    uploads_of,
)
from institutions.selectors.notices import unread_count
from institutions.selectors.staff_watch import own_gaps
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor

RECENT = 5


@page_for(Action.PORTAL_ENTER)
def portal_home(request: HttpRequest) -> HttpResponse:
    """A list that shrinks: what waits for the institution first, then what the bureau has."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    institution = own_institution(actor)
    if institution is None:
        raise Http404
    figures = portal_figures(institution)
    context = {
        "institution": institution,
        "items": [*_to_do(institution, figures), *_to_read(actor)],
        "figures": figures,
        "stats": _stats(figures),
        "decided": own_filings(actor).filter(decided_at__isnull=False)[:RECENT],
    }
    return render(request, "portal/home.html", context)


def _to_do(institution: Institution, figures: PortalFigures) -> list[dict[str, Any]]:
    found = (
        *_to_correct(institution, figures),
        *_to_hand_in(institution, figures),
        _staff(institution),
    )
    return [item for item in found if item]


def _to_read(actor: Actor) -> list[dict[str, Any]]:
    count = unread_count(actor)
    item = _item(
        count,
        ngettext("%(n)d 条未读通知", "%(n)d 条未读通知", count),
        _("主管部门的决定和提醒，请逐条打开。"),
        f"{reverse('notices:portal')}?state=unread",
    )
    return [item] if item else []


def _to_correct(
    institution: Institution, figures: PortalFigures
) -> tuple[dict[str, Any], dict[str, Any]]:
    returned = _item(
        figures.returned,
        ngettext("%(n)d 个备案被退回", "%(n)d 个备案被退回", figures.returned),
        _("看退回理由，改正后重新提交；改正前不得招生、上课。"),
        f"{reverse('filings:portal')}?state=returned",
    )
    rows = _item(
        figures.rows_to_correct,
        ngettext("%(n)d 个班要改正", "%(n)d 个班要改正", figures.rows_to_correct),
        _("上传的表里有填写错误或违规项，改好才能提交。"),
        _open_upload(institution, "to_correct_count", "correct"),
    )
    return returned, rows


def _to_hand_in(
    institution: Institution, figures: PortalFigures
) -> tuple[dict[str, Any], dict[str, Any]]:
    rows = _item(
        figures.rows_ready,
        ngettext("%(n)d 个班可以提交", "%(n)d 个班可以提交", figures.rows_ready),
        _("已核对，还没有提交。提交以后主管部门才会审核。"),
        _open_upload(institution, "ready_count", "ready"),
    )
    waiting = _item(
        figures.waiting_uploads,
        ngettext("%(n)d 个文件正在核对", "%(n)d 个文件正在核对", figures.waiting_uploads),
        _("可以离开，核对会继续。"),
        reverse("filings:portal"),
        state="current",
    )
    return rows, waiting


def _staff(institution: Institution) -> dict[str, Any]:
    waiting = own_gaps(institution, timezone.localdate())
    return _item(
        waiting,
        ngettext("%(n)d 名教职员工有要补的", "%(n)d 名教职员工有要补的", waiting),
        _("证书、合同或查询有缺漏，打开名单逐人处理。"),
        reverse("staff:portal_list"),
    )


def _item(count: int, title: str, text: str, url: str, *, state: str = "todo") -> dict[str, Any]:
    """A line of the list; nothing when there is nothing to do."""
    if not count:
        return {}
    return {"title": title % {"n": count}, "text": text, "url": url, "state": state}


def _open_upload(institution: Institution, figure: str, part: str) -> str:
    """The newest upload in which such rows are left."""
    upload = uploads_of(institution).filter(**{f"{figure}__gt": 0}).first()
    if upload is None:
        return reverse("filings:portal")
    return f"{reverse('filings:upload', args=[upload.public_id])}?part={part}"


def _stats(figures: PortalFigures) -> list[dict[str, Any]]:
    url = reverse("filings:portal")
    return [
        {
            "label": _("主管部门正在审核"),
            "value": figures.in_review,
            "unit": _("个班"),
            "url": f"{url}?state=submitted",
        },
        {
            "label": _("已通过并公示"),
            "value": figures.approved,
            "unit": _("个班"),
            "url": f"{url}?state=approved",
            "tone": "ok" if figures.approved else "",
        },
    ]
