"""Every licence and every place of the listed institutions, one row each, nothing left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from institutions.choices.premises import BUILDING_KIND_LABELS, ROOM_USE_LABELS
from institutions.choices.register import (
    ACTIVITY_LABELS,
    CATEGORY_LABELS,
    DOCUMENT_TYPE_LABELS,
    LICENCE_STATE_LABELS,
    STAGE_LABELS,
    WAY_LABELS,
)
from institutions.core.exchange.fields import PREMISES_HEADERS
from institutions.models import Institution, Licence, Premises
from institutions.resources.exchange_files import Table

_LICENCE_HEADERS = (
    *("机构名称", "统一社会信用代码", "证件类型", "办学许可证号", "证件上的名称", "证件上的地址"),
    *("校长", "举办者", "学校类型", "办学内容", "培训类别", "非学科类别", "准许的学段"),
    *("准许的学科或项目", "准许的培训方式", "主管部门", "发证机关", "发证日期", "有效期起"),
    *("有效期止", "备注", "许可证状态", "从哪一天起", "状态的理由", "决定书文号", "换发前的证号"),
)
_STANDARD_HEADERS = (
    *("教学面积（现）", "同时容纳学员（现）", "最低楼层（现）", "最高楼层（现）", "建筑用途（现）"),
    *("教室用途（现）", "租期至（现）"),
)


def licence_table(rows: QuerySet[Institution]) -> Table:
    """Every licence with all it prints, by institution, the newest first."""
    papers = (
        Licence.objects.filter(institution__in=rows.order_by().values("pk"))
        .select_related("institution", "replaces")
        .order_by("institution__sort_key", "institution_id", "-valid_from", "-pk")
    )
    return Table("许可证", _LICENCE_HEADERS, [_licence_cells(paper) for paper in papers])


def _licence_cells(paper: Licence) -> list[str]:
    return [
        paper.institution.name,
        paper.institution.credit_code,
        _word(DOCUMENT_TYPE_LABELS, paper.document_type),
        paper.number_printed,
        paper.name,
        paper.address,
        paper.principal,
        paper.sponsors,
        paper.school_type,
        paper.content,
        _word(CATEGORY_LABELS, paper.category),
        _word(ACTIVITY_LABELS, paper.activity),
        _list(_word(STAGE_LABELS, code) for code in paper.stages),
        _list(paper.subjects),
        _list(_word(WAY_LABELS, code) for code in paper.ways),
        paper.competent_department_printed,
        paper.issuing_authority,
        _day(paper.issued_on),
        _day(paper.valid_from),
        _day(paper.last_valid_on),
        paper.remarks,
        _word(LICENCE_STATE_LABELS, paper.state),
        _day(paper.state_since),
        paper.state_reason,
        paper.decision_number,
        paper.replaces.number_printed if paper.replaces else "",
    ]


def premises_table(rows: QuerySet[Institution]) -> Table:
    """Every place, closed ones too, under the headers by which it is read again."""
    places = (
        Premises.objects.filter(institution__in=rows.order_by().values("pk"))
        .select_related("institution")
        .order_by("institution__sort_key", "institution_id", "register_id")
    )
    names = [name for name in PREMISES_HEADERS if name != "licence_no"]
    with translation.override(settings.LANGUAGE_CODE):
        return _premises_table(places, names)


def _premises_table(places: Iterable[Premises], names: list[str]) -> Table:
    headers = [*(PREMISES_HEADERS[name] for name in names), *_STANDARD_HEADERS]
    lines = []
    for place in places:
        values = premises_values(place)
        lines.append([*(values[name] for name in names), *_standard_cells(place)])
    return Table("办学场所", headers, lines)


def _standard_cells(place: Premises) -> list[str]:
    """What the setting standards judge: given out, and entered on the place's own page."""
    return [
        _number(place.teaching_area_m2),
        _number(place.max_pupils),
        _number(place.lowest_floor),
        _number(place.highest_floor),
        _word(BUILDING_KIND_LABELS, place.building_kind),
        _word(ROOM_USE_LABELS, place.room_use),
        _day(place.lease_until),
    ]


def premises_values(place: Premises) -> dict[str, str]:
    """A place's cells by field name, as a file states them."""
    return {
        "register_id": place.register_id,
        "institution_name": place.institution.name,
        "uscc": place.institution.credit_code,
        "address": place.address,
        "area": place.area,
        "floor_area": _number(place.floor_area_m2),
        "is_licensed": "是" if place.is_licensed else "否",
        "starts_on": _day(place.starts_on),
        "ends_before": _day(place.ends_before),
    }


def _word(labels: Any, code: str) -> str:
    return str(labels.get(code, code))


def _number(value: Decimal | int | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value.normalize():f}"


def _list(words: Iterable[str]) -> str:
    return "、".join(words)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()
