"""The headers of a register list: the English ones of our data, the Chinese ones of the template.

A column whose header speaks of an identity document is dropped by the reader before a row exists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from institutions.core.register.text import clean_text

TEMPLATE_HEADERS: dict[str, str] = {
    "institution_name": "机构名称",
    "licence_no": "办学许可证号",
    "uscc": "统一社会信用代码",
    "document_type": "证件类型",
    "address": "办学地址",
    "area": "镇街代码",
    "floor_area": "建筑面积(平方米)",
    "registered_address": "注册地址",
    "city": "市",
    "district": "区县",
    "category": "培训类别",
    "content": "办学内容",
    "legal_form": "法人性质",
    "competent_department": "主管部门",
    "issuing_authority": "发证机关",
    "issued_on": "发证日期",
    "valid_from": "有效期起",
    "valid_until": "有效期止",
    "legal_representative": "法定代表人",
    "principal": "校长",
    "sponsors": "举办者",
    "list_type": "名单类型",
    "status_or_result": "状态或处理结果",
    "event_date": "日期",
    "publisher": "发布单位",
    "note": "备注",
}
"""Field name → header, in the order of the template."""

_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "row_no": ("序号", "编号"),
    "institution_name": ("学校名称", "机构全称", "单位名称", "名称"),
    "licence_no": ("许可证号", "机构许可证号", "办学许可证编号", "许可证编号"),
    "uscc": ("社会信用代码", "信用代码", "持证主体代码"),
    "address": ("实际经营地址", "办学地点", "学校地址", "机构地址", "培训地址", "地址"),
    "floor_area": ("建筑面积", "建筑面积(㎡)"),
    "city": ("城市", "地市", "所在市"),
    "district": ("区(市)县", "县区", "县(市、区)", "所在区县", "行政区"),
    "category": ("类别", "学校类型", "机构类别"),
    "content": ("培训内容", "业务范围"),
    "legal_form": ("法人属性", "营利属性", "机构性质", "举办性质"),
    "issuing_authority": ("发证机构", "审批机关"),
    "valid_until": ("有效期至", "有效期限止"),
    "legal_representative": ("法定代表人姓名", "法人代表"),
    "principal": ("校长姓名", "负责人", "校长(负责人)姓名"),
    "sponsors": ("举办者名称", "举办者名称(姓名)"),
    "status_or_result": ("证照状态", "状态", "处理结果"),
    "event_date": ("公布日期", "发布日期"),
    "name_reliability": ("名称可信度",),
    "source_url": ("来源", "来源网址"),
}
_RESIDENT_ID = re.compile(
    r"身份证|公民身份|证件号|居民身份|id[ _-]?card|identity|(?:resident|national)[ _-]?id|sfz",
    re.IGNORECASE,
)


def _folded(header: object) -> str:
    return re.sub(r"[\s*]", "", clean_text(header)).casefold()


_FIELD_OF: dict[str, str] = {
    _folded(alias): field
    for field in {**TEMPLATE_HEADERS, **_OTHER_NAMES}
    for alias in (field, TEMPLATE_HEADERS.get(field, field), *_OTHER_NAMES.get(field, ()))
}


@dataclass(frozen=True)
class Columns:
    """The columns of a list that are kept: `fields[i]` names column `kept[i]`, or is empty."""

    kept: tuple[int, ...]
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    dropped_count: int

    @property
    def names_institutions(self) -> bool:
        """Whether a column holds the institutions' names, without which nothing can be read."""
        return "institution_name" in self.fields


def is_resident_id_header(header: object) -> bool:
    """Whether a column holds resident ID numbers, by its header."""
    return _RESIDENT_ID.search(clean_text(header)) is not None


def read_headers(cells: Sequence[object]) -> Columns:
    """Which columns stay and what they mean; of two columns for one field the first counts."""
    kept, headers, fields, dropped = [], [], [], 0
    for index, cell in enumerate(cells):
        if is_resident_id_header(cell):
            dropped += 1
            continue
        field = _FIELD_OF.get(_folded(cell), "")
        kept.append(index)
        headers.append(clean_text(cell))
        fields.append("" if field in fields else field)
    return Columns(tuple(kept), tuple(headers), tuple(fields), dropped)
