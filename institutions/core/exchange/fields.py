"""The fields that a table's columns may be, by what the table speaks of, and guessing from headers.

The headers of the national platform's institution pages are 名称, 设立时间, 统一社会信用代码,
注册地址, 实际经营地址, 法定代表人姓名, 校长(负责人)姓名, 举办者名称(姓名), 举办者属性,
办学资质说明, 办学许可证号, 发证机关, 法人登记部门, 培训类别, 培训内容
and 建筑面积(平方米), as its public pages showed them before 2021.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from institutions.core.register.headers import TEMPLATE_HEADERS, read_headers
from institutions.core.register.text import clean_text


class Target(StrEnum):
    """What a table speaks of."""

    REGISTER = "register"
    PREMISES = "premises"
    STAFF = "staff"


KEEP = "printed"
"""A column that is no field of ours and is kept as printed, under its own header."""

PREMISES_HEADERS: dict[str, str] = {
    "register_id": "登记编号",
    "institution_name": "机构名称",
    "uscc": "统一社会信用代码",
    "licence_no": "办学许可证号",
    "address": "办学地址",
    "area": "镇街代码",
    "floor_area": "建筑面积(平方米)",
    "is_licensed": "许可证上有这个地址",
    "starts_on": "启用日期",
    "ends_before": "停用日期",
}
STAFF_HEADERS: dict[str, str] = {
    "member_id": "人员编号",
    "institution_name": "机构名称",
    "uscc": "统一社会信用代码",
    "licence_no": "办学许可证号",
    "person_name": "姓名",
    "kind": "人员类别",
    "employment": "用工方式",
    "post": "岗位",
    "background": "身份情况",
    "subjects": "任教学科或项目",
    "courses": "任教课程",
    "teaching_history": "从教经历",
    "consent_signed_on": "查询授权书签署日期",
    "contract_signed_on": "劳动合同签订日期",
    "certificate_kind": "证书种类",
    "certificate_number": "证书编号",
    "certificate_subject": "证书学科或专业",
    "certificate_issuer": "证书发证机关",
    "certificate_issued_on": "证书发证日期",
    "certificate_valid_until": "证书有效期止",
}
HEADERS: Mapping[str, Mapping[str, str]] = {
    Target.REGISTER: TEMPLATE_HEADERS,
    Target.PREMISES: PREMISES_HEADERS,
    Target.STAFF: STAFF_HEADERS,
}
_OTHER_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    Target.REGISTER: {
        "registered_address": ("住所", "法人住所"),
        "legal_representative": ("法人姓名",),
        "sponsors": ("举办者姓名",),
    },
    Target.PREMISES: {
        "institution_name": ("名称", "学校名称", "机构全称", "单位名称", "所属机构"),
        "uscc": ("社会信用代码", "信用代码"),
        "licence_no": ("许可证号", "机构许可证号"),
        "address": ("地址", "实际经营地址", "办学地点", "培训地址", "教学点地址", "场所地址"),
        "area": ("镇街", "街道代码"),
        "floor_area": ("建筑面积", "建筑面积(㎡)", "面积"),
        "is_licensed": ("是否许可地址", "是否在许可证上"),
        "starts_on": ("启用时间",),
        "ends_before": ("停用时间",),
    },
    Target.STAFF: {
        "institution_name": ("名称", "学校名称", "机构全称", "单位名称", "所属机构", "任职机构"),
        "uscc": ("社会信用代码", "信用代码"),
        "licence_no": ("许可证号", "机构许可证号"),
        "person_name": ("教师姓名", "人员姓名", "从业人员姓名"),
        "kind": ("类别", "人员类型", "从业人员类别"),
        "employment": ("专兼职", "专职兼职", "聘用方式"),
        "post": ("职务", "岗位名称"),
        "subjects": ("学科", "任教学科", "教授科目"),
        "courses": ("课程", "承担课程"),
        "teaching_history": ("教学经历",),
        "certificate_kind": ("资格证书种类", "证书名称", "资格种类"),
        "certificate_subject": ("证书学科", "任教学科(证书)", "专业"),
    },
}
_KEPT_HEADERS = frozenset(("设立时间", "举办者属性", "办学资质说明", "法人登记部门"))
NEEDED: Mapping[str, tuple[str, ...]] = {
    Target.REGISTER: ("institution_name",),
    Target.PREMISES: ("address", "register_id"),
    Target.STAFF: ("person_name", "member_id"),
}
"""Fields of which one must be there: without it no row can be read. The first is the usual one."""
NAMING = ("institution_name", "uscc", "licence_no")
"""One of these says which institution a row of premises or staff belongs to."""


def _folded(header: object) -> str:
    return re.sub(r"[\s*]", "", clean_text(header)).casefold()


def _field_of(target: str) -> dict[str, str]:
    names = HEADERS[target]
    others = _OTHER_NAMES[target]
    return {
        _folded(alias): field
        for field in names
        for alias in (*others.get(field, ()), names[field], field)
    }


_FIELDS: Mapping[str, Mapping[str, str]] = {target: _field_of(target) for target in HEADERS}


def guess_field(header: str, target: str) -> str:
    """The field a header means; KEEP for known ones that are no field of ours; else empty."""
    found = _FIELDS[target].get(_folded(header), "")
    if not found and target == Target.REGISTER:
        found = read_headers([header]).fields[0] if read_headers([header]).fields else ""
        found = found if found in TEMPLATE_HEADERS else ""
    return found or (KEEP if _folded(header) in _KEPT_HEADERS else "")


def guess_fields(headers: Iterable[str], target: str) -> tuple[str, ...]:
    """`guess_field` for each column; of two columns for one field the first has it."""
    chosen: list[str] = []
    for header in headers:
        field = guess_field(header, target)
        chosen.append("" if field != KEEP and field in chosen else field)
    return tuple(chosen)


def missing_fields(fields: Sequence[str], target: str) -> tuple[str, ...]:
    """Fields that a mapping lacks so that no row could be read; empty when it can be used.

    Where only the naming of the institution is missing, the first of NAMING stands for it.
    """
    by_id = any(field in fields for field in NEEDED[target][1:])
    missing = [] if by_id or NEEDED[target][0] in fields else [NEEDED[target][0]]
    named = target == Target.REGISTER or any(field in fields for field in NAMING)
    if not named and not by_id:
        missing.append(NAMING[0])
    return tuple(missing)


def doubled_fields(fields: Sequence[str]) -> tuple[str, ...]:
    """Fields that two columns claim."""
    claimed = [field for field in fields if field not in ("", KEEP)]
    return tuple(dict.fromkeys(field for field in claimed if claimed.count(field) > 1))
