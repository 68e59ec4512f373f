"""The portal's front page: what the institution has to do, in plain words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fees.selectors.today import own_fee_work
from inspections.selectors.after_today import own_orders_waiting
from institutions.models import Institution
from institutions.selectors.filings import (
    PortalFigures,
    own_filings,
    own_institution,
    portal_figures,
)
from institutions.selectors.filings_drafts import draft_count
from institutions.selectors.notices import unread_count
from institutions.selectors.rechecks import own_waiting_count
from institutions.selectors.staff_watch import own_gaps
from institutions.views.filings_to_do import filing_items, to_do_item
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
        "items": [
            *_to_put_right(actor),
            *_to_parents(actor),
            *_to_do(institution, figures),
            *_to_answer(actor),
            *_to_read(actor),
        ],
        "figures": figures,
        "stats": _stats(figures),
        "decided": own_filings(actor).filter(decided_at__isnull=False)[:RECENT],
    }
    return render(request, "portal/home.html", context)


def _to_do(institution: Institution, figures: PortalFigures) -> list[dict[str, Any]]:
    drafts = draft_count(institution)
    found = (*filing_items(institution, figures, drafts=drafts), _staff(institution))
    return [item for item in found if item]


def _to_put_right(actor: Actor) -> list[dict[str, Any]]:
    count = own_orders_waiting(actor)
    item = to_do_item(
        count,
        ngettext("%(n)d 份责令改正要整改", "%(n)d 份责令改正要整改", count),
        _("打开通知书，按期改正，把照片或者文件报上来。"),
        reverse("inspections:own_rectifications"),
    )
    return [item] if item else []


def _to_parents(actor: Actor) -> list[dict[str, Any]]:
    """What parents asked: a refund whose term runs towards silence, a name to be put right."""
    work = own_fee_work(actor)
    items = (
        to_do_item(
            work.refunds_to_answer,
            ngettext("%(n)d 件退费申请要答复", "%(n)d 件退费申请要答复", work.refunds_to_answer),
            _("最早的一件 %(day)s 到期，到期不答复按同意处理。") % {"day": work.first_answer_on},
            reverse("fees:portal_refunds"),
        ),
        to_do_item(
            work.corrections,
            ngettext("%(n)d 件信息更正要处理", "%(n)d 件信息更正要处理", work.corrections),
            _("家长请您更正合同上的信息，打开合同处理。"),
            reverse("fees:own_contracts"),
        ),
    )
    return [item for item in items if item]


def _to_answer(actor: Actor) -> list[dict[str, Any]]:
    count = own_waiting_count(actor)
    item = to_do_item(
        count,
        ngettext("%(n)d 个已通过的班要答复", "%(n)d 个已通过的班要答复", count),
        _("主管部门重新核对有新的发现，打开看是什么，按期答复。"),
        reverse("rechecks:own_list"),
    )
    return [item] if item else []


def _to_read(actor: Actor) -> list[dict[str, Any]]:
    count = unread_count(actor)
    item = to_do_item(
        count,
        ngettext("%(n)d 条未读通知", "%(n)d 条未读通知", count),
        _("主管部门的决定和提醒，请逐条打开。"),
        f"{reverse('notices:portal')}?state=unread",
    )
    return [item] if item else []


def _staff(institution: Institution) -> dict[str, Any]:
    waiting = own_gaps(institution, timezone.localdate())
    return to_do_item(
        waiting,
        ngettext("%(n)d 名教职员工有要补的", "%(n)d 名教职员工有要补的", waiting),
        _("证书、合同或查询有缺漏，打开名单逐人处理。"),
        reverse("staff:portal_list"),
    )


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
