"""The supervisor's figures: held, released, refunded, late; and what the public may see of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.resources.totals_export import totals_export
from fees.selectors.totals import Totals, class_tables, district_totals, months_of
from fees.views.desk import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.selectors.people import division_by_code
from regulator.accounts.views.access import page_for
from regulator.kernel.money import format_yuan
from regulator.web.charts import Bar, Series, bar_chart, line_chart

_TEN_THOUSAND_FEN = 1_000_000


@require_GET
@page_for(Action.REFUND_READ)
def fee_totals(request: HttpRequest) -> HttpResponse:
    """A district's figures with charts, and pupils by institution and subject."""
    division, today = actor_of(request).division, timezone.localdate()
    tables = class_tables(division)
    if request.GET.get("export") == "xlsx":
        return totals_export(tables)
    context = _figures(division) | {
        "tables": tables,
        "exports": [{"label": "XLSX", "url": "?export=xlsx"}],
        "today": today,
    }
    return render(request, "desk/fees/totals.html", context)


def _figures(division: str) -> dict[str, Any]:
    today = timezone.localdate()
    totals, months = district_totals(division, today), months_of(division, today)
    return {"stats": _stats(totals), "months": months, "charts": _charts(totals, months)}


def _stats(totals: Totals) -> list[dict[str, Any]]:
    return [
        {"label": _("托管的预收费（元）"), "value": format_yuan(totals.held_fen)},
        {"label": _("累计拨付（元）"), "value": format_yuan(totals.released_fen)},
        {"label": _("累计退还家长（元）"), "value": format_yuan(totals.refunded_fen)},
        {
            "label": _("逾期没有退的申请"),
            "value": totals.late,
            "tone": "breach" if totals.late else "ok",
        },
        {"label": _("未受偿债权（元）"), "value": format_yuan(totals.claims_fen)},
        {"label": _("监管中的账户"), "value": totals.accounts},
    ]


def _charts(totals: Totals, months: list[tuple[Any, int, int]]) -> list[dict[str, Any]]:
    held = _("托管 %(held)s 万元") % {"held": _wan(totals.held_fen)}
    bars = [
        Bar(_("托管"), totals.held_fen / _TEN_THOUSAND_FEN, _wan(totals.held_fen)),
        Bar(_("拨付"), totals.released_fen / _TEN_THOUSAND_FEN, _wan(totals.released_fen)),
        Bar(_("退还"), totals.refunded_fen / _TEN_THOUSAND_FEN, _wan(totals.refunded_fen)),
    ]
    year = _("近十二个月拨付和退还（万元）")
    labels = [f"{month:%y-%m}" for month, _released, _refunded in months]
    series = [
        Series(_("拨付"), [fen / _TEN_THOUSAND_FEN for _m, fen, _r in months]),
        Series(_("退还"), [fen / _TEN_THOUSAND_FEN for _m, _f, fen in months], "attention"),
    ]
    return [
        {"title": held, "svg": bar_chart(title=held, bars=bars)},
        {"title": year, "svg": line_chart(title=year, labels=labels, series=series)},
    ]


def _wan(amount_fen: int) -> str:
    """`12.3` for ten thousands of yuan, cut to a tenth."""
    return f"{amount_fen // 100_000 / 10:,.1f}"


@require_GET
def public_totals(request: HttpRequest) -> HttpResponse:
    """The published totals of the bureau's own division; no count of persons stands in them."""
    division = division_by_code(settings.DIVISION)
    context = _figures(division.code) | {"division": division} if division else {}
    return render(request, "public/fee_totals.html", context)
