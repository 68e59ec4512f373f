"""Figures of the year's inspections, for the desk and for everybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from inspections.resources.statistics_export import statistics_export
from inspections.selectors.inspection_statistics import Counted, Coverage, statistics_of
from inspections.selectors.ratings import shown_ratings, shown_remarks
from inspections.views.pages import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.web.charts import Bar, bar_chart

_EARLIEST = 2020
_MOST_BARS = 10


def _year(request: HttpRequest) -> int:
    """The year asked for, this one where none or a strange one is."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() else today.year
    return year if _EARLIEST <= year <= today.year else today.year


def _context(division: str, year: int) -> dict[str, Any]:
    today = timezone.localdate()
    found = statistics_of(division, year=year, today=today)
    return {
        "found": found,
        "years": [one for one in range(today.year, today.year - 3, -1) if one >= _EARLIEST],
        "splits": _splits(found),
        "items": found.by_item[:_MOST_BARS],
        "item_chart": _count_chart(_("问题最多的检查事项"), found.by_item[:_MOST_BARS]),
        "department_chart": _count_chart(_("各部门办理的问题"), found.by_department),
        "ratings": shown_ratings(division),
    }


def _splits(found: Any) -> list[tuple[str, Any, Any, str]]:
    """Coverage by category, tier and township: title, rows, chart, and the rows' own language."""
    parts = (
        (_("按类别"), _("各类别的覆盖率"), found.by_category, ""),
        (_("按信用等级"), _("各等级的覆盖率"), found.by_tier, ""),
        (_("按镇街"), _("各镇街的覆盖率"), found.by_township, "zh"),
    )
    return [
        (title, rows, _coverage_chart(chart, rows), language)
        for title, chart, rows, language in parts
    ]


def _coverage_chart(title: str, rows: Any) -> Any:
    return bar_chart(title=title, bars=[_bar(row) for row in rows]) if rows else ""


def _bar(row: Coverage) -> Bar:
    share = row.visited / row.total if row.total else 0.0
    return Bar(str(row.label), share, f"{row.visited} / {row.total}（{row.percent}）")


def _count_chart(title: str, rows: Any) -> Any:
    bars = [_counted(row) for row in rows]
    return bar_chart(title=title, bars=bars) if bars else ""


def _counted(row: Counted) -> Bar:
    return Bar(str(row.label), row.count)


@require_GET
@page_for(Action.DRAW_READ)
def desk_statistics(request: HttpRequest) -> HttpResponse:
    """The figures with every institution, and what was said of the visits."""
    division = actor_of(request).division
    context = _context(division, _year(request)) | {"remarks": shown_remarks(division)}
    return render(request, "desk/after/statistics.html", context)


@require_GET
@page_for(Action.DRAW_READ)
def desk_statistics_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    division, today = actor_of(request).division, timezone.localdate()
    return statistics_export(statistics_of(division, year=_year(request), today=today))


@require_GET
def public_statistics(request: HttpRequest) -> HttpResponse:
    """The same figures for everybody, without the list of institutions."""
    context = _context(settings.DIVISION, _year(request))
    return render(request, "public/draws/statistics.html", context)
